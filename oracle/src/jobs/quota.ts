import { TonneError } from '@truetonne/protocol';
import { Limited } from '../runtime/limited.ts';
import type { Session } from '../store/database/database.ts';

/** For whom a job is. */
export interface JobOwner {
  /** `wallet:0x...`, `key:...`, `visitor:<hash of its token>`, `organisation:...`. */
  readonly name: string;
  /** Of a visitor, whom nobody knows: a code of the network that it asks from. */
  readonly source: string | null;
}

interface Cap {
  /** Jobs that wait or run at a time. */
  readonly jobs: number;
  /** Of files that are kept. */
  readonly bytes: number;
}

/** What one may have here at a time, and for how long. */
export interface JobQuota {
  readonly owner: Cap;
  /** All visitors of one network together: anyone makes as many visitors as it likes. */
  readonly source: Cap;
  /** Files and reports are removed so long after their job has ended, seconds. */
  readonly keptSeconds: number;
}

/** Jobs take a while, and how long nobody knows: it is worth asking again after so many seconds. */
const ASK_AGAIN_SECONDS = 30;

/** A file takes up no less of a disk, and no number of empty ones is free. */
const LEAST_BYTES = 4_096;

/**
 * Makes sure that an owner has room for one more job whose file has so many bytes. In a transaction that
 * inserts the job as well, no other request of the owner comes between.
 *
 * @throws Limited JOBS_LIMITED, FILES_LIMITED with Retry-After
 */
export async function assertRoom(
  session: Session,
  { name, source }: JobOwner,
  bytes: number,
  quota: JobQuota,
  now: number,
): Promise<void> {
  await assertCap(session, 'owner', name, bytes, quota, now);
  if (source !== null) await assertCap(session, 'source', source, bytes, quota, now);
}

/** Throws FILES_LIMITED for a file that is larger than all that its owner may keep. */
export function assertFits(bytes: number, { owner }: JobQuota): void {
  if (bytes <= owner.bytes) return;
  const expected = `at most ${owner.bytes} bytes in all`;
  throw new TonneError('FILES_LIMITED', { field: 'bytes', value: String(bytes), expected });
}

export function jobsLimited(by: 'owner' | 'source', jobs: number, quota: JobQuota): Limited {
  const expected = `at most ${quota[by].jobs} at a time`;
  const details = { field: by, value: String(jobs), expected };
  return new Limited('JOBS_LIMITED', details, { 'retry-after': String(ASK_AGAIN_SECONDS) });
}

async function assertCap(
  { run }: Session,
  by: 'owner' | 'source',
  who: string,
  bytes: number,
  quota: JobQuota,
  now: number,
): Promise<void> {
  const cap = quota[by];
  await run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`jobs of ${by} ${who}`]);
  const [row] = await run(
    `SELECT count(*) FILTER (WHERE ended_at IS NULL),
       coalesce(sum(greatest(kept_bytes, ${LEAST_BYTES})), 0), min(ended_at)
     FROM jobs WHERE ${by} = $1`,
    [who],
    `jobs-of-${by}`,
  );
  const [jobs, kept, firstEnded] = row ?? [];
  if (Number(jobs) >= cap.jobs) throw jobsLimited(by, Number(jobs), quota);
  const total = Number(kept) + Math.max(bytes, LEAST_BYTES);
  if (total <= cap.bytes) return;
  const removed = firstEnded === null ? undefined : Number(firstEnded) + quota.keptSeconds;
  const wait = removed === undefined ? ASK_AGAIN_SECONDS : Math.max(1, removed - now);
  const details = {
    field: by,
    value: String(total),
    expected: `at most ${cap.bytes} bytes in all`,
  };
  throw new Limited('FILES_LIMITED', details, { 'retry-after': String(wait) });
}
