import {
  leftOutWh,
  lowerByPermissibleError,
  takeConservative,
  type MeteredEnergy,
  type Ratio,
} from '@truetonne/protocol';

/** What meters showed in a span of time, and what of its export judging left out already, Wh. */
export interface JudgedSum extends MeteredEnergy {
  readonly deductedWh: bigint;
}

export const NO_ENERGY: JudgedSum = { exportWh: 0n, importWh: 0n, deductedWh: 0n };

export function addSums(a: JudgedSum, b: JudgedSum): JudgedSum {
  return {
    exportWh: a.exportWh + b.exportWh,
    importWh: a.importWh + b.importWh,
    deductedWh: a.deductedWh + b.deductedWh,
  };
}

/** Wh to leave out of what a meter showed while its calibration was overdue. */
export function dueOfCalibrationUp(sum: JudgedSum, error: Ratio): bigint {
  return dueWh(sum, leftOutWh(sum, lowerByPermissibleError(sum, error)));
}

/** Wh to leave out because an invoice shows less export, or more import, than the meters. */
export function dueOfInvoice(sum: JudgedSum, invoice: MeteredEnergy): bigint {
  return dueWh(sum, leftOutWh(sum, takeConservative(sum, invoice)));
}

/** Export that was left out already can't be left out again; import always counts. */
function dueWh({ exportWh, deductedWh }: JudgedSum, left: MeteredEnergy): bigint {
  const countedWh = exportWh - deductedWh;
  return (left.exportWh < countedWh ? left.exportWh : countedWh) + left.importWh;
}
