import { TonneError } from '../errors/tonneError.ts';

const UG_PER_GRAM = 1_000_000n;

/** What a project carries from batch to batch: owed net import (Wh) and the rest below a gram (ug). */
export interface Carry {
  readonly deficitWh: bigint;
  readonly remainderUg: bigint;
}

export interface CreditingInput {
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  readonly deductedWh: bigint;
  /** Emission factor, micrograms CO2e per Wh: 1 tCO2e/MWh is 1,000,000. */
  readonly factorUgPerWh: bigint;
  readonly carry: Carry;
}

export interface Crediting {
  readonly creditableWh: bigint;
  readonly grams: bigint;
  readonly carry: Carry;
}

/**
 * The crediting formula, SPEC section 7: GCCM001 v4, ER = BE - PE - LE, BE = (export - import) x
 * combined margin, PE = LE = 0 for solar. Grams are rounded down and the rest is carried.
 *
 * @throws TonneError DEDUCTION_EXCEEDS_EXPORT
 */
export function creditBatchDown(input: CreditingInput): Crediting {
  const { exportedWh, importedWh, deductedWh, factorUgPerWh, carry } = input;
  if (deductedWh > exportedWh) {
    const value = String(deductedWh);
    const expected = `at most ${String(exportedWh)}`;
    throw new TonneError('DEDUCTION_EXCEEDS_EXPORT', { field: 'deductedWh', value, expected });
  }
  const netWh = exportedWh - importedWh - deductedWh - carry.deficitWh;
  const creditableWh = netWh > 0n ? netWh : 0n;
  const deficitWh = netWh < 0n ? -netWh : 0n;
  const micrograms = creditableWh * factorUgPerWh + carry.remainderUg;
  return {
    creditableWh,
    grams: micrograms / UG_PER_GRAM,
    carry: { deficitWh, remainderUg: micrograms % UG_PER_GRAM },
  };
}
