import type { Log } from '../runtime/log.ts';
import { isStoreTrouble, problemOf } from '../runtime/problem.ts';
import type { Database } from '../store/database/database.ts';
import { changeJob, findJob } from './jobStore.ts';

/** What a handler has of the job that it runs. */
export interface JobRun {
  readonly id: string;
  /** Fires when the process stops, or the job was cancelled here. */
  readonly signal: AbortSignal;
  /**
   * Tells how many steps are done, and of how many when that is known. Throws when the job was
   * cancelled or the process stops, so a handler that reports now and then need not look itself.
   */
  readonly report: (doneSteps: number, totalSteps?: number) => Promise<void>;
}

/** Does a job; what it returns is the job's output. A TonneError ends it as failed with that code. */
export type JobHandler = (input: unknown, run: JobRun) => Promise<object>;

interface RunContext {
  readonly database: Database;
  readonly now: () => number;
  readonly log: Log;
}

class Cancelled extends Error {}

/**
 * Runs a job and keeps how it ended. Throws when it is to be run again: after a stop, or while the
 * database was away.
 */
export async function runJob(
  { database, now, log }: RunContext,
  id: string,
  handler: JobHandler,
  signal: AbortSignal,
): Promise<void> {
  const job = await findJob(database, id);
  if (job === undefined) return;
  const change = (fields: Parameters<typeof changeJob>[2]): Promise<boolean> =>
    changeJob(database, id, fields);
  if (!(await change({ state: 'running', startedAt: job.startedAt ?? now() }))) return;
  const report = async (doneSteps: number, totalSteps?: number): Promise<void> => {
    signal.throwIfAborted();
    const total = totalSteps === undefined ? {} : { totalSteps };
    if (!(await change({ doneSteps, ...total }))) throw new Cancelled();
  };
  try {
    const output = await handler(JSON.parse(job.input), { id, signal, report });
    await change({ state: 'done', output: JSON.stringify(output), endedAt: now() });
  } catch (error) {
    if (error instanceof Cancelled) return;
    if (isBrokenOff(error, signal)) {
      const goesOn = await change({ state: 'queued' }).catch(() => true);
      if (goesOn) throw error;
      return;
    }
    log.error({ err: error, job: id, kind: job.kind }, 'a job failed');
    const { code, detail } = problemOf(error);
    await change({ state: 'failed', code, detail, endedAt: now() });
  }
}

/** Whether a job that threw is run again: the process stops, or the database was away. */
export function isBrokenOff(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted || isStoreTrouble(error);
}
