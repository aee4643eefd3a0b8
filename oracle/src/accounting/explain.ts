import type { CitedUncertainty } from './activity.ts';
import { reduce, divide, toExactText } from './exact/rational.ts';
import { evaluate } from './compute/evaluate.ts';
import type { GasAmount } from './compute/gasAmounts.ts';
import { integerToDecimal } from './exact/rational.ts';
import type { FactorRule } from './factors/choose.ts';
import { uncertaintyOf } from './factors/resolved.ts';
import type { InventoryLine, ItemResult, LineNote } from './line.ts';
import { getMethod } from './methods/index.ts';

/** A result opened: enough to compute it again with pencil and paper. */
export interface ItemExplanation {
  readonly label: string | undefined;
  readonly formula: string;
  readonly cites: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly unit: string;
    readonly uncertaintyPercent: string | undefined;
    readonly source: string | undefined;
    readonly date: string | undefined;
  }[];
  /** Value of the formula in the unit of the factor, exact: a decimal, or a fraction in lowest terms. */
  readonly quantity: string;
  readonly factor: {
    readonly id: string;
    readonly name: string;
    readonly source: string;
    readonly published: string;
    readonly region: string | undefined;
    readonly year: number | undefined;
    readonly unit: string;
    readonly gwpSet: string;
    /** Half of the 95 % interval in percent, and where it is from; absent where none is stated. */
    readonly uncertainty: CitedUncertainty | undefined;
    /** Kilograms per unit, exact. */
    readonly gases: readonly {
      readonly gas: string;
      readonly kg: string | undefined;
      readonly kgCo2e: string;
    }[];
  };
  readonly rule: FactorRule;
  readonly missed: readonly string[];
  readonly carriedYears: number;
  readonly gases: readonly ExplainedGas[];
  readonly rounding: string;
  readonly note: LineNote | undefined;
}

export interface ExplainedGas {
  readonly gas: string;
  readonly place: string;
  readonly kg: string | undefined;
  readonly kgCo2e: string;
}

const NG_DIGITS = 12;
const ROUNDING =
  'each item’s mass and CO2e of each gas is rounded up to a whole nanogram, once; everything above is a sum of whole nanograms';

/** Kilograms of whole nanograms, exact. */
export function ngToKg(ng: bigint): string {
  return integerToDecimal(ng, NG_DIGITS);
}

/** Opens a line to inputs, formula, factor, rule and rounding. */
export function explainLine(line: InventoryLine): readonly ItemExplanation[] {
  const { cites } = getMethod(line.method).def;
  return line.items.map((item) => explainItem(item, cites));
}

function explainItem(item: ItemResult, cites: string): ItemExplanation {
  const { input, plan, values, choice, gases } = item;
  const { factor } = choice;
  const perNg = { n: 1n, d: 1_000_000_000_000n };
  const toKg = (ng: { n: bigint; d: bigint }): string =>
    toExactText({ n: ng.n * perNg.n, d: ng.d * perNg.d });
  return {
    label: input.label,
    formula: plan.part.def.formula,
    cites,
    inputs: plan.inputs.map(({ name, def }) => ({
      name,
      label: def.label,
      value: input.inputs[name]?.value ?? '',
      unit: input.inputs[name]?.unit ?? '',
      uncertaintyPercent: input.inputs[name]?.uncertaintyPercent,
      source: input.inputs[name]?.source,
      date: input.inputs[name]?.date,
    })),
    quantity: toExactText(reduce(divide(evaluate(plan, values), factor.unit.size))),
    factor: {
      id: factor.id,
      name: factor.name,
      source: factor.source,
      published: factor.published,
      region: factor.region,
      year: factor.year,
      unit: factor.unit.id,
      gwpSet: factor.gwpSet,
      uncertainty: uncertaintyOf(input.factor, factor),
      gases: factor.gases.map(({ gas, massNg, co2eNg }) => ({
        gas,
        kg: massNg === undefined ? undefined : toKg(massNg),
        kgCo2e: toKg(co2eNg),
      })),
    },
    rule: choice.rule,
    missed: choice.missed,
    carriedYears: choice.carriedYears,
    gases: gases.map(explainGas),
    rounding: ROUNDING,
    note: item.note,
  };
}

function explainGas({ gas, place, massNg, co2eNg }: GasAmount): ExplainedGas {
  return {
    gas,
    place,
    kg: massNg === undefined ? undefined : ngToKg(massNg),
    kgCo2e: ngToKg(co2eNg),
  };
}
