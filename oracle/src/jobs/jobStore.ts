import { and, asc, desc, eq, inArray, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Session } from '../store/database/database.ts';
import { jobs, type JobRow } from '../store/tables/schema.ts';

const UNFINISHED = ['queued', 'running'] as const;

/** Two that ask for one job at once make it once. */
export async function insertJob({ orm }: Session, job: typeof jobs.$inferInsert): Promise<void> {
  await orm.insert(jobs).values(job).onConflictDoNothing();
}

export async function findJob({ orm }: Session, id: string): Promise<JobRow | undefined> {
  const [row] = await orm.select().from(jobs).where(eq(jobs.id, id));
  return row;
}

/** Which jobs of an owner: those of a kind before a place in the list, the newest first. */
export interface JobPage {
  readonly owner: string;
  readonly kind: string;
  readonly before: Pick<JobRow, 'createdAt' | 'id'> | undefined;
  readonly limit: number;
}

export function readJobs(
  { orm }: Session,
  { owner, kind, before, limit }: JobPage,
): Promise<readonly JobRow[]> {
  const older =
    before === undefined
      ? undefined
      : or(
          lt(jobs.createdAt, before.createdAt),
          and(eq(jobs.createdAt, before.createdAt), lt(jobs.id, before.id)),
        );
  return orm
    .select()
    .from(jobs)
    .where(and(eq(jobs.owner, owner), eq(jobs.kind, kind), older))
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(limit);
}

/** Jobs that an oracle took and has not ended, the oldest first. */
export function readUnfinished({ orm }: Session, instance: string): Promise<readonly JobRow[]> {
  return orm
    .select()
    .from(jobs)
    .where(and(eq(jobs.instance, instance), inArray(jobs.state, [...UNFINISHED])))
    .orderBy(asc(jobs.createdAt));
}

/** Jobs of some kinds that an oracle ended up to a time, the oldest first. */
export function readEnded(
  { orm }: Session,
  instance: string,
  kinds: readonly string[],
  upTo: number,
  limit: number,
): Promise<readonly JobRow[]> {
  return orm
    .select()
    .from(jobs)
    .where(
      and(eq(jobs.instance, instance), inArray(jobs.kind, [...kinds]), lte(jobs.endedAt, upTo)),
    )
    .orderBy(asc(jobs.endedAt))
    .limit(limit);
}

type Change = Partial<Omit<JobRow, 'id'>>;

/** Changes a job unless it has ended; answers whether it had not. */
export async function changeJob({ orm }: Session, id: string, change: Change): Promise<boolean> {
  const rows = await orm
    .update(jobs)
    .set(change)
    .where(and(eq(jobs.id, id), isUnfinished()))
    .returning({ id: jobs.id });
  return rows.length > 0;
}

/** Writes down how many bytes of files are kept of a job, ended or not. */
export async function saveKeptBytes(
  { orm }: Session,
  id: string,
  keptBytes: number,
): Promise<void> {
  await orm.update(jobs).set({ keptBytes }).where(eq(jobs.id, id));
}

export async function deleteJob({ orm }: Session, id: string): Promise<void> {
  await orm.delete(jobs).where(eq(jobs.id, id));
}

function isUnfinished(): SQL {
  return sql`${jobs.state} IN ('queued', 'running')`;
}
