import { TonneError } from '@truetonne/protocol';
import type { ItemInput } from '../activity.ts';
import { parseDecimal, powerOfTen, type Decimal } from '../exact/decimal.ts';
import { add, multiply, ZERO, type Rational } from '../exact/rational.ts';
import type { ItemPlan, PlanInput, PlanTerm } from './plan.ts';

/** The figures of an item in the order of the plan's inputs. Throws QUANTITY_INVALID. */
export function readValues(plan: ItemPlan, item: ItemInput): readonly Decimal[] {
  return plan.inputs.map((input) => {
    const text = item.inputs[input.name]?.value ?? '';
    const value = parseDecimal(text, input.field);
    assertRange(input, value, text);
    return value;
  });
}

function assertRange(
  { field, def, unit }: PlanInput,
  { mantissa, scale }: Decimal,
  text: string,
): void {
  const isShare = def.kind === 'share';
  const isAboveOne = isShare && mantissa * unit.size.n > powerOfTen(scale) * unit.size.d;
  // A sign is refused even before a zero: whoever writes one means something else.
  const isSigned = mantissa < 0n || (mantissa === 0n && text.startsWith('-'));
  if (!isSigned && !isAboveOne) return;
  throw new TonneError('QUANTITY_INVALID', {
    field,
    value: `${text} ${unit.id}`,
    expected: isShare ? 'a share from 0 to 1, or a percentage' : 'zero or more',
  });
}

/** Value of the formula in base units, exactly. Throws QUANTITY_INVALID for a division by zero. */
export function evaluate(plan: ItemPlan, values: readonly Decimal[]): Rational {
  const [first, ...others] = plan.terms;
  if (first === undefined) return ZERO;
  let sum = evaluateTerm(first, plan, values);
  for (const term of others) sum = add(sum, evaluateTerm(term, plan, values));
  return sum;
}

/** Value of one product with its sign. */
export function evaluateTerm(term: PlanTerm, plan: ItemPlan, values: readonly Decimal[]): Rational {
  let { n, d } = term.coefficient;
  let scale = 0;
  for (const at of term.above) {
    const value = valueAt(values, at);
    n *= value.mantissa;
    scale += value.scale;
  }
  for (const at of term.below) {
    const value = valueAt(values, at);
    if (value.mantissa === 0n) throw divisionByZero(plan.inputs[at]);
    d *= value.mantissa;
    scale -= value.scale;
  }
  if (scale > 0) d *= powerOfTen(scale);
  else if (scale < 0) n *= powerOfTen(-scale);
  let product: Rational = { n: n * term.sign, d };
  for (const { at, sign } of term.forms) {
    product = multiply(product, formValue(plan.inputs[at], valueAt(values, at), sign));
  }
  return product;
}

/** 1 - x or 1 + x. */
export function formValue(
  input: PlanInput | undefined,
  { mantissa, scale }: Decimal,
  sign: bigint,
): Rational {
  const size = input?.unit.size ?? ZERO;
  const d = powerOfTen(scale) * size.d;
  return { n: d + sign * mantissa * size.n, d };
}

export function valueAt(values: readonly Decimal[], at: number): Decimal {
  const value = values[at];
  if (value === undefined) throw new RangeError(`no value at ${String(at)}`);
  return value;
}

function divisionByZero(input: PlanInput | undefined): TonneError {
  return new TonneError('QUANTITY_INVALID', {
    field: `inputs.${input?.name ?? 'divisor'}`,
    value: '0',
    expected: 'more than zero, as it divides',
  });
}
