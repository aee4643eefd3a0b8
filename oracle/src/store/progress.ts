import { and, eq, sql } from 'drizzle-orm';
import type { Session } from './database/database.ts';
import { closeRequests, devices, heads, windows } from './tables/schema.ts';

/** How far a device has come; times in Unix seconds. */
export interface DeviceStanding {
  readonly deviceNumber: number;
  /** Revoked or frozen: nobody waits for it. */
  readonly revoked: boolean;
  readonly creditedSequence: number;
  readonly judgedSequence: number;
  /** Closing time of the last window judged in its place, or of the credited state. */
  readonly judgedUntil: number;
  /** Closing times of the first and last window beyond the credited one. */
  readonly firstPending: number | undefined;
  readonly lastPending: number | undefined;
}

/** Where every device of a project stands. Each look-up is one step in an index. */
export async function readStandings(
  { orm }: Session,
  projectId: number,
): Promise<readonly DeviceStanding[]> {
  const pending = (direction: 'ASC' | 'DESC') => sql<unknown>`(
    SELECT ${windows.closedAt} FROM ${windows}
    WHERE ${windows.deviceNumber} = ${devices.number}
      AND ${windows.sequence} > ${devices.creditedSequence}
    ORDER BY ${windows.sequence} ${sql.raw(direction)} LIMIT 1)`;
  const rows = await orm
    .select({
      deviceNumber: devices.number,
      revokedFrom: devices.revokedFrom,
      frozenSequence: devices.frozenSequence,
      creditedSequence: devices.creditedSequence,
      creditedClosedAt: devices.creditedClosedAt,
      headSequence: heads.lastSequence,
      headClosedAt: heads.closedAt,
      first: pending('ASC'),
      last: pending('DESC'),
    })
    .from(devices)
    .leftJoin(heads, eq(heads.deviceNumber, devices.number))
    .where(eq(devices.projectId, projectId))
    .orderBy(devices.deviceId);
  return rows.map((row) => ({
    deviceNumber: row.deviceNumber,
    revoked: row.revokedFrom !== null || row.frozenSequence !== null,
    creditedSequence: row.creditedSequence,
    judgedSequence: Math.max(row.headSequence ?? 0, row.creditedSequence),
    judgedUntil: Math.max(row.headClosedAt ?? 0, row.creditedClosedAt),
    firstPending: isPending(row, row.first) ? Number(row.first) : undefined,
    lastPending: isPending(row, row.last) ? Number(row.last) : undefined,
  }));
}

/** Windows of a frozen device go into no batch, so they keep no period open. */
function isPending(row: { readonly frozenSequence: number | null }, closedAt: unknown): boolean {
  return row.frozenSequence === null && closedAt !== null;
}

/** When the newest window came that closes at or before `until` and is beyond the credited one; or 0. */
export async function findLastReceipt(
  { orm }: Session,
  projectId: number,
  until: number,
): Promise<number> {
  const [row] = await orm
    .select({ at: sql<unknown>`coalesce(max(${windows.receivedAt}), 0)` })
    .from(windows)
    .innerJoin(devices, eq(devices.number, windows.deviceNumber))
    .where(
      sql`${devices.projectId} = ${projectId} AND ${windows.closedAt} <= ${until}
          AND ${windows.sequence} > ${devices.creditedSequence}`,
    );
  return Number(row?.at ?? 0);
}

export async function findCloseRequest(
  { orm }: Session,
  projectId: number,
): Promise<number | undefined> {
  const [row] = await orm
    .select()
    .from(closeRequests)
    .where(eq(closeRequests.projectId, projectId));
  return row?.until;
}

/** Asks for all periods of a project to be closed up to a time. A later time replaces an earlier one. */
export async function saveCloseRequest(
  { orm }: Session,
  projectId: number,
  until: number,
): Promise<void> {
  await orm
    .insert(closeRequests)
    .values({ projectId, until })
    .onConflictDoUpdate({
      target: closeRequests.projectId,
      set: { until: sql`greatest(${closeRequests.until}, ${until})` },
    });
}

/** Counts for the health page; energy waits in windows, windows wait in batches. */
export async function countQueued({ orm }: Session): Promise<number> {
  const [row] = await orm
    .select({
      windows: sql<unknown>`coalesce(sum(greatest(0, ${heads.lastSequence} - ${devices.creditedSequence})), 0)`,
    })
    .from(devices)
    .innerJoin(heads, eq(heads.deviceNumber, devices.number));
  return Number(row?.windows ?? 0);
}

/** All requests to close, by project. */
export async function readCloseRequests({ orm }: Session): Promise<ReadonlyMap<number, number>> {
  const rows = await orm.select().from(closeRequests);
  return new Map(rows.map(({ projectId, until }) => [projectId, until]));
}

/** Takes a request back once it is done, unless a later time was asked for meanwhile. */
export async function forgetCloseRequest(
  { orm }: Session,
  projectId: number,
  until: number,
): Promise<void> {
  await orm
    .delete(closeRequests)
    .where(and(eq(closeRequests.projectId, projectId), eq(closeRequests.until, until)));
}
