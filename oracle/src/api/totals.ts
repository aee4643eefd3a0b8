import type { HeadRow } from '../store/tables/schema.ts';

/** Totals over all judged windows of some devices; energy as decimal text in Wh. */
export function totalsView(heads: readonly HeadRow[]) {
  const sum = (name: 'exportedWh' | 'importedWh' | 'deductedWh'): string =>
    String(heads.reduce((total, head) => total + head[name], 0n));
  return {
    windows: heads.reduce((total, head) => total + head.windows, 0),
    readings: heads.reduce((total, head) => total + head.readings, 0),
    exportedWh: sum('exportedWh'),
    importedWh: sum('importedWh'),
    deductedWh: sum('deductedWh'),
  };
}
