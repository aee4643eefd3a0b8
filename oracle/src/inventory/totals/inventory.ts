import { squareRootUp } from '../../accounting/index.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { TotalKind, Delta } from './deltas.ts';
import { readInventoryVersion, readTotals, type TotalRow } from './store.ts';

export const GROUPS = [
  'category',
  'site',
  'supplier',
  'gas',
] as const satisfies readonly TotalKind[];

export interface InventoryQuestion {
  /** Months since year 0, both inclusive. */
  readonly fromMonth: number;
  readonly toMonth: number;
  readonly workspaceId: number | undefined;
  readonly groups: readonly TotalKind[];
  readonly byMonth: boolean;
}

/** Whole nanograms; an uncertainty is half of the 95 % interval of what states one. */
export interface InventorySum {
  readonly lines: number;
  readonly co2eNg: bigint;
  readonly biogenicNg: bigint;
  readonly otherNg: bigint;
  readonly statedNg: bigint;
  readonly halfWidthNg: bigint;
}

export interface InventoryGroup extends InventorySum {
  readonly by: TotalKind;
  readonly key: string;
  readonly scope: string;
  readonly gwpSet: string;
  readonly month: number | undefined;
  /** Of a gas, where every line's mass of it is published. */
  readonly massNg: bigint | undefined;
}

export interface Inventory {
  /** Counts the changes: who has seen this version has seen these numbers. */
  readonly version: number;
  readonly scopes: readonly (InventorySum & { readonly scope: string; readonly gwpSet: string })[];
  readonly groups: readonly InventoryGroup[];
}

/**
 * The inventory from its totals, which each write keeps up to date. Totals of different sets of
 * potentials, and the two of Scope 2, stand beside each other and are never added.
 */
export async function readInventory(
  session: TenantSession,
  { groups, byMonth, ...span }: InventoryQuestion,
): Promise<Inventory> {
  const version = await readInventoryVersion(session);
  // Each line is in one category, so the categories of a scope add up to it.
  const categories = await readTotals(session, { ...span, kinds: ['category'], byMonth: false });
  const rows =
    groups.length === 0 ? [] : await readTotals(session, { ...span, kinds: groups, byMonth });
  return { version, scopes: sumScopes(categories), groups: rows.map(toGroup) };
}

function sumScopes(rows: readonly TotalRow[]): Inventory['scopes'] {
  const byScope = Map.groupBy(rows, ({ gwpSet, scope }) => `${gwpSet}|${scope}`);
  return [...byScope.values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    const { gwpSet, scope } = first;
    return { gwpSet, scope, ...toSum(of.reduce(add)) };
  });
}

function toGroup(row: TotalRow): InventoryGroup {
  const { kind: by, key, scope, gwpSet, month, massNg, massless } = row;
  const mass = by === 'gas' && massless === 0 ? massNg : undefined;
  return { by, key, scope, gwpSet, month, massNg: mass, ...toSum(row) };
}

/** Independent lines: IPCC 2006 Guidelines, volume 1, equation 3.2. */
function toSum(row: Pick<Delta, keyof Omit<InventorySum, 'halfWidthNg'> | 'varianceNg2'>) {
  const { lines, co2eNg, biogenicNg, otherNg, statedNg, varianceNg2 } = row;
  const halfWidthNg = squareRootUp(varianceNg2);
  return { lines, co2eNg, biogenicNg, otherNg, statedNg, halfWidthNg };
}

function add(a: TotalRow, b: TotalRow): TotalRow {
  return {
    ...a,
    lines: a.lines + b.lines,
    co2eNg: a.co2eNg + b.co2eNg,
    biogenicNg: a.biogenicNg + b.biogenicNg,
    otherNg: a.otherNg + b.otherNg,
    statedNg: a.statedNg + b.statedNg,
    varianceNg2: a.varianceNg2 + b.varianceNg2,
  };
}
