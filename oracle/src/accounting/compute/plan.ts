import { TonneError } from '@truetonne/protocol';
import type { ItemInput, QuantityInput } from '../activity.ts';
import { multiply, divide, fromInteger, ONE, reduce, type Rational } from '../exact/rational.ts';
import type { Formula, FormulaPart } from '../methods/formula.ts';
import type { CompiledPart } from '../methods/index.ts';
import type { InputDef } from '../methods/method.ts';
import {
  getUnit,
  productDimension,
  unitMismatch,
  type Dimension,
  type Unit,
} from '../units/unit.ts';

/** A product of the plan: `coefficient` holds the sizes of the units of its plain inputs. */
export interface PlanTerm {
  readonly sign: 1n | -1n;
  readonly coefficient: Rational;
  /** Positions in `PlanInput`s of what stands above and below the line. */
  readonly above: readonly number[];
  readonly below: readonly number[];
  /** Inputs that stand as (1 - x) or (1 + x). */
  readonly forms: readonly { readonly at: number; readonly sign: 1n | -1n }[];
}

export interface PlanInput {
  readonly name: string;
  /** Where it stands in an item, for the reader of an error. */
  readonly field: string;
  readonly def: InputDef;
  readonly unit: Unit;
}

/** A part of a method for given units: made once, used for every item that is written the same way. */
export interface ItemPlan {
  readonly part: CompiledPart;
  readonly inputs: readonly PlanInput[];
  readonly terms: readonly PlanTerm[];
  /** Of the formula's value, which is in base units. */
  readonly dimension: Dimension;
}

/** Throws INPUT_MISSING, INPUT_UNKNOWN, UNIT_UNKNOWN, UNIT_MISMATCH. */
export function makePlan(part: CompiledPart, item: ItemInput): ItemPlan {
  assertNames(part, item);
  const inputs = [...part.names].flatMap((name) => {
    const def = part.def.inputs[name];
    const given = item.inputs[name];
    if (def === undefined) throw new RangeError(`a formula names ${name}, its inputs do not`);
    return given === undefined ? [] : [toPlanInput(name, def, given)];
  });
  const terms = part.formula.map((term) => toPlanTerm(term, inputs));
  const [dimension, ...others] = part.formula.map((term) => dimensionOf(term, inputs));
  const other = others.find((one) => one !== dimension);
  if (other !== undefined) {
    throw unitMismatch({ id: 'one figure', dimension: other }, unitOf(dimension ?? ''));
  }
  return { part, inputs, terms, dimension: dimension ?? '' };
}

function unitOf(dimension: Dimension): Unit {
  return { id: dimension, size: ONE, dimension };
}

function assertNames({ def }: CompiledPart, item: ItemInput): void {
  for (const name of Object.keys(item.inputs)) {
    if (Object.hasOwn(def.inputs, name)) continue;
    throw new TonneError('INPUT_UNKNOWN', {
      field: `inputs.${name.slice(0, 40)}`,
      value: item.inputs[name]?.value.slice(0, 40) ?? 'nothing',
      expected: Object.keys(def.inputs).join(', '),
    });
  }
  for (const [name, { label, optional }] of Object.entries(def.inputs)) {
    if (optional === true || item.inputs[name] !== undefined) continue;
    throw new TonneError('INPUT_MISSING', {
      field: `inputs.${name}`,
      value: 'nothing',
      expected: label,
    });
  }
}

function toPlanInput(name: string, def: InputDef, given: QuantityInput): PlanInput {
  const unit = getUnit(given.unit);
  const wanted = def.kind === 'quantity' ? def.dimension : '';
  if (wanted !== undefined && unit.dimension !== wanted) {
    throw new TonneError('UNIT_MISMATCH', {
      field: `inputs.${name}.unit`,
      value: given.unit,
      expected: wanted === '' ? `a number (unit 1 or %): ${def.label}` : `${wanted}: ${def.label}`,
    });
  }
  return { name, field: `inputs.${name}`, def, unit };
}

function toPlanTerm({ sign, parts }: Formula[number], inputs: readonly PlanInput[]): PlanTerm {
  const positions = parts.map((part) => inputs.findIndex(({ name }) => name === part.input));
  const at = (form: FormulaPart['form'], power: 1 | -1): number[] =>
    positions.filter(
      (position, index) =>
        position >= 0 && parts[index]?.form === form && parts[index].power === power,
    );
  let coefficient = ONE;
  parts.forEach(({ constant, power, form }, index) => {
    const size =
      constant === undefined ? inputs[positions[index] ?? -1]?.unit.size : fromInteger(constant);
    if (size === undefined || form !== 'plain') return;
    coefficient = power === 1 ? multiply(coefficient, size) : divide(coefficient, size);
  });
  const forms = parts.flatMap(({ form }, index) => {
    const position = positions[index] ?? -1;
    if (form === 'plain' || position < 0) return [];
    return [{ at: position, sign: form === 'rest' ? (-1n as const) : (1n as const) }];
  });
  return {
    sign,
    coefficient: reduce(coefficient),
    above: at('plain', 1),
    below: at('plain', -1),
    forms,
  };
}

function dimensionOf({ parts }: Formula[number], inputs: readonly PlanInput[]): Dimension {
  return productDimension(
    parts.flatMap(({ input, power, form }) => {
      const found = inputs.find(({ name }) => name === input);
      return found === undefined || form !== 'plain' ? [] : [{ unit: found.unit, power }];
    }),
  );
}
