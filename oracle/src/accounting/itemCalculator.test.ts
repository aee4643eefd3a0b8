import assert from 'node:assert/strict';
import test from 'node:test';
import { TonneError } from '@truetonne/protocol';
import fc from 'fast-check';
import type { FactorRef } from './activity.ts';
import {
  createEngine,
  createFactorIndex,
  explainLine,
  toGwpTable,
  type AccountingEngine,
  type AccountingRules,
  type ActivityInput,
  type EmissionFactor,
  type FactorIndex,
} from './index.ts';

const FACTOR: EmissionFactor = {
  ...{ id: 's@1/fuel', setId: 's@1', name: 'Fuel', activity: 'gas', region: 'USA' },
  ...{ unit: 'L', basis: 'combustion', uses: [{ scope: '1' }, { scope: '3', category: '6' }] },
  gases: [
    { gas: 'CO2', kg: { n: 7n, d: 3n } },
    { gas: 'CH4', kg: { n: 1n, d: 1_000n } },
  ],
  ...{ year: 2024, validFrom: 1900, validTo: 2024, published: '7/3 kg/L' },
};
const BELOW_ZERO: EmissionFactor = {
  ...{ ...FACTOR, id: 's@1/below', activity: 'below' },
  gases: [{ gas: 'CO2', kg: { n: -7n, d: 3n } }],
};

const RULES: AccountingRules = {
  gwpSet: 'AR5',
  otherGwpSet: 'apart',
  factorSets: ['s@1'],
  widenRegion: false,
  carryForwardYears: 0,
};

function newIndex(): FactorIndex {
  return createFactorIndex({
    sets: [],
    factors: [FACTOR, BELOW_ZERO, { ...FACTOR, id: 's@1/fuel-de', region: 'DEU', unit: 'm3' }],
    gwp: toGwpTable([{ species: 'CH4', values: { AR4: '25', AR5: '28' } }]),
    blends: [],
  });
}

/** Lines with all that they say, or the error. */
function tell(engine: AccountingEngine, activity: ActivityInput): unknown {
  try {
    const { lines } = engine.calculate(activity);
    return new Map(lines.map((line) => [line.gwpSet, { ...line, told: explainLine(line) }]));
  } catch (error) {
    if (error instanceof TonneError) return [error.code, error.details];
    throw error;
  }
}

const gas = (name: string): FactorRef => ({ kind: 'gas', gas: name });
const ownIn = (unit: string): FactorRef => {
  const gases = [{ gas: 'CO2', value: '2', massUnit: 'kg' }];
  return { kind: 'own', factor: { name: 'gas', source: 'CH4', unit, gases } };
};
/** Several that are named alike: what tells them from each other must not be lost. */
const FACTORS: readonly FactorRef[] = [
  ...[gas('CH4'), gas('gas'), ownIn('L'), ownIn('kg')],
  ...['s@1/fuel', 's@1/below', 'gas'].map((id) => ({ kind: 'id', id }) as const),
  ...['USA', 'DEU'].map((region) => ({ kind: 'search', activity: 'gas', region }) as const),
  ...(['AR4', 'AR5'] as const).map(
    (gwpSet) => ({ kind: 'reported', gwpSet, source: 'CH4' }) as const,
  ),
];
const UNITS = ['L', 'm3', 'kg', 'g', '%'];
const WAYS: readonly (Omit<ActivityInput, 'id' | 'date' | 'items'> & {
  readonly names: readonly string[];
  readonly part?: string;
})[] = [
  { method: 'stationary-combustion', names: ['fuel'] },
  { method: 'stationary-combustion', names: ['fuel', 'total'] },
  { method: 'stationary-combustion', names: ['total'] },
  { method: 'fugitive-release', names: ['released'] },
  { method: 'travel-fuel', category: '6', names: ['fuel'] },
  { method: 'travel-fuel', category: '7', names: ['fuel'] },
  { method: 'reported', category: '1', names: ['total'] },
  { method: 'reported', category: '1', names: ['total', 'ours'] },
  { method: 'hybrid', category: '1', part: 'materials', names: ['mass'] },
  { method: 'hybrid', category: '1', part: 'waste', names: ['mass'] },
];
const ACTIVITIES: readonly ActivityInput[] = WAYS.flatMap(({ names, part, ...way }) =>
  FACTORS.flatMap((factor) =>
    UNITS.flatMap((unit) =>
      ['2024-06-30', '2025-06-30'].map((date) => {
        const first = { value: '12.5', unit };
        const second = { value: '50', unit: '%' };
        const inputs = Object.fromEntries(
          names.map((name, at) => [name, at === 0 ? first : second]),
        );
        const item = { inputs, factor, ...(part === undefined ? {} : { part }) };
        return { id: 'a', ...way, date, items: [item] };
      }),
    ),
  ),
);

void test('what an engine computed before changes nothing of what it computes', () => {
  const index = newIndex();
  const alone = ACTIVITIES.map((activity) => tell(createEngine(index, RULES), activity));
  assert.ok(alone.filter((told) => told instanceof Map).length > 100);
  const used = createEngine(index, RULES);
  const order = fc.shuffledSubarray([...ACTIVITIES.keys()], { minLength: ACTIVITIES.length });
  fc.assert(
    fc.property(order, (places) => {
      for (const at of places) {
        const activity = ACTIVITIES[at];
        if (activity !== undefined) assert.deepEqual(tell(used, activity), alone[at]);
      }
    }),
    { numRuns: 3 },
  );
});

void test('a factor may be used in more ways than are kept', () => {
  const engine = createEngine(newIndex(), RULES);
  const fuelIn = (year: number): ActivityInput => ({
    ...{ id: 'a', method: 'stationary-combustion', date: `${String(year)}-06-30` },
    items: [
      {
        inputs: { fuel: { value: '3', unit: 'L' } },
        factor: { kind: 'id', id: FACTOR.id },
      },
    ],
  });
  for (const round of [1, 2]) {
    for (let year = 1900; year <= 2024; year++) {
      const [line] = engine.calculate(fuelIn(year)).lines;
      assert.equal(line?.gases[0]?.massNg, 7_000_000_000_000n, String(round));
    }
  }
});

void test('a factor below zero is an error, however it is rounded', () => {
  const of = (value: string): ActivityInput => ({
    ...{ id: 'a', method: 'stationary-combustion', date: '2024-06-30' },
    items: [{ inputs: { fuel: { value, unit: 'L' } }, factor: { kind: 'id', id: BELOW_ZERO.id } }],
  });
  const engine = createEngine(newIndex(), RULES);
  assert.throws(() => engine.calculate(of('1')), {
    code: 'EMISSION_NEGATIVE',
    // 7/3 kg taken away is rounded up: towards zero.
    details: { field: 'item', value: 'CO2 -2333333333333 ng', expected: 'zero or more' },
  });
  assert.equal(engine.calculate(of('0')).lines[0]?.co2eNg, 0n);
});
