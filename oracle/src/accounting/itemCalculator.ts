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

/** One way in which items are written; those that differ in their figures only share it. */
interface Use {
  readonly part: string | undefined;
  readonly factor: FactorRef;
  readonly names: readonly string[];
  readonly units: readonly string[];
  readonly context: ItemContext;
  readonly plan: ItemPlan;
  readonly choice: FactorChoice;
  readonly compute: GasComputer;
  /** A sum with something taken away, or a factor below zero. */
  readonly mayBeNegative: boolean;
}

const MAX_KEPT = 20_000;
/** Ways to use one factor that are looked through; real books know a few. */
const MAX_OF_FACTOR = 32;

/** Plans and choices are the same for every item that is written the same way, so they are kept. */
export function createItemCalculator(index: FactorIndex, rules: AccountingRules): ItemCalculator {
  const byFactor = new Map<string, Use[]>();
  let size = 0;
  const keep = (key: string, use: Use): Use => {
    if (size === MAX_KEPT) {
      byFactor.clear();
      size = 0;
    }
    size += 1;
    const uses = byFactor.get(key) ?? [];
    if (uses.length === MAX_OF_FACTOR) uses.pop();
    byFactor.set(key, [use, ...uses]);
    return use;
  };
  return (input, context, note) => {
    const key = keyOf(input.factor);
    const use =
      findUse(byFactor.get(key), input, context) ??
      keep(key, prepare(input, context, index, rules));
    const values = readValues(use.plan, input);
    const gases = use.compute(values);
    if (use.mayBeNegative) assertNotNegative(gases, input);
    return { input, plan: use.plan, values, choice: use.choice, gases, note };
  };
}

/** What tells most factors from others. */
function keyOf(ref: FactorRef): string {
  switch (ref.kind) {
    case 'id':
      return ref.id;
    case 'search':
      return ref.activity;
    case 'gas':
      return ref.gas;
    case 'reported':
      return ref.source;
    case 'own':
      return JSON.stringify(ref.factor);
  }
}

/** Of two factors with one key. */
function isSameFactor(a: FactorRef, b: FactorRef): boolean {
  if (a.kind === 'search') return b.kind === 'search' && a.region === b.region;
  if (a.kind === 'reported') return b.kind === 'reported' && a.gwpSet === b.gwpSet;
  return a.kind === b.kind;
}

function findUse(
  uses: readonly Use[] | undefined,
  item: ItemInput,
  context: ItemContext,
): Use | undefined {
  if (uses === undefined) return undefined;
  for (const use of uses) {
    if (
      use.part === item.part &&
      isSameContext(use.context, context) &&
      isSameFactor(use.factor, item.factor) &&
      isWrittenAs(use, item)
    )
      return use;
  }
  return undefined;
}

function isSameContext(a: ItemContext, b: ItemContext): boolean {
  return (
    a.method === b.method && a.scope === b.scope && a.category === b.category && a.year === b.year
  );
}

/** Whether the same inputs are given, in the same units. */
function isWrittenAs({ names, units }: Use, { inputs }: ItemInput): boolean {
  let at = 0;
  for (const name in inputs) {
    if (names[at] !== name || units[at] !== inputs[name]?.unit) return false;
    at += 1;
  }
  return at === names.length;
}

function prepare(
  item: ItemInput,
  context: ItemContext,
  index: FactorIndex,
  rules: AccountingRules,
): Use {
  const { method, scope, category, year } = context;
  const plan = makePlan(getPart(method, item.part), item);
  const { dimension } = plan;
  const paidIn = plan.part.def.inputs['exchange'] && plan.inputs[0]?.unit.id;
  const enteredIn = writtenUnit(plan);
  const need = { method: method.def, scope, category, dimension, enteredIn, year, paidIn };
  const choice = chooseFactor(item.factor, need, index, rules);
  const { unit } = choice.factor;
  if (unit.dimension !== dimension) {
    throw unitMismatch({ id: enteredIn, dimension }, unit, paidIn);
  }
  const { part, factor, inputs } = item;
  const names = Object.keys(inputs);
  const units = Object.values(inputs).map((given) => given.unit);
  const compute = makeGasComputer(plan, choice.factor);
  const mayBeNegative =
    plan.terms.some(({ sign, forms }) => sign < 0n || forms.length > 0) ||
    choice.factor.gases.some(({ massNg, co2eNg }) => co2eNg.n < 0n || (massNg?.n ?? 0n) < 0n);
  return { part, factor, names, units, context, plan, choice, compute, mayBeNegative };
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
