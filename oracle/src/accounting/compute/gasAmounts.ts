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

/** A multiplier with its rounding: of an amount n of zero or more, (n x `n` + `up`) / `d` is rounded up. */
interface Multiplier {
  readonly n: bigint;
  readonly d: bigint;
  /** d - 1; 0 below zero, where division of bigints, which cuts towards zero, goes up by itself. */
  readonly up: bigint;
  readonly isWhole: boolean;
}

interface GasMultipliers {
  readonly gas: Gas;
  readonly place: GasPlace;
  readonly mass: Multiplier | undefined;
  /** `mass`: its mass is its CO2e, as that of CO2. */
  readonly co2e: Multiplier | 'mass';
}

/** Computes an item's gases. What does not change with the figures is multiplied out beforehand. */
export function makeGasComputer(plan: ItemPlan, factor: ResolvedFactor): GasComputer {
  const [term, ...others] = plan.terms;
  const isProduct = term !== undefined && others.length === 0 && term.forms.length === 0;
  return isProduct && term.sign === 1n ? productComputer(term, factor) : sumComputer(plan, factor);
}

function sumComputer(plan: ItemPlan, { gases, unit }: ResolvedFactor): GasComputer {
  return (values) => {
    const quantity = divide(evaluate(plan, values), unit.size);
    return gases.map(({ gas, place, massNg, co2eNg }) => ({
      ...{ gas, place },
      massNg: massNg === undefined ? undefined : productUp(quantity, massNg),
      co2eNg: productUp(quantity, co2eNg),
    }));
  };
}

function productUp(a: Rational, b: Rational): bigint {
  return ceilDivide(a.n * b.n, a.d * b.d);
}

/** One product of plain inputs, none below zero: a multiplication per gas, and a division where one is needed. */
function productComputer(term: PlanTerm, factor: ResolvedFactor): GasComputer {
  const byScale = new Map<number, readonly GasMultipliers[]>();
  return (values) => {
    let scale = 0;
    let n: bigint | undefined;
    let d: bigint | undefined;
    for (const at of term.above) {
      const value = valueAt(values, at);
      n = n === undefined ? value.mantissa : n * value.mantissa;
      scale += value.scale;
    }
    for (const at of term.below) {
      const value = valueAt(values, at);
      d = d === undefined ? value.mantissa : d * value.mantissa;
      scale -= value.scale;
    }
    if (d === 0n) throw new RangeError('a division by zero that should have been refused');
    let multipliers = byScale.get(scale);
    if (multipliers === undefined) {
      multipliers = multipliersAt(term, factor, scale);
      byScale.set(scale, multipliers);
    }
    return amountsOf(n ?? 1n, d, multipliers);
  };
}

function multipliersAt(
  term: PlanTerm,
  { gases, unit }: ResolvedFactor,
  scale: number,
): readonly GasMultipliers[] {
  const power = powerOfTen(Math.abs(scale));
  const shift: Rational = scale >= 0 ? { n: 1n, d: power } : { n: power, d: 1n };
  const perUnit = divide(multiply(term.coefficient, shift), unit.size);
  return gases.map(({ gas, place, massNg, co2eNg }) => {
    const isSame = massNg !== undefined && compare(massNg, co2eNg) === 0;
    return {
      ...{ gas, place },
      mass: massNg === undefined ? undefined : toMultiplier(multiply(massNg, perUnit)),
      co2e: isSame ? 'mass' : toMultiplier(multiply(co2eNg, perUnit)),
    };
  });
}

function toMultiplier(value: Rational): Multiplier {
  const { n, d } = reduce(value);
  return { n, d, up: n < 0n ? 0n : d - 1n, isWhole: d === 1n };
}

function amountsOf(
  n: bigint,
  d: bigint | undefined,
  multipliers: readonly GasMultipliers[],
): readonly GasAmount[] {
  return multipliers.map(({ gas, place, mass, co2e }) => {
    const massNg = mass && timesUp(n, d, mass);
    const co2eNg = co2e === 'mass' ? (massNg ?? 0n) : timesUp(n, d, co2e);
    return { gas, place, massNg, co2eNg };
  });
}

function timesUp(n: bigint, d: bigint | undefined, by: Multiplier): bigint {
  if (d !== undefined) return ceilDivide(n * by.n, by.d * d);
  return by.isWhole ? n * by.n : (n * by.n + by.up) / by.d;
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

/** Nanograms of gases by where they stand: CO2e in the scope and of other gases, mass of biogenic CO2. */
export function sumByPlace(gases: readonly Omit<GasAmount, 'gas'>[]) {
  let co2eNg: bigint | undefined;
  let biogenicCo2Ng = 0n;
  let otherGasesCo2eNg = 0n;
  for (const { place, massNg, co2eNg: amount } of gases) {
    if (place === 'scope') co2eNg = co2eNg === undefined ? amount : co2eNg + amount;
    else if (place === 'biogenic') biogenicCo2Ng += massNg ?? 0n;
    else otherGasesCo2eNg += amount;
  }
  return { co2eNg: co2eNg ?? 0n, biogenicCo2Ng, otherGasesCo2eNg };
}
