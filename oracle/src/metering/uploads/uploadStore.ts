import { and, desc, eq, lt, or } from 'drizzle-orm';
import type { Hex } from '@truetonne/protocol';
import type { Session } from '../../store/database/database.ts';
import { jobs, uploads, type JobRow, type UploadRow } from '../../store/tables/schema.ts';

/** An upload, and how the job that reads it stands. */
export interface UploadState {
  readonly upload: UploadRow;
  readonly job: JobRow;
}

/** Keeps an upload unless its owner has the same one; answers whether it was not. */
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

/** An upload of its owner; nobody else has it. */
export async function findUpload(
  { orm }: Session,
  owner: string,
  id: string,
): Promise<UploadState | undefined> {
  const [row] = await orm
    .select({ upload: uploads, job: jobs })
    .from(uploads)
    .innerJoin(jobs, eq(jobs.id, uploads.id))
    .where(and(eq(uploads.id, id), eq(uploads.owner, owner)));
  return row;
}

export async function findUploadByDigest(
  { orm }: Session,
  owner: string,
  digest: Hex,
): Promise<UploadState | undefined> {
  const [row] = await orm
    .select({ upload: uploads, job: jobs })
    .from(uploads)
    .innerJoin(jobs, eq(jobs.id, uploads.id))
    .where(and(eq(uploads.owner, owner), eq(uploads.digest, digest)));
  return row;
}

/** Those of an owner, the newest first. */
export function readUploads(
  { orm }: Session,
  owner: string,
  before: Pick<UploadRow, 'createdAt' | 'id'> | undefined,
  limit: number,
): Promise<readonly UploadState[]> {
  const older =
    before === undefined
      ? undefined
      : or(
          lt(uploads.createdAt, before.createdAt),
          and(eq(uploads.createdAt, before.createdAt), lt(uploads.id, before.id)),
        );
  return orm
    .select({ upload: uploads, job: jobs })
    .from(uploads)
    .innerJoin(jobs, eq(jobs.id, uploads.id))
    .where(and(eq(uploads.owner, owner), older))
    .orderBy(desc(uploads.createdAt), desc(uploads.id))
    .limit(limit);
}
