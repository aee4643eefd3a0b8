import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TonneError } from '@truetonne/protocol';
import { PgBoss } from 'pg-boss';
import type { Log } from '../runtime/log.ts';
import type { Database, Session } from '../store/database/database.ts';
import type { JobRow } from '../store/tables/schema.ts';
import { changeJob, findJob, insertJob, readUnfinished } from './jobStore.ts';
import type { JobOwner } from './quota.ts';
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
/**
 * Jobs of a kind that run at a time, each of another owner: what one slow file takes is its owner's own
 * slot. A job mostly waits, for a limit or for the database, so a slot costs little.
 */
const SLOTS = { localConcurrency: 4, localGroupConcurrency: 1 };

export interface JobsContext {
  readonly database: Database;
  readonly dataFolder: string;
  readonly now: () => number;
  readonly log: Log;
}

export interface JobOrder {
  readonly owner: JobOwner;
  readonly id?: string;
  /** Bytes of a file that it begins with. */
  readonly bytes?: number;
  /** Refuses the job by throwing, in the transaction that keeps it. */
  readonly admit?: (session: Session) => Promise<void>;
}

/** Long work in the background: exports, uploads. A job survives the end of the process. */
export interface Jobs {
  /** Says who does jobs of a kind. Before `start`. A handler may run again after a crash. */
  readonly define: (kind: string, handler: JobHandler) => void;
  /**
   * Keeps a job and has it run in its owner's turn; `input` must be JSON. Throws STORE_UNAVAILABLE, and
   * what `admit` does.
   */
  readonly enqueue: (kind: string, input: object, order: JobOrder) => Promise<JobRow>;
  /**
   * Ends a job that has not ended; false when it had. Its handler hears of it at once, and on another oracle
   * at its next report.
   */
  readonly cancel: (id: string) => Promise<boolean>;
  /** By which the jobs of this oracle are known: their files lie here. */
  readonly instance: string;
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
    instance,
    define: (kind, handler) => void handlers.set(kind, handler),
    async enqueue(kind, input, { owner, id = randomUUID(), bytes = 0, admit }) {
      const whose = { owner: owner.name, source: owner.source };
      const what = { id, kind, input: JSON.stringify(input), keptBytes: bytes };
      const job = { ...what, ...whose, instance, state: 'queued', createdAt: now() } as const;
      await database.transaction(async (session) => {
        await admit?.(session);
        await insertJob(session, job);
      });
      await queue.send(job);
      const row = await findJob(database, id);
      if (row === undefined) throw new TonneError('INTERNAL', { field: 'job', value: id });
      return row;
    },
    async cancel(id) {
      const change = { state: 'cancelled', endedAt: now() } as const;
      if (!(await changeJob(database, id, change))) return false;
      queue.interrupt(id);
      return true;
    },
    async start() {
      for (const job of await readUnfinished(database, instance)) {
        if (handlers.has(job.kind)) await queue.send(job);
      }
    },
    stop: queue.stop,
  };
}

type SentJob = Pick<JobRow, 'kind' | 'id' | 'owner' | 'source'>;

interface Queue {
  readonly send: (job: SentJob) => Promise<void>;
  /** Wakes a job that runs here, which finds that it has ended. */
  readonly interrupt: (id: string) => void;
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
  const running = new Map<string, AbortController>();
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
    await boss.work<{ id: string }>(name, { ...POLLING, ...SLOTS }, async ([job]) => {
      if (job === undefined) return;
      const { id } = job.data;
      const interrupting = new AbortController();
      running.set(id, interrupting);
      const signal = AbortSignal.any([stopping.signal, job.signal, interrupting.signal]);
      await runJob({ database, now, log }, id, handler, signal).finally(() => running.delete(id));
    });
  }

  return {
    async send({ kind, id, owner, source }) {
      opening ??= open().catch((error: unknown) => {
        opening = undefined;
        throw new TonneError('STORE_UNAVAILABLE', { field: 'jobs', value: String(error) });
      });
      // The job's own id: what is sent twice is in the queue once. Visitors of one network share a turn.
      const group = { id: source ?? owner };
      await (await opening).send(`${kind}.${instance}`, { id }, { id, group });
    },
    interrupt: (id) => running.get(id)?.abort(),
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
