import type { ProjectMonth } from '../../api/indexer/index.ts';
import { toPixels, type ChartData } from '../../ui/charts/series.ts';

/** Months of any number of projects, summed by month and in order. */
export function sumMonths(months: readonly ProjectMonth[]): readonly MonthSum[] {
  const byMonth = new Map<string, MonthSum>();
  for (const { month, creditableWh, deductedWh, grams } of months) {
    const sum = byMonth.get(month);
    byMonth.set(month, {
      month,
      creditableWh: (sum?.creditableWh ?? 0n) + creditableWh,
      deductedWh: (sum?.deductedWh ?? 0n) + deductedWh,
      grams: (sum?.grams ?? 0n) + grams,
    });
  }
  return [...byMonth.values()].sort((a, b) => a.month.localeCompare(b.month));
}

/** Energy in Wh and mass in g of one month, "YYYY-MM". */
export interface MonthSum {
  readonly month: string;
  readonly creditableWh: bigint;
  readonly deductedWh: bigint;
  readonly grams: bigint;
}

const WH_PER_KWH = 1_000n;

export function monthChart(months: readonly MonthSum[]): ChartData {
  return {
    unit: 'kWh',
    labels: months.map(({ month }) => month),
    series: [
      {
        label: 'Creditable energy, kWh',
        values: months.map(({ creditableWh }) => toPixels(creditableWh, WH_PER_KWH)),
      },
      {
        label: 'Deducted energy, kWh',
        values: months.map(({ deductedWh }) => toPixels(deductedWh, WH_PER_KWH)),
      },
    ],
  };
}
