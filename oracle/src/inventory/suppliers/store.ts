import { and, asc, eq, gt, gte, lt, lte, desc } from 'drizzle-orm';
import type { TenantSession } from '../../store/database/tenant.ts';
import {
  activities,
  supplierFigures,
  suppliers,
  type SupplierFigureRow,
  type SupplierRow,
} from '../../store/tables/schema.ts';

/** By id, after one. */
export function readSuppliers(
  { orm }: TenantSession,
  after: number,
  limit: number,
): Promise<readonly SupplierRow[]> {
  return orm
    .select()
    .from(suppliers)
    .where(gt(suppliers.id, after))
    .orderBy(asc(suppliers.id))
    .limit(limit);
}

export async function findSupplier(
  { orm }: TenantSession,
  id: number,
): Promise<SupplierRow | undefined> {
  const [row] = await orm.select().from(suppliers).where(eq(suppliers.id, id));
  return row;
}

/** A new entry, or `undefined` when there is one of its name. */
export async function insertSupplier(
  { orm, organisationId }: TenantSession,
  supplier: Pick<SupplierRow, 'name' | 'country' | 'naics' | 'contact' | 'createdAt'>,
): Promise<SupplierRow | undefined> {
  const [row] = await orm
    .insert(suppliers)
    .values({ ...supplier, organisationId })
    .onConflictDoNothing()
    .returning();
  return row;
}

export async function changeSupplier(
  { orm }: TenantSession,
  { id, version }: SupplierRow,
  change: Partial<Pick<SupplierRow, 'country' | 'naics' | 'contact'>>,
): Promise<void> {
  await orm
    .update(suppliers)
    .set({ ...change, version: version + 1 })
    .where(eq(suppliers.id, id));
}

export async function insertFigure(
  { orm, organisationId }: TenantSession,
  figure: Omit<typeof supplierFigures.$inferInsert, 'organisationId'>,
): Promise<SupplierFigureRow> {
  const [row] = await orm
    .insert(supplierFigures)
    .values({ ...figure, organisationId })
    .returning();
  if (row === undefined) throw new Error('a figure was not stored');
  return row;
}

export async function findFigure(
  { orm }: TenantSession,
  id: number,
): Promise<SupplierFigureRow | undefined> {
  const [row] = await orm
    .select()
    .from(supplierFigures)
    .where(eq(supplierFigures.id, id))
    .for('update');
  return row;
}

/** The newest first; of one supplier, or of all. */
export function readFigures(
  { orm }: TenantSession,
  filter: { readonly supplierId?: number | undefined; readonly before?: number | undefined },
  limit: number,
): Promise<readonly SupplierFigureRow[]> {
  const { supplierId, before } = filter;
  return orm
    .select()
    .from(supplierFigures)
    .where(
      and(
        supplierId === undefined ? undefined : eq(supplierFigures.supplierId, supplierId),
        before === undefined ? undefined : lt(supplierFigures.id, before),
      ),
    )
    .orderBy(desc(supplierFigures.id))
    .limit(limit);
}

/** A figure of the same supplier and category that is in the inventory and has some of these days. */
export async function findOverlap(
  { orm }: TenantSession,
  { supplierId, category, firstDay, lastDay }: SupplierFigureRow,
): Promise<SupplierFigureRow | undefined> {
  const [row] = await orm
    .select({ figure: supplierFigures })
    .from(supplierFigures)
    .innerJoin(activities, eq(activities.id, supplierFigures.activityId))
    .where(
      and(
        eq(supplierFigures.supplierId, supplierId),
        eq(supplierFigures.category, category),
        eq(supplierFigures.state, 'accepted'),
        eq(activities.deleted, false),
        lte(supplierFigures.firstDay, lastDay),
        gte(supplierFigures.lastDay, firstDay),
      ),
    )
    .orderBy(asc(supplierFigures.id))
    .limit(1);
  return row?.figure;
}

export async function changeFigure(
  { orm }: TenantSession,
  id: number,
  change: Partial<
    Pick<
      SupplierFigureRow,
      'state' | 'reason' | 'activityId' | 'replaced' | 'decidedBy' | 'decidedAt'
    >
  >,
): Promise<void> {
  await orm.update(supplierFigures).set(change).where(eq(supplierFigures.id, id));
}
