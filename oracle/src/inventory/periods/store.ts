import { and, asc, eq } from 'drizzle-orm';
import type { TenantSession } from '../../store/database/tenant.ts';
import {
  inventories,
  periods,
  type InventoryRow,
  type PeriodRow,
} from '../../store/tables/schema.ts';

export function readPeriods({ orm }: TenantSession): Promise<readonly PeriodRow[]> {
  return orm.select().from(periods).orderBy(asc(periods.firstDay), asc(periods.id));
}

export async function findPeriod(
  { orm }: TenantSession,
  id: number,
): Promise<PeriodRow | undefined> {
  const [row] = await orm.select().from(periods).where(eq(periods.id, id));
  return row;
}

export async function insertPeriod(
  { orm, organisationId }: TenantSession,
  period: Pick<PeriodRow, 'firstDay' | 'lastDay' | 'createdAt'>,
): Promise<PeriodRow> {
  const [row] = await orm
    .insert(periods)
    .values({ ...period, organisationId, state: 'closed', number: 0 })
    .returning();
  if (row === undefined) throw new Error('a period was not stored');
  return row;
}

export async function changePeriod(
  { orm }: TenantSession,
  { id, version }: PeriodRow,
  change: Partial<Pick<PeriodRow, 'state' | 'number' | 'reason' | 'outdated'>>,
): Promise<void> {
  await orm
    .update(periods)
    .set({ ...change, version: version + 1 })
    .where(eq(periods.id, id));
}

export async function insertInventory(
  { orm, organisationId }: TenantSession,
  inventory: Omit<InventoryRow, 'organisationId'>,
): Promise<void> {
  await orm.insert(inventories).values({ ...inventory, organisationId });
}

/** Inventories of a period, the first one first. */
export function readInventories(
  { orm }: TenantSession,
  periodId: number,
): Promise<readonly InventoryRow[]> {
  return orm
    .select()
    .from(inventories)
    .where(eq(inventories.periodId, periodId))
    .orderBy(asc(inventories.number));
}

export async function findInventory(
  { orm }: TenantSession,
  periodId: number,
  number: number,
): Promise<InventoryRow | undefined> {
  const [row] = await orm
    .select()
    .from(inventories)
    .where(and(eq(inventories.periodId, periodId), eq(inventories.number, number)));
  return row;
}

/** A line of a closed inventory, in its place in the tree. */
export interface SealedLine {
  readonly activityId: number;
  readonly line: string;
  readonly leaf: Uint8Array;
}

export async function insertLines(
  { run, organisationId }: TenantSession,
  { periodId, number }: Pick<InventoryRow, 'periodId' | 'number'>,
  first: number,
  lines: readonly SealedLine[],
): Promise<void> {
  await run(
    `INSERT INTO inventory_lines
       (organisation_id, period_id, number, position, activity_id, line, leaf)
     SELECT $1::uuid, $2::bigint, $3::int, $4::int + place - 1, activity_id, line, leaf
     FROM unnest($5::bigint[], $6::text[], $7::bytea[]) WITH ORDINALITY
       AS sealed (activity_id, line, leaf, place)`,
    [
      ...[organisationId, periodId, number, first],
      lines.map(({ activityId }) => activityId),
      lines.map(({ line }) => line),
      lines.map(({ leaf }) => Buffer.from(leaf)),
    ],
    'insert-lines',
  );
}

/** Leaves in their order. */
export async function readLeaves(
  { run }: TenantSession,
  periodId: number,
  number: number,
): Promise<readonly Uint8Array[]> {
  const rows = await run(
    'SELECT leaf FROM inventory_lines WHERE period_id = $1 AND number = $2 ORDER BY position',
    [periodId, number],
    'read-leaves',
  );
  return rows.map(([leaf]) => {
    if (leaf instanceof Uint8Array) return leaf;
    throw new TypeError('bytes expected');
  });
}

/** Lines after a position, in their order; of one activity, or of all. */
export async function readLines(
  { run }: TenantSession,
  { periodId, number }: { readonly periodId: number; readonly number: number },
  page: { readonly after: number; readonly limit: number; readonly activityId?: number },
): Promise<readonly { readonly position: number; readonly line: string }[]> {
  const rows = await run(
    `SELECT position, line FROM inventory_lines
     WHERE period_id = $1 AND number = $2 AND position > $3
       AND ($5::bigint IS NULL OR activity_id = $5)
     ORDER BY position LIMIT $4`,
    [periodId, number, page.after, page.limit, page.activityId ?? null],
  );
  return rows.map(([position, line]) => ({ position: Number(position), line: String(line) }));
}

/** Lines of one inventory that another one does not have in the same version. */
export async function readMissing(
  { run }: TenantSession,
  periodId: number,
  number: number,
  other: number,
  limit: number,
): Promise<readonly string[]> {
  const rows = await run(
    `SELECT line FROM inventory_lines AS mine
     WHERE period_id = $1 AND number = $2 AND NOT EXISTS (
       SELECT 1 FROM inventory_lines AS theirs
       WHERE theirs.period_id = $1 AND theirs.number = $3
         AND theirs.activity_id = mine.activity_id
         AND theirs.line::jsonb - 'salt' = mine.line::jsonb - 'salt')
     ORDER BY position LIMIT $4`,
    [periodId, number, other, limit],
  );
  return rows.map(([line]) => String(line));
}
