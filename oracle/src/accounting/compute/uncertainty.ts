import { TonneError } from '@truetonne/protocol';
import type { ItemInput } from '../activity.ts';
import type { Decimal } from '../exact/decimal.ts';
import {
  add,
  ceilDivide,
  divide,
  multiply,
  toRational,
  ZERO,
  type Rational,
} from '../exact/rational.ts';
import { sumByPlace, type GasAmount } from './gasAmounts.ts';
import { evaluateTerm, formValue, valueAt } from './evaluate.ts';
import type { ItemPlan } from './plan.ts';

const HUNDRED = 100n;

/**
 * Square of the half-width of an item's 95 % interval, in square nanograms, rounded up. First-order error
 * propagation: IPCC 2006 Guidelines, volume 1, section 3.2.3.1, equations 3.1 (products) and 3.2 (sums);
 * GHG Protocol, Measurement and Estimation Uncertainty of GHG Emissions (2003), section 4.
 * `undefined` unless every figure and the factor state theirs: an unknown uncertainty is not zero.
 */
export function itemVarianceUp(
  plan: ItemPlan,
  item: ItemInput,
  values: readonly Decimal[],
  factorPercent: string,
  gases: readonly GasAmount[],
): bigint | undefined {
  const percents: Rational[] = [];
  for (const { name } of plan.inputs) {
    const stated = item.inputs[name]?.uncertaintyPercent;
    if (stated === undefined) return undefined;
    percents.push(parsePercent(stated, `inputs.${name}.uncertaintyPercent`));
  }
  const { co2eNg } = sumByPlace(gases);
  const total = plan.terms.reduce((sum, term) => add(sum, evaluateTerm(term, plan, values)), ZERO);
  if (total.n === 0n) return 0n;
  let squares = square(parsePercent(factorPercent, 'factor.uncertaintyPercent'));
  percents.forEach((percent, at) => {
    const sensitivity = divide(sensitivityOf(plan, values, at), total);
    squares = add(squares, square(multiply(percent, sensitivity)));
  });
  return ceilDivide(squares.n * co2eNg * co2eNg, squares.d * HUNDRED * HUNDRED);
}

/** Throws QUANTITY_INVALID. */
export function parsePercent(text: string, field: string): Rational {
  const percent = toRational(text, field);
  if (percent.n >= 0n) return percent;
  throw new TonneError('QUANTITY_INVALID', {
    field,
    value: text,
    expected: 'zero or more percent',
  });
}

/** x times the derivative of the formula by x: how far the value moves when x moves by its whole. */
function sensitivityOf(plan: ItemPlan, values: readonly Decimal[], at: number): Rational {
  let sum = ZERO;
  for (const term of plan.terms) {
    const value = evaluateTerm(term, plan, values);
    for (const above of term.above) if (above === at) sum = add(sum, value);
    for (const below of term.below) if (below === at) sum = add(sum, { n: -value.n, d: value.d });
    for (const form of term.forms) {
      if (form.at === at) sum = add(sum, formSensitivity(plan, values, term, form));
    }
  }
  return sum;
}

/** Of (1 ± x) in a product P x (1 ± x): ± P x. */
function formSensitivity(
  plan: ItemPlan,
  values: readonly Decimal[],
  term: ItemPlan['terms'][number],
  form: ItemPlan['terms'][number]['forms'][number],
): Rational {
  const others = { ...term, forms: term.forms.filter((one) => one !== form) };
  const product = evaluateTerm(others, plan, values);
  const value = valueAt(values, form.at);
  const whole = formValue(plan.inputs[form.at], value, form.sign);
  return multiply(product, { n: whole.n - whole.d, d: whole.d });
}

function square(value: Rational): Rational {
  return multiply(value, value);
}
