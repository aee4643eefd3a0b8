import { TonneError } from '@truetonne/protocol';
import type { ActivityInput } from './activity.ts';
import { yearOf } from './calendar.ts';
import type { FactorIndex } from './factors/factorIndex.ts';
import { createItemCalculator, type ItemCalculator } from './itemCalculator.ts';
import type { Calculation } from './line.ts';
import { PURCHASED_ENERGY } from './methods/energy.ts';
import { getMethod, type Method, type Place } from './methods/index.ts';
import type { AccountingRules } from './rules.ts';
import { marketItems } from './scope2.ts';
import { toLines } from './toLines.ts';

/** Part of the engine's results: a change of any number that it computes changes this. */
export const ENGINE_VERSION = '3';

/** Computes activities under one organisation's rules. Pure: the same activity gives the same lines. */
export interface AccountingEngine {
  readonly rules: AccountingRules;
  /** Throws TonneError; an activity that can't be computed has no lines, never a guess. */
  readonly calculate: (activity: ActivityInput) => Calculation;
}

export function createEngine(index: FactorIndex, rules: AccountingRules): AccountingEngine {
  const calculateItem = createItemCalculator(index, rules);
  return { rules, calculate: (activity) => calculate(activity, calculateItem, rules) };
}

function calculate(
  activity: ActivityInput,
  calculateItem: ItemCalculator,
  rules: AccountingRules,
): Calculation {
  const method = getMethod(activity.method);
  const { scope, category } = placeOfActivity(activity, method);
  const context = { method, scope, category, year: yearOf(activity.date) };
  if (activity.items.length === 0) {
    throw new TonneError('INPUT_MISSING', {
      field: 'items',
      value: 'nothing',
      expected: 'an item',
    });
  }
  const items = activity.items.map((item) => calculateItem(item, context));
  const lines = toLines(activity, context, items, rules);
  if (method.def.id !== PURCHASED_ENERGY) {
    if (activity.market === undefined) return { activityId: activity.id, lines };
    throw new TonneError('INPUT_UNKNOWN', { field: 'market', value: method.def.id });
  }
  const market = { ...context, scope: '2-market' } as const;
  const byMarket = marketItems(activity, items, market, calculateItem);
  lines.push(...toLines(activity, market, byMarket, rules));
  return { activityId: activity.id, lines };
}

/** Scope and category, which the activity states where the method serves several. */
function placeOfActivity({ category }: ActivityInput, { places }: Method): Place {
  const place = places.get(category);
  if (place !== undefined) return place;
  throw new TonneError('CATEGORY_NEEDED', {
    field: 'category',
    value: category ?? 'nothing',
    expected: [...new Set([...places.values()].map((one) => one.category))].join(', '),
  });
}
