import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createEngine,
  createFactorIndex,
  METHODS,
  ngToKg,
  toGwpTable,
  type FactorRef,
  type MethodDef,
} from '../index.ts';
import type { QuantityInput } from '../activity.ts';
import type { InputDef } from './method.ts';

const engine = createEngine(
  createFactorIndex({
    ...{ sets: [], factors: [], blends: [] },
    gwp: toGwpTable([{ species: 'SF6', values: { AR5: '23500' } }]),
  }),
  {
    ...{ gwpSet: 'AR5', otherGwpSet: 'refuse', factorSets: [] },
    ...{ widenRegion: false, carryForwardYears: 0 },
  },
);

const GAS: FactorRef = { kind: 'gas', gas: 'SF6' };
const REPORTED: FactorRef = { kind: 'reported', gwpSet: 'AR5', source: 'report' };
/** Methods whose factor is per mass whatever is entered: what is let out, and what is CO2e already. */
const PER_MASS: Readonly<Record<string, FactorRef>> = {
  ...{ 'fugitive-release': GAS, 'fugitive-screening': GAS, 'fugitive-simplified': GAS },
  ...{ 'fugitive-mass-balance': GAS, 'process-carbon-balance': GAS },
  ...{ reported: REPORTED, 'asset-share': REPORTED, 'transport-share': REPORTED },
  ...{ 'project-lifetime': REPORTED },
};

const UNITS: Readonly<Record<string, string>> = { year: 'year', 'mass*year^-1': 'kg/year' };
const figureOf = ({ kind, dimension = 'mass' }: InputDef, value: string): QuantityInput =>
  kind === 'quantity' ? { value, unit: UNITS[dimension] ?? 'kg' } : { value, unit: '1' };

function calculate({ id, uses }: MethodDef, part: string, inputs: Record<string, QuantityInput>) {
  const factor = PER_MASS[id] ?? assert.fail(id);
  const category = uses[0]?.categories[0] ?? '';
  const items = [{ part, inputs, factor }];
  return engine.calculate({ id: 'a', method: id, category, date: '2024-06-30', items });
}

void test('each part of a method whose factor is per mass comes to a mass', () => {
  const tried: string[] = [];
  for (const def of METHODS.filter(({ id }) => Object.hasOwn(PER_MASS, id))) {
    for (const [name, { inputs }] of Object.entries(def.parts)) {
      // What is taken away in a balance is less than what it is taken from.
      const figures = Object.entries(inputs).map(
        ([input, one], index) => [input, figureOf(one, index === 0 ? '9' : '0.5')] as const,
      );
      assert.equal(calculate(def, name, Object.fromEntries(figures)).lines.length, 1, name);
      tried.push(`${def.id} ${name}`);
    }
  }
  assert.equal(tried.length, 11);
});

void test('leaks in half a year of operation are half of the yearly share: EPA, equation 5', () => {
  const screening = METHODS.find(({ id }) => id === 'fugitive-screening') ?? assert.fail();
  const { lines } = calculate(screening, 'operation', {
    capacity: { value: '40', unit: 'kg' },
    rate: { value: '15', unit: '%' },
    years: { value: '0.5', unit: '1' },
  });
  assert.equal(ngToKg(lines[0]?.gases[0]?.massNg ?? 0n), '3');
});
