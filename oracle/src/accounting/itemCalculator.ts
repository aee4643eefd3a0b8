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
import { Trie } from './trie.ts';
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
  let kept = new Trie<Prepared>();
  let size = 0;
  return (input, context, note) => {
    const place = placeIn(kept, input, context);
    if (place.value === undefined) {
      // Counted before it is known to be good: what is refused takes a place as well.
      size += 1;
      if (size > MAX_KEPT) [kept, size] = [new Trie<Prepared>(), 0];
      place.value = prepare(input, context, index, rules);
    }
    const { plan, choice, compute } = place.value;
    const values = readValues(plan, input);
    const gases = compute(values);
    assertNotNegative(gases, input);
    return { input, plan, values, choice, gases, note };
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
  const paidIn = plan.part.def.inputs['exchange'] && plan.inputs[0]?.unit.id;
  const need = { method: method.def, scope, category, dimension, year, paidIn };
  const choice = chooseFactor(item.factor, need, index, rules);
  const { unit } = choice.factor;
  if (unit.dimension !== dimension) {
    throw unitMismatch({ id: writtenUnit(plan), dimension }, unit, paidIn);
  }
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

/** By all that plan and choice depend on; two items in one place differ in their figures only. */
function placeIn(
  kept: Trie<Prepared>,
  { part, factor, inputs }: ItemInput,
  { method, scope, category, year }: ItemContext,
): Trie<Prepared> {
  const context = kept.child(method).child(scope).child(category).child(year);
  let place = placeOfFactor(context.child(part), factor);
  for (const name in inputs) place = place.child(name).child(inputs[name]?.unit);
  return place;
}

/** No text that somebody enters is one of these. */
const SEARCHED = Symbol('search');
const RELEASED = Symbol('gas');
const REPORTED = Symbol('reported');
const OWN = Symbol('own');

function placeOfFactor(place: Trie<Prepared>, ref: FactorRef): Trie<Prepared> {
  switch (ref.kind) {
    case 'id':
      return place.child(ref.id);
    case 'search':
      return place.child(SEARCHED).child(ref.activity).child(ref.region);
    case 'gas':
      return place.child(RELEASED).child(ref.gas);
    case 'reported':
      return place.child(REPORTED).child(ref.gwpSet).child(ref.source);
    case 'own':
      return place.child(OWN).child(JSON.stringify(ref.factor));
  }
}
