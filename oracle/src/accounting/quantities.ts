import { evaluate } from './compute/evaluate.ts';
import {
  add,
  divide,
  reduce,
  toDecimalUp,
  toExactText,
  toRational,
  ZERO,
} from './exact/rational.ts';
import type { InventoryLine } from './line.ts';
import { getUnit } from './units/unit.ts';

/**
 * What the items of lines measured together, in `unit`: kWh used, tonne-kilometres carried. Items that measure
 * something else are left out. Exact: a decimal, or a fraction in lowest terms.
 */
export function sumQuantities(lines: Iterable<InventoryLine>, unit: string): string {
  const { size, dimension } = getUnit(unit);
  let sum = ZERO;
  for (const { items } of lines) {
    for (const { plan, values } of items) {
      if (plan.dimension === dimension) sum = reduce(add(sum, evaluate(plan, values)));
    }
  }
  return toExactText(divide(sum, size));
}

const NG_IN_KG = 1_000_000_000_000n;

/**
 * Kilograms of CO2e per unit of a denominator, rounded up at `places` digits: GHG Protocol Scope 3 Guidance,
 * appendix C; Corporate Standard, chapter 9. Throws QUANTITY_INVALID for a denominator of zero.
 */
export function intensityUp(co2eNg: bigint, denominator: string, places: number): string {
  const kg = { n: co2eNg, d: NG_IN_KG };
  return toDecimalUp(divide(kg, toRational(denominator, 'denominator'), 'denominator'), places);
}
