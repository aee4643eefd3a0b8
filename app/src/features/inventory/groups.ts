import type { Inventory, InventoryGroup } from '../../api/index.ts';
import { toPixels, type ChartData } from '../../ui/charts/series.ts';
import { scopeName } from '../../ui/emissions.ts';

const NG_PER_TONNE = 1_000_000_000_000_000n;

export const GROUPINGS = ['category', 'site', 'supplier', 'gas'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Scopes that are added to a footprint; the two sides of Scope 2 are never added to one another. */
const CHARTED = ['1', '2-location', '3'] as const;
const LABELS = { '1': 'Scope 1', '2-location': 'Scope 2, location-based', '3': 'Scope 3' } as const;

/** A month such as "2025-06" and what was emitted in it, by scope; nanograms. `undefined`: nothing was logged. */
export interface Month {
  readonly month: string;
  readonly ngOf: (scope: string) => bigint | undefined;
}

/** Sets of warming potentials that the groups are under: the organisation's own first, whatever is there. */
export function setsOf(groups: readonly InventoryGroup[], own: string): readonly string[] {
  const others = new Set(groups.map(({ gwpSet }) => gwpSet).filter((set) => set !== own));
  return [own, ...[...others].sort()];
}

/** The twelve months of a year under one set of potentials, from the groups by category. */
export function monthsOf(
  groups: readonly InventoryGroup[],
  year: string,
  gwpSet: string,
): readonly Month[] {
  const ofSet = groups.filter((one) => one.by === 'category' && one.gwpSet === gwpSet);
  return Array.from({ length: 12 }, (_, index) => {
    const month = `${year}-${String(index + 1).padStart(2, '0')}`;
    const own = ofSet.filter((one) => one.month === month);
    const ngOf = (scope: string): bigint | undefined => {
      const ofScope = own.filter((one) => one.scope === scope);
      if (ofScope.length === 0) return undefined;
      return ofScope.reduce((sum, { kgCo2e }) => sum + kgCo2e, 0n);
    };
    return { month, ngOf };
  });
}

/** Tonnes of each scope by month. */
export function monthsChart(months: readonly Month[]): ChartData {
  return {
    unit: 't CO₂e',
    labels: months.map(({ month }) => month),
    series: CHARTED.map((scope) => ({
      label: LABELS[scope],
      values: months.map(({ ngOf }) => toPixels(ngOf(scope) ?? 0n, NG_PER_TONNE)),
    })),
  };
}

/** The groups of one kind, the largest first. */
export function largestFirst(
  groups: readonly InventoryGroup[],
  by: Grouping,
): readonly InventoryGroup[] {
  const largest = (a: InventoryGroup, b: InventoryGroup): number =>
    a.kgCo2e === b.kgCo2e ? a.key.localeCompare(b.key) : a.kgCo2e > b.kgCo2e ? -1 : 1;
  return groups.filter((one) => one.by === by).sort(largest);
}

/** "Scope 1"; of a total under another set than the organisation's own "Scope 1 under AR5". */
export function scopeUnder(scope: string, gwpSet: string, own: string): string {
  return gwpSet === own ? scopeName(scope) : `${scopeName(scope)} under ${gwpSet}`;
}

/** The activities that a group is made of. */
export function filterOf({ by, key, scope }: InventoryGroup): Readonly<Record<string, string>> {
  // Activities are filed under Scope 1, 2 or 3; what they avoid is a line beside.
  const filed = scope === 'avoided' ? {} : { scope: scope.slice(0, 1) };
  if (by === 'gas') return scope === 'avoided' ? {} : { ...filed, gas: key };
  if (by === 'category' || by === 'site') return { ...filed, [by]: key };
  return by === 'supplier' ? { ...filed, supplier: key === '' ? 'none' : key } : filed;
}

/** What the link of a group opens: its own activities, or all where no filter is as narrow. */
export function linkText(group: InventoryGroup): string {
  const { category, site, supplier, gas } = filterOf(group);
  if ([category, site, supplier, gas].some((one) => one !== undefined)) return 'Activities';
  return 'All activities';
}

/** A mass that is reported beside the scopes. */
interface Outside {
  readonly label: string;
  readonly ng: bigint;
  readonly unit: string;
}

/**
 * Biogenic CO2 and gases outside the Kyoto Protocol (Corporate Standard, chapters 4 and 9), by scope: the two
 * sides of Scope 2 hold the same energy, so that one sum over all scopes would count it twice.
 */
export function outsideScopes(scopes: Inventory['scopes'], own: string): readonly Outside[] {
  return scopes.flatMap(({ scope, gwpSet, biogenicKgCo2, otherGasesKgCo2e }) => {
    const of = scopeUnder(scope, gwpSet, own);
    const all = [
      { label: `Biogenic CO₂, ${of}`, ng: biogenicKgCo2, unit: 't CO₂' },
      { label: `HCFCs, CFCs and other gases, ${of}`, ng: otherGasesKgCo2e, unit: 't CO₂e' },
    ];
    return all.filter(({ ng }) => ng !== 0n);
  });
}
