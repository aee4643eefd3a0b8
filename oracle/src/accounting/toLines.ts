import type { ActivityInput } from './activity.ts';
import { addAmounts, sumByPlace } from './compute/gasAmounts.ts';
import { itemVarianceUp } from './compute/uncertainty.ts';
import { uncertaintyOf } from './factors/resolved.ts';
import type { ItemContext } from './itemCalculator.ts';
import type { InventoryLine, ItemResult, LineNote } from './line.ts';
import type { AccountingRules } from './rules.ts';

/** One line, or one per set of potentials where a factor stands apart. */
export function toLines(
  activity: ActivityInput,
  context: ItemContext,
  items: readonly ItemResult[],
  rules: AccountingRules,
): InventoryLine[] {
  const first = items[0]?.choice.factor.gwpSet;
  if (first !== undefined && items.every(({ choice }) => choice.factor.gwpSet === first)) {
    return [toLine(activity, context, items, first === rules.gwpSet ? [] : ['gwp-set-apart'])];
  }
  const sets = new Set(items.map(({ choice }) => choice.factor.gwpSet));
  return [...sets].map((gwpSet) => {
    const own = items.filter((one) => one.choice.factor.gwpSet === gwpSet);
    return toLine(activity, context, own, gwpSet === rules.gwpSet ? [] : ['gwp-set-apart']);
  });
}

function toLine(
  activity: ActivityInput,
  { scope, category }: ItemContext,
  items: readonly ItemResult[],
  notes: LineNote[],
): InventoryLine {
  const first = items[0];
  if (first === undefined) throw new RangeError('a line without items');
  const gases = items.length === 1 ? first.gases : addAmounts(items.map((item) => item.gases));
  const { co2eNg, biogenicCo2Ng, otherGasesCo2eNg } = sumByPlace(gases);
  for (const { choice, note } of items) {
    if (choice.carriedYears > 0) notes.push('factor-carried-forward');
    if (note !== undefined) notes.push(note);
  }
  return {
    activityId: activity.id,
    method: activity.method,
    scope,
    category,
    date: activity.date,
    site: activity.site,
    supplier: activity.supplier,
    gwpSet: first.choice.factor.gwpSet,
    gases,
    co2eNg,
    biogenicCo2Ng,
    otherGasesCo2eNg,
    varianceNg2: varianceOf(items),
    items,
    notes: notes.length > 1 ? [...new Set(notes)] : notes,
  };
}

/** Items are taken as independent: IPCC 2006 Guidelines, volume 1, equation 3.2. */
function varianceOf(items: readonly ItemResult[]): bigint | undefined {
  let sum = 0n;
  for (const { plan, input, values, choice, gases } of items) {
    const factor = uncertaintyOf(input.factor, choice.factor);
    if (factor === undefined) return undefined;
    const variance = itemVarianceUp(plan, input, values, factor.percent, gases);
    if (variance === undefined) return undefined;
    sum += variance;
  }
  return sum;
}
