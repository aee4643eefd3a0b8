import { TonneError } from '@truetonne/protocol';
import type { InstrumentInput, QuantityInput } from './activity.ts';
import { parsePercent } from './compute/uncertainty.ts';
import {
  add,
  ceilDivide,
  compare,
  divide,
  integerToDecimal,
  multiply,
  squareRootUp,
  subtract,
  toDecimalUp,
  toExactText,
  toRational,
  ZERO,
  type Rational,
} from './exact/rational.ts';
import { conversionFactor, getUnit } from './units/unit.ts';

/** Digits kept where energy left over is no finite decimal of the entered unit; rounded up. */
const PLACES = 12;
const PERCENT_PLACES = 6;

/**
 * Energy that no instrument covers, in the unit of what was used; `undefined`: they cover all of it.
 *
 * @throws TonneError INSTRUMENT_UNFIT when they cover more, QUANTITY_INVALID, UNIT_MISMATCH
 */
export function uncovered(
  used: QuantityInput,
  instruments: readonly InstrumentInput[],
): QuantityInput | undefined {
  const amounts = instruments.map(({ energy }) => valueIn(used.unit, energy));
  const covered = amounts.reduce(add, ZERO);
  const left = subtract(toRational(used.value), covered);
  if (compare(left, ZERO) < 0) {
    throw new TonneError('INSTRUMENT_UNFIT', {
      field: 'energy',
      value: `${toExactText(covered)} ${used.unit}`,
      expected: `at most the ${used.value} ${used.unit} used`,
    });
  }
  if (left.n === 0n && instruments.length > 0) return undefined;
  const exact = toExactText(left);
  const value = exact.includes('/') ? toDecimalUp(left, PLACES) : exact;
  if (used.uncertaintyPercent === undefined) return { ...used, value };
  return { ...used, value, uncertaintyPercent: percentOf(left, used, instruments) };
}

function valueIn(unit: string, energy: QuantityInput): Rational {
  const size = conversionFactor(getUnit(energy.unit), getUnit(unit));
  return multiply(toRational(energy.value, 'instrument.energy'), size);
}

/**
 * Uncertainty of a difference, percent rounded up: IPCC 2006 Guidelines, volume 1, section 3.2.3.1,
 * equation 3.2. An instrument is for the amount that it names, so it is exact unless it states otherwise.
 */
function percentOf(
  left: Rational,
  used: QuantityInput,
  instruments: readonly InstrumentInput[],
): string {
  if (left.n === 0n) return '0';
  const squares = [used, ...instruments.map(({ energy }) => energy)].map((energy) => {
    const percent = parsePercent(energy.uncertaintyPercent ?? '0', 'energy.uncertaintyPercent');
    const halfWidth = multiply(percent, valueIn(used.unit, energy));
    return multiply(halfWidth, halfWidth);
  });
  const { n, d } = divide(squares.reduce(add, ZERO), multiply(left, left));
  const scale = 10n ** BigInt(PERCENT_PLACES);
  return integerToDecimal(squareRootUp(ceilDivide(n * scale * scale, d)), PERCENT_PLACES);
}
