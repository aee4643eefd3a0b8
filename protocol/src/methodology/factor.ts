import { TonneError } from '../errors/tonneError.ts';
import type { FactorRule } from './parameters.ts';
import { add, multiply, toRatio, toWholeDown, type Ratio } from './ratio.ts';

/** 1 g/kWh is 1,000 ug/Wh; 1 tCO2/MWh is 1,000,000 ug/Wh. */
const UG_PER_WH_OF_G_PER_KWH = 1_000n;
const UG_PER_WH_OF_T_PER_MWH = 1_000_000n;

/** What is known of a country's grid, g CO2e per kWh. Zero is a value; `undefined` is not known. */
export interface GridFactors {
  readonly country: string;
  readonly ifiFirm: bigint | undefined;
  readonly ifiIntermittent: bigint | undefined;
  readonly operatingMargin: Ratio | undefined;
  readonly buildMargin: Ratio | undefined;
}

/**
 * The emission factor of a grid under a version, micrograms CO2e per Wh, rounded down.
 *
 * @throws TonneError FACTOR_MISSING with what is not known
 */
export function getFactorDown(rule: FactorRule, grid: GridFactors): bigint {
  switch (rule.kind) {
    case 'fixed':
      return toWholeDown(multiply(rule.tCo2PerMWh, toRatio(UG_PER_WH_OF_T_PER_MWH)));
    case 'ifiCombinedMargin': {
      const firm = rule.technology === 'firm';
      const margin = firm ? grid.ifiFirm : grid.ifiIntermittent;
      return (
        known(margin, `IFI combined margin (${rule.technology})`, grid) * UG_PER_WH_OF_G_PER_KWH
      );
    }
    case 'tool07CombinedMargin': {
      // TOOL07 v07.0, step 6: EF_CM = EF_OM x w_OM + EF_BM x w_BM.
      const operating = known(grid.operatingMargin, 'operating margin', grid);
      const build = known(grid.buildMargin, 'build margin', grid);
      const combined = add(
        multiply(operating, rule.operatingMarginWeight),
        multiply(build, rule.buildMarginWeight),
      );
      return toWholeDown(multiply(combined, toRatio(UG_PER_WH_OF_G_PER_KWH)));
    }
  }
}

function known<Value>(value: Value | undefined, what: string, { country }: GridFactors): Value {
  if (value !== undefined) return value;
  throw new TonneError('FACTOR_MISSING', { field: what, value: country });
}
