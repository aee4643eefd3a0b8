/**
 * Numbers on their way to pixels. This is the only place where energy, power and mass become
 * floats: a pixel is coarser than 1 part in 2^53 by far, so nothing that is drawn can differ, and no
 * text is ever made from these values (labels and tables use the exact integers).
 */
export function toPixels(value: bigint, unitsPerStep: bigint): number {
  return Number(value) / Number(unitsPerStep);
}

/** One line or one set of bars. `values` are in `unit`. */
export interface Series {
  readonly label: string;
  readonly values: readonly number[];
}

export interface ChartData {
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  readonly unit: string;
}
