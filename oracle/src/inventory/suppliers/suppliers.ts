import { TonneError } from '@truetonne/protocol';
import { appendAudit } from '../../accounts/audit/store.ts';
import type { By } from '../../accounts/organisations/organisations.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { SupplierRow } from '../../store/tables/schema.ts';
import { readTotals } from '../totals/store.ts';
import { changeSupplier, findSupplier, insertSupplier } from './store.ts';

/** Throws SUPPLIER_UNKNOWN. */
export async function getSupplier(session: TenantSession, id: number): Promise<SupplierRow> {
  const row = await findSupplier(session, id);
  if (row !== undefined) return row;
  throw new TonneError('SUPPLIER_UNKNOWN', { field: 'supplierId', value: String(id) });
}

/** Throws SUPPLIER_EXISTS. */
export async function addSupplier(
  session: TenantSession,
  wish: Pick<SupplierRow, 'name' | 'country' | 'naics' | 'contact'>,
  { actor, now }: By,
): Promise<SupplierRow> {
  const row = await insertSupplier(session, { ...wish, createdAt: now });
  if (row === undefined) {
    throw new TonneError('SUPPLIER_EXISTS', { field: 'name', value: wish.name });
  }
  await appendAudit(session, {
    ...{ actor, at: now, action: 'supplier.added', subject: String(row.id), detail: wish },
  });
  return row;
}

export async function updateSupplier(
  session: TenantSession,
  row: SupplierRow,
  change: Partial<Pick<SupplierRow, 'country' | 'naics' | 'contact'>>,
  { actor, now }: By,
): Promise<SupplierRow> {
  await changeSupplier(session, row, change);
  await appendAudit(session, {
    ...{ actor, at: now, action: 'supplier.changed', subject: String(row.id), detail: change },
  });
  return getSupplier(session, row.id);
}

/** Where a supplier stands among the others, under one set of potentials. */
export interface RankedSupplier {
  readonly supplierId: string;
  readonly gwpSet: string;
  readonly lines: number;
  readonly co2eNg: bigint;
  /** Of lines by spend or averages: what the supplier has not said itself. */
  readonly estimatedNg: bigint;
}

/** Suppliers by emissions of Scope 3, the largest first. */
export async function rankSuppliers(
  session: TenantSession,
  span: { readonly fromMonth: number; readonly toMonth: number },
): Promise<readonly RankedSupplier[]> {
  const kinds = ['supplier', 'estimated'] as const;
  const rows = await readTotals(session, {
    ...span,
    kinds,
    workspaceId: undefined,
    byMonth: false,
  });
  const estimated = new Map(
    rows
      .filter(({ kind, scope }) => kind === 'estimated' && scope === '3')
      .map(({ key, gwpSet, co2eNg }) => [`${gwpSet}|${key}`, co2eNg]),
  );
  return rows
    .filter(({ kind, scope }) => kind === 'supplier' && scope === '3')
    .map(({ key, gwpSet, lines, co2eNg }) => ({
      ...{ supplierId: key, gwpSet, lines, co2eNg },
      estimatedNg: estimated.get(`${gwpSet}|${key}`) ?? 0n,
    }))
    .sort((a, b) => (a.co2eNg === b.co2eNg ? 0 : a.co2eNg < b.co2eNg ? 1 : -1));
}
