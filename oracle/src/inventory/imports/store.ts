import type { Hex } from '@truetonne/protocol';
import { and, asc, desc, eq, inArray, lt, or } from 'drizzle-orm';
import type { TenantSession } from '../../store/database/tenant.ts';
import { importMappings, imports, suppliers, type ImportRow } from '../../store/tables/schema.ts';

export async function insertImport(
  { orm, organisationId }: TenantSession,
  row: Omit<typeof imports.$inferInsert, 'organisationId'>,
): Promise<void> {
  await orm.insert(imports).values({ ...row, organisationId });
}

export async function findImport(
  { orm }: TenantSession,
  id: string,
  forChange = false,
): Promise<ImportRow | undefined> {
  const query = orm.select().from(imports).where(eq(imports.id, id));
  const [row] = await (forChange ? query.for('update') : query);
  return row;
}

/** The newest first; `before` is the last row of the page before. */
export function readImports(
  { orm }: TenantSession,
  limit: number,
  before: { readonly createdAt: number; readonly id: string } | undefined,
): Promise<readonly ImportRow[]> {
  const { createdAt, id } = imports;
  const older =
    before === undefined
      ? undefined
      : or(
          lt(createdAt, before.createdAt),
          and(eq(createdAt, before.createdAt), lt(id, before.id)),
        );
  return orm.select().from(imports).where(older).orderBy(desc(createdAt), desc(id)).limit(limit);
}

/** The oldest import that stores, or is about to; `undefined` when none does. */
export async function findUnended({ orm }: TenantSession): Promise<ImportRow | undefined> {
  const [row] = await orm
    .select()
    .from(imports)
    .where(and(eq(imports.dryRun, false), inArray(imports.state, ['queued', 'running'])))
    .orderBy(asc(imports.createdAt), asc(imports.id))
    .limit(1);
  return row;
}

export async function changeImport(
  { orm }: TenantSession,
  id: string,
  change: Partial<Omit<ImportRow, 'id' | 'organisationId'>>,
): Promise<void> {
  await orm.update(imports).set(change).where(eq(imports.id, id));
}

export async function findMapping(
  { orm }: TenantSession,
  headHash: Hex,
): Promise<string | undefined> {
  const [row] = await orm
    .select({ options: importMappings.options })
    .from(importMappings)
    .where(eq(importMappings.headHash, headHash));
  return row?.options;
}

export async function saveMapping(
  { orm, organisationId }: TenantSession,
  headHash: Hex,
  options: string,
  usedAt: number,
): Promise<void> {
  await orm
    .insert(importMappings)
    .values({ organisationId, headHash, options, usedAt })
    .onConflictDoUpdate({
      target: [importMappings.organisationId, importMappings.headHash],
      set: { options, usedAt },
    });
}

/** Ids of the directory by name, in lower case. */
export async function readSupplierNames({
  orm,
}: TenantSession): Promise<ReadonlyMap<string, number>> {
  const rows = await orm.select({ id: suppliers.id, name: suppliers.name }).from(suppliers);
  return new Map(rows.map(({ id, name }) => [name.toLowerCase(), id]));
}
