import { TonneError } from '@truetonne/protocol';
import type { FactorRef, ItemInput } from './activity.ts';
import { readValues } from './compute/evaluate.ts';
import { makeGasComputer, type GasAmount, type GasComputer } from './compute/gasAmounts.ts';
import { makePlan, type ItemPlan } from './compute/plan.ts';
import { chooseFactor, type FactorChoice } from './factors/choose.ts';
import type { Scope } from './factors/factor.ts';
import type { FactorIndex } from './factors/factorIndex.ts';
import type { ItemResult, LineNote } from './line.ts';
import { getPart, type Method } from './methods/index.ts';
import type { AccountingRules } from './rules.ts';
import { unitMismatch } from './units/unit.ts';

/** Everything an item's computation needs to know of its activity. */
export interface ItemContext {
  readonly method: Method;
  readonly scope: Scope;
  readonly category: string;
  readonly year: number;
}

export type ItemCalculator = (item: ItemInput, context: ItemContext, note?: LineNote) => ItemResult;

interface Prepared {
  readonly plan: ItemPlan;
  readonly choice: FactorChoice;
  readonly compute: GasComputer;
}

/** Plans and choices are the same for every item that is written the same way, so they are kept. */
export function createItemCalculator(index: FactorIndex, rules: AccountingRules): ItemCalculator {
  const kept = new Map<string, Prepared>();
  return (input, context, note) => {
    const key = keyOf(input, context);
    let prepared = kept.get(key);
    if (prepared === undefined) {
      prepared = prepare(input, context, index, rules);
      if (kept.size < MAX_KEPT) kept.set(key, prepared);
    }
    const { plan, choice, compute } = prepared;
    const values = readValues(plan, input);
    const gases = compute(values);
    assertNotNegative(gases, input);
    const result = { input, plan, values, choice, gases };
    return note === undefined ? result : { ...result, note };
  };
}

const MAX_KEPT = 20_000;

function prepare(
  item: ItemInput,
  { method, scope, category, year }: ItemContext,
  index: FactorIndex,
  rules: AccountingRules,
): Prepared {
  const plan = makePlan(getPart(method, item.part), item);
  const { dimension } = plan;
  const need = { method: method.def, scope, category, dimension, year };
  const choice = chooseFactor(item.factor, need, index, rules);
  const { unit } = choice.factor;
  if (unit.dimension !== dimension) throw unitMismatch({ id: writtenUnit(plan), dimension }, unit);
  return { plan, choice, compute: makeGasComputer(plan, choice.factor) };
}

/** The unit of a plan as it was entered, for the reader of an error. */
function writtenUnit({ inputs }: ItemPlan): string {
  const units = inputs.filter(({ def }) => def.kind === 'quantity').map(({ unit }) => unit.id);
  return units.length === 0 ? '1' : units.join(', ');
}

/** A balance of gas that comes out below zero has a wrong figure in it. */
function assertNotNegative(gases: readonly GasAmount[], { label, part }: ItemInput): void {
  for (const { gas, co2eNg, massNg } of gases) {
    if (co2eNg >= 0n && (massNg === undefined || massNg >= 0n)) continue;
    throw new TonneError('EMISSION_NEGATIVE', {
      field: label ?? part ?? 'item',
      value: `${gas} ${(massNg ?? co2eNg).toString()} ng`,
      expected: 'zero or more',
    });
  }
}

/** All that plan and choice depend on; two items with one key differ in their figures only. */
function keyOf(item: ItemInput, { method, scope, category, year }: ItemContext): string {
  let key = `${method.def.id}|${item.part ?? ''}|${scope}|${category}|${year}|${factorKey(item.factor)}`;
  for (const name in item.inputs) key += `|${name} ${item.inputs[name]?.unit ?? ''}`;
  return key;
}

function factorKey(ref: FactorRef): string {
  switch (ref.kind) {
    case 'id':
      return `id ${ref.id}`;
    case 'search':
      return `search ${ref.activity}|${ref.region}`;
    case 'gas':
      return `gas ${ref.gas}`;
    case 'reported':
      return `reported ${ref.gwpSet}|${ref.source}`;
    case 'own':
      return `own ${JSON.stringify(ref.factor)}`;
  }
}
