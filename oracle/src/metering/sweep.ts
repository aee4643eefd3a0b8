import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readEnded } from '../jobs/jobStore.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { JobQuota } from '../jobs/quota.ts';
import type { Log } from '../runtime/log.ts';
import { startLoop, type Loop } from '../runtime/loop.ts';
import type { Database } from '../store/database/database.ts';
import type { JobRow } from '../store/tables/schema.ts';
import { EXPORT_JOB, EXPORT_FOLDER } from './exports/export.ts';
import { removeExport } from './exports/remove.ts';
import { UPLOAD_FOLDER } from './uploads/files.ts';
import { removeUpload } from './uploads/remove.ts';
import { UPLOAD_JOB } from './uploads/run.ts';

/** Files are kept for days: a minute more or less is nothing. */
const PACE = { pauseMs: 60_000, leastMs: 50 };

/** Jobs that are removed before others have their turn. */
const CHUNK = 200;

interface Kept {
  readonly database: Database;
  readonly dataFolder: string;
}

/** Whose files are removed with them. Imports are an organisation's own, and stay with its books. */
const REMOVERS: Readonly<Record<string, (kept: Kept, job: JobRow) => Promise<void>>> = {
  [UPLOAD_JOB]: (kept, { id }) => removeUpload(kept, id),
  [EXPORT_JOB]: removeExport,
};

interface SweepContext extends Kept {
  readonly jobs: Pick<Jobs, 'instance'>;
  readonly quota: Pick<JobQuota, 'keptSeconds'>;
  readonly now: () => number;
  readonly log: Log;
}

/** Removes uploads and exports of this oracle whose time is over, with their files and reports. */
export function startSweeping(context: SweepContext): Pick<Loop, 'stop'> {
  return startLoop(
    () => sweep(context),
    PACE,
    (error) => context.log.warn({ err: error }, 'old files were not removed; it is tried again'),
  );
}

/** Answers whether there are more. */
async function sweep(context: SweepContext): Promise<boolean> {
  const { database, jobs, quota, now } = context;
  const upTo = now() - quota.keptSeconds;
  const kinds = Object.keys(REMOVERS);
  const ended = await readEnded(database, jobs.instance, kinds, upTo, CHUNK);
  for (const job of ended) await REMOVERS[job.kind]?.(context, job);
  return ended.length === CHUNK;
}

/** Takes away what was being received or written when the process ended. Before either begins. */
export async function sweepParts(dataFolder: string): Promise<void> {
  for (const name of [UPLOAD_FOLDER, EXPORT_FOLDER]) {
    const folder = join(dataFolder, name);
    const files = await readdir(folder).catch(() => []);
    for (const file of files.filter((one) => one.endsWith('.part'))) await rm(join(folder, file));
  }
}
