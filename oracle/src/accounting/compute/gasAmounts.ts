import { powerOfTen, type Decimal } from '../exact/decimal.ts';
import { ceilDivide, compare, divide, multiply, reduce, type Rational } from '../exact/rational.ts';
import type { ResolvedFactor } from '../factors/resolved.ts';
import type { Gas, GasPlace } from '../gases/gas.ts';
import { evaluate, valueAt } from './evaluate.ts';
import type { ItemPlan, PlanTerm } from './plan.ts';

/** A gas of an item or line, in whole nanograms, rounded up once per item and gas. */
export interface GasAmount {
  readonly gas: Gas;
  readonly place: GasPlace;
  /** Absent where the source publishes only CO2e. */
  readonly massNg: bigint | undefined;
  readonly co2eNg: bigint;
}

/** Rounded up: an inventory may say too much by a nanogram a line, never too little. */
export type GasComputer = (values: readonly Decimal[]) => readonly GasAmount[];

interface Multipliers {
  readonly mass: Rational | undefined;
  readonly co2e: Rational;
  /** The gas is CO2: its mass is its CO2e. */
  readonly isSame: boolean;
}

/** Computes an item's gases. What does not change with the figures is multiplied out beforehand. */
export function makeGasComputer(plan: ItemPlan, factor: ResolvedFactor): GasComputer {
  const [term, ...others] = plan.terms;
  const isProduct = term !== undefined && others.length === 0 && term.forms.length === 0;
  return isProduct && term.sign === 1n ? productComputer(term, factor) : sumComputer(plan, factor);
}

function sumComputer(plan: ItemPlan, factor: ResolvedFactor): GasComputer {
  const multipliers = multipliersOf(factor);
  return (values) => amountsOf(evaluate(plan, values), multipliers, factor);
}

/** One product of plain inputs: an integer product, one multiplication per gas, a division where needed. */
function productComputer(term: PlanTerm, factor: ResolvedFactor): GasComputer {
  const byScale = new Map<number, readonly Multipliers[]>();
  return (values) => {
    let scale = 0;
    let n = 1n;
    let d = 1n;
    for (const at of term.above) {
      const value = valueAt(values, at);
      n *= value.mantissa;
      scale += value.scale;
    }
    for (const at of term.below) {
      const value = valueAt(values, at);
      d *= value.mantissa;
      scale -= value.scale;
    }
    if (d === 0n) throw new RangeError('a division by zero that should have been refused');
    let multipliers = byScale.get(scale);
    if (multipliers === undefined) {
      multipliers = multipliersAt(term, factor, scale);
      byScale.set(scale, multipliers);
    }
    return amountsOf({ n, d }, multipliers, factor);
  };
}

function multipliersAt(
  term: PlanTerm,
  factor: ResolvedFactor,
  scale: number,
): readonly Multipliers[] {
  const power = powerOfTen(Math.abs(scale));
  const shift: Rational = scale >= 0 ? { n: 1n, d: power } : { n: power, d: 1n };
  const coefficient = multiply(term.coefficient, shift);
  const times = (value: Rational): Rational => reduce(multiply(value, coefficient));
  return multipliersOf(factor).map(({ mass, co2e, isSame }) => ({
    mass: mass === undefined ? undefined : times(mass),
    co2e: times(co2e),
    isSame,
  }));
}

/** Nanograms per base unit of the factor's dimension. */
function multipliersOf({ gases, unit }: ResolvedFactor): readonly Multipliers[] {
  const per = (value: Rational): Rational => reduce(divide(value, unit.size));
  return gases.map(({ massNg, co2eNg }) => ({
    mass: massNg === undefined ? undefined : per(massNg),
    co2e: per(co2eNg),
    isSame: massNg !== undefined && compare(massNg, co2eNg) === 0,
  }));
}

function amountsOf(
  { n, d }: Rational,
  multipliers: readonly Multipliers[],
  { gases }: ResolvedFactor,
): readonly GasAmount[] {
  const amounts: GasAmount[] = [];
  for (let index = 0; index < gases.length; index++) {
    const gas = gases[index];
    const by = multipliers[index];
    if (gas === undefined || by === undefined) continue;
    const massNg = by.mass === undefined ? undefined : timesUp(n, d, by.mass);
    const co2eNg = massNg !== undefined && by.isSame ? massNg : timesUp(n, d, by.co2e);
    amounts.push({ gas: gas.gas, place: gas.place, massNg, co2eNg });
  }
  return amounts;
}

function timesUp(n: bigint, d: bigint, by: Rational): bigint {
  const divisor = d === 1n ? by.d : by.d * d;
  return divisor === 1n ? n * by.n : ceilDivide(n * by.n, divisor);
}

/** Gases of several items as one list: whole nanograms added, by gas, in order of first appearance. */
export function addAmounts(lists: readonly (readonly GasAmount[])[]): readonly GasAmount[] {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only;
  const sums = new Map<Gas, GasAmount>();
  for (const list of lists) {
    for (const amount of list) {
      const sum = sums.get(amount.gas);
      sums.set(amount.gas, sum === undefined ? amount : addAmount(sum, amount));
    }
  }
  return [...sums.values()];
}

/** The mass of a sum is known only when both masses are. */
function addAmount(a: GasAmount, b: GasAmount): GasAmount {
  return {
    gas: a.gas,
    place: a.place,
    massNg: a.massNg === undefined || b.massNg === undefined ? undefined : a.massNg + b.massNg,
    co2eNg: a.co2eNg + b.co2eNg,
  };
}
