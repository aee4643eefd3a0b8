import type { Project } from '../../api/indexer/index.ts';

/** Sums over all projects: Wh and g. */
export interface Totals {
  readonly creditableWh: bigint;
  readonly grams: bigint;
  readonly mintedGrams: bigint;
  readonly retiredGrams: bigint;
}

type Summed = Pick<Project, keyof Totals>;

export function totalsOf(projects: readonly Summed[]): Totals {
  const sum = (field: keyof Totals): bigint =>
    projects.reduce((total, project) => total + project[field], 0n);
  return {
    creditableWh: sum('creditableWh'),
    grams: sum('grams'),
    mintedGrams: sum('mintedGrams'),
    retiredGrams: sum('retiredGrams'),
  };
}
