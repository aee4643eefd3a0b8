import type { MeteredEnergy } from './reductions.ts';
import { add, multiply, subtract, toRatio, toWholeDown, toWholeUp, type Ratio } from './ratio.ts';

const ONE = toRatio(1n);

/**
 * What counts while a meter's calibration was overdue: export less the maximum permissible error,
 * import with it added (CDM-EB93-A05-STAN, compliance with calibration frequency).
 *
 * @param error as a part of one: 0.005 for 0.5 %
 */
export function lowerByPermissibleError(metered: MeteredEnergy, error: Ratio): MeteredEnergy {
  return {
    exportWh: toWholeDown(multiply(toRatio(metered.exportWh), subtract(ONE, error))),
    importWh: toWholeUp(multiply(toRatio(metered.importWh), add(ONE, error))),
  };
}

/**
 * Where meter and invoice differ: the lower export and the higher import (CDM issuance review
 * 1C7MJILH4KFX0A5; ACM0002 v20.0 and AMS-I.D v18.0, section 6, cross-check).
 */
export function takeConservative(meter: MeteredEnergy, invoice: MeteredEnergy): MeteredEnergy {
  return {
    exportWh: meter.exportWh < invoice.exportWh ? meter.exportWh : invoice.exportWh,
    importWh: meter.importWh > invoice.importWh ? meter.importWh : invoice.importWh,
  };
}

/** What counting `counted` in place of what the meters show leaves out, in Wh; never below zero. */
export function leftOutWh(metered: MeteredEnergy, counted: MeteredEnergy): MeteredEnergy {
  return {
    exportWh: atLeastZero(metered.exportWh - counted.exportWh),
    importWh: atLeastZero(counted.importWh - metered.importWh),
  };
}

function atLeastZero(wh: bigint): bigint {
  return wh > 0n ? wh : 0n;
}
