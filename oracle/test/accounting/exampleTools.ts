/** How a worked example becomes activities of the engine. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  createEngine,
  ngToKg,
  toInventory,
  type AccountingRules,
  type ActivityInput,
  type FactorRef,
  type InventoryLine,
  type ItemInput,
} from '../../src/accounting/index.ts';
import { loadFactorIndex } from '../../src/inventory/factorSets/load.ts';

export const DATA = join(import.meta.dirname, '../../../data');

/** Inputs or factors of a row; each answer knows what its own are. */
export type Figures = Readonly<Record<string, unknown>>;

/** What the engine answers: decimal texts in the unit of the row. */
export type Answer = (inputs: Figures, factors: Figures) => string | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

export const RULES: AccountingRules = {
  gwpSet: 'AR5',
  otherGwpSet: 'refuse',
  factorSets: [],
  widenRegion: false,
  carryForwardYears: 0,
};

export const index = await loadFactorIndex(DATA);
const engine = createEngine(index, RULES);

/** Figures of a row, as they are printed. */
export const list = (figures: unknown): string[] => (figures as number[]).map(String);
export const one = (figure: unknown): string => String(figure);
export const at = (values: readonly string[], position: number): string =>
  values[position] ?? assert.fail('a figure is missing');

export const own = (value: string, unit: string, massUnit = 'kg'): FactorRef => ({
  kind: 'own',
  factor: {
    name: 'example',
    source: 'worked example',
    unit,
    gases: [{ gas: 'CO2e', value, massUnit }],
    gwpSet: 'AR5',
  },
});
export const REPORTED: FactorRef = { kind: 'reported', gwpSet: 'AR5', source: 'worked example' };

export type Inputs = Record<string, readonly [value: string, unit: string]>;

export const item = (inputs: Inputs, factor: FactorRef, part?: string): ItemInput => ({
  inputs: Object.fromEntries(
    Object.entries(inputs).map(([name, [value, unit]]) => [name, { value, unit }]),
  ),
  factor,
  ...(part === undefined ? {} : { part }),
});

export const activity = (
  method: string,
  category: string | undefined,
  items: readonly ItemInput[],
  change: Partial<ActivityInput> = {},
): ActivityInput => ({
  id: 'example',
  method,
  date: '2024-12-31',
  items,
  ...(category === undefined ? {} : { category }),
  ...change,
});

export const lineOf = (input: ActivityInput, by = engine): InventoryLine =>
  by.calculate(input).lines[0] ?? assert.fail('no line');

/** Kilograms of CO2e of one activity. */
export const kg = (
  method: string,
  category: string | undefined,
  items: readonly ItemInput[],
): string => ngToKg(lineOf(activity(method, category, items)).co2eNg);

/** Kilograms of all activities together, by way of the inventory. */
export const kgOfAll = (lines: readonly InventoryLine[]): string => {
  const [totals, ...others] = toInventory(lines);
  assert.equal(others.length, 0);
  const [total] = totals?.scopes.values() ?? [];
  return ngToKg(total?.co2eNg ?? -1n);
};

export const reported = (value: string, unit: string, category: string): InventoryLine =>
  lineOf(activity('reported', category, [item({ total: [value, unit] }, REPORTED)]));

export const inTonnes = (kilograms: string): string => `${kilograms}e-3`;

export const electricity = (energy: readonly [string, string], factor: FactorRef): string => {
  const input = activity('purchased-energy', 'electricity', [item({ energy }, factor)], {
    market: { instruments: [], residual: 'none-published' },
  });
  return ngToKg(lineOf(input).co2eNg);
};
