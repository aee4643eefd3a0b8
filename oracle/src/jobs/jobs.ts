import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TonneError } from '@truetonne/protocol';
import { PgBoss } from 'pg-boss';
import type { Log } from '../log.ts';
import type { Database } from '../store/database/database.ts';
import type { JobRow } from '../store/tables/schema.ts';
import { changeJob, findJob, insertJob, readUnfinished } from './jobStore.ts';
import { runJob, type JobHandler } from './run.ts';

/** A job whose process died is run again after so many seconds without a sign of life. */
const HEARTBEAT_SECONDS = 10;
const JOB_OPTIONS = {
  notify: true,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  /** No job runs longer; 24 h is the queue's own limit. */
  expireInSeconds: 23 * 3600,
  /** Runs of one job: after a crash, a stop, or a database that was away. */
  retryLimit: 20,
  retryDelay: 1,
};
const QUEUE_OPTIONS = {
  schedule: false,
  useListenNotify: true,
  superviseIntervalSeconds: HEARTBEAT_SECONDS,
  monitorIntervalSeconds: HEARTBEAT_SECONDS,
};
/** New jobs announce themselves; those that come back after a stop are found by looking. */
const POLLING = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };
const STOP_TIMEOUT_MS = 5_000;

export interface JobsContext {
  readonly database: Database;
  readonly dataFolder: string;
  readonly now: () => number;
  readonly log: Log;
}

/** Long work in the background: exports, uploads. A job survives the end of the process. */
export interface Jobs {
  /** Says who does jobs of a kind. Before `start`. A handler may run again after a crash. */
  readonly define: (kind: string, handler: JobHandler) => void;
  /** Keeps a job and has it run soon; `input` must be JSON. Throws STORE_UNAVAILABLE. */
  readonly enqueue: (kind: string, input: object, id?: string) => Promise<JobRow>;
  /** Ends a job that has not ended; false when it had. Its handler hears of it at its next report. */
  readonly cancel: (id: string) => Promise<boolean>;
  /** Goes on with what was not done when the process ended. */
  readonly start: () => Promise<void>;
  /** Breaks off what runs; it is taken up at the next start. */
  readonly stop: () => Promise<void>;
}

/** The oracle's jobs. They run on the oracle that took them: their files lie there. */
export function createJobs(context: JobsContext): Jobs {
  const { database, now } = context;
  const instance = instanceOf(context.dataFolder);
  const handlers = new Map<string, JobHandler>();
  const queue = createQueue(context, instance, handlers);
  return {
    define: (kind, handler) => void handlers.set(kind, handler),
    async enqueue(kind, input, id = randomUUID()) {
      const job = { id, kind, instance, state: 'queued', createdAt: now() } as const;
      await insertJob(database, { ...job, input: JSON.stringify(input) });
      await queue.send(kind, id);
      const row = await findJob(database, id);
      if (row === undefined) throw new TonneError('INTERNAL', { field: 'job', value: id });
      return row;
    },
    cancel: (id) => changeJob(database, id, { state: 'cancelled', endedAt: now() }),
    async start() {
      for (const { kind, id } of await readUnfinished(database, instance)) {
        if (handlers.has(kind)) await queue.send(kind, id);
      }
    },
    stop: queue.stop,
  };
}

interface Queue {
  readonly send: (kind: string, id: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * pg-boss in the same database. It is opened with the first job, because that costs half a second and
 * most oracles never need it.
 */
function createQueue(
  { database, now, log }: JobsContext,
  instance: string,
  handlers: ReadonlyMap<string, JobHandler>,
): Queue {
  const stopping = new AbortController();
  let opening: Promise<PgBoss> | undefined;

  async function open(): Promise<PgBoss> {
    const boss = new PgBoss({ ...database.queueStore, ...QUEUE_OPTIONS });
    boss.on('error', (error) => log.warn({ reason: error.message }, 'the job queue has trouble'));
    await boss.start();
    for (const [kind, handler] of handlers) await serve(boss, kind, handler);
    return boss;
  }

  async function serve(boss: PgBoss, kind: string, handler: JobHandler): Promise<void> {
    const name = `${kind}.${instance}`;
    await boss.createQueue(name, JOB_OPTIONS);
    await boss.work<{ id: string }>(name, POLLING, async ([job]) => {
      if (job === undefined) return;
      const signal = AbortSignal.any([stopping.signal, job.signal]);
      await runJob({ database, now, log }, job.data.id, handler, signal);
    });
  }

  return {
    async send(kind, id) {
      opening ??= open().catch((error: unknown) => {
        opening = undefined;
        throw new TonneError('STORE_UNAVAILABLE', { field: 'jobs', value: String(error) });
      });
      // The job's own id: what is sent twice is in the queue once.
      await (await opening).send(`${kind}.${instance}`, { id }, { id });
    },
    async stop() {
      stopping.abort();
      const boss = await opening?.catch(() => undefined);
      await boss?.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
    },
  };
}

/** A name for the oracle that works with this data folder, made once. */
function instanceOf(dataFolder: string): string {
  const path = join(dataFolder, 'instance');
  if (!existsSync(path)) writeFileSync(path, randomUUID());
  return readFileSync(path, 'utf8').trim();
}
