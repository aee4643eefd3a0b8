import { and, desc, eq, lt, or } from 'drizzle-orm';
import type { Hex } from '@truetonne/protocol';
import type { Session } from '../store/database/database.ts';
import { jobs, uploads, type JobRow, type UploadRow } from '../store/tables/schema.ts';

/** An upload, and how the job that reads it stands. */
export interface UploadState {
  readonly upload: UploadRow;
  readonly job: JobRow;
}

/** Keeps an upload unless the same one is there; answers whether it was not. */
export async function insertUpload({ orm }: Session, upload: UploadRow): Promise<boolean> {
  const rows = await orm
    .insert(uploads)
    .values(upload)
    .onConflictDoNothing()
    .returning({ id: uploads.id });
  return rows.length > 0;
}

export async function forgetUpload({ orm }: Session, id: string): Promise<void> {
  await orm.delete(uploads).where(eq(uploads.id, id));
}

export async function findUpload({ orm }: Session, id: string): Promise<UploadState | undefined> {
  const [row] = await orm
    .select({ upload: uploads, job: jobs })
    .from(uploads)
    .innerJoin(jobs, eq(jobs.id, uploads.id))
    .where(eq(uploads.id, id));
  return row;
}

export async function findUploadByDigest(
  { orm }: Session,
  digest: Hex,
): Promise<UploadState | undefined> {
  const [row] = await orm
    .select({ upload: uploads, job: jobs })
    .from(uploads)
    .innerJoin(jobs, eq(jobs.id, uploads.id))
    .where(eq(uploads.digest, digest));
  return row;
}

/** The newest first. */
export function readUploads(
  { orm }: Session,
  before: readonly [number, string] | undefined,
  limit: number,
): Promise<readonly UploadState[]> {
  const older =
    before === undefined
      ? undefined
      : or(
          lt(uploads.createdAt, before[0]),
          and(eq(uploads.createdAt, before[0]), lt(uploads.id, before[1])),
        );
  return orm
    .select({ upload: uploads, job: jobs })
    .from(uploads)
    .innerJoin(jobs, eq(jobs.id, uploads.id))
    .where(older)
    .orderBy(desc(uploads.createdAt), desc(uploads.id))
    .limit(limit);
}
