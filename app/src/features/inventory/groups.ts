import type { InventoryGroup } from '../../api/index.ts';
import { toPixels, type ChartData } from '../../ui/charts/series.ts';

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

/** The twelve months of a year, from the groups by category. */
export function monthsOf(groups: readonly InventoryGroup[], year: string): readonly Month[] {
  return Array.from({ length: 12 }, (_, index) => {
    const month = `${year}-${String(index + 1).padStart(2, '0')}`;
    const own = groups.filter((one) => one.by === 'category' && one.month === month);
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
