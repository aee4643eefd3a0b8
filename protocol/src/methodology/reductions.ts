import type { MethodologyParameters } from './parameters.ts';
import { add, multiply, subtract, toRatio, type Ratio } from './ratio.ts';

/** 1 tCO2/MWh is 1,000,000 ug/Wh. */
const UG_PER_WH: Ratio = { numerator: 1_000_000n, denominator: 1n };

/** What the meters counted, Wh. */
export interface MeteredEnergy {
  readonly exportWh: bigint;
  readonly importWh: bigint;
}

/** Exact emissions in micrograms CO2e, and the net export behind them in Wh. */
export interface Reductions {
  readonly netExportWh: Ratio;
  readonly baselineUg: Ratio;
  readonly projectUg: Ratio;
  readonly leakageUg: Ratio;
  readonly reductionsUg: Ratio;
}

/**
 * ER = BE - PE - LE with BE = (export - import) x EF: GCCM001 v4.0 (case 1), AMS-I.D v18.0 (equation 1),
 * ACM0002 v20.0 (section 5.5). Exact: what is rounded, and how, is the caller's. `factorUgPerWh` is
 * micrograms CO2e per Wh. A net import gives negative reductions, which no credit is issued for.
 */
export function computeReductions(
  parameters: MethodologyParameters,
  { exportWh, importWh }: MeteredEnergy,
  factorUgPerWh: Ratio,
): Reductions {
  const counted = multiply(toRatio(exportWh), parameters.exportShare);
  const netExportWh = subtract(counted, toRatio(importWh));
  const rateOf = (tCo2PerMWh: Ratio): Ratio => multiply(counted, multiply(tCo2PerMWh, UG_PER_WH));
  const baselineUg = multiply(netExportWh, factorUgPerWh);
  const projectUg = rateOf(parameters.projectEmissionsTCo2PerMWh);
  const leakageUg = rateOf(parameters.leakageTCo2PerMWh);
  const reductionsUg = subtract(baselineUg, add(projectUg, leakageUg));
  return { netExportWh, baselineUg, projectUg, leakageUg, reductionsUg };
}
