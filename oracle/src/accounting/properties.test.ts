import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { TonneError } from '@truetonne/protocol';
import fc from 'fast-check';
import {
  ceilDivide,
  compare,
  multiply,
  squareRootUp,
  toExactText,
  toRational,
} from './exact/rational.ts';
import {
  createEngine,
  createFactorIndex,
  explainLine,
  groupLines,
  METHODS,
  ngToKg,
  toGwpTable,
  toInventory,
  UNIT_ROWS,
  type ActivityInput,
  type InventoryLine,
  type OwnFactor,
} from './index.ts';
import { inputsOf, parseFormula } from './methods/formula.ts';
import { nearest } from './units/nearest.ts';
import { conversionFactor, getUnit } from './units/unit.ts';

const engine = createEngine(
  createFactorIndex({
    sets: [],
    factors: [],
    gwp: toGwpTable([
      { species: 'CH4', values: { AR5: '28' } },
      { species: 'N2O', values: { AR5: '265' } },
    ]),
    blends: [],
  }),
  {
    gwpSet: 'AR5',
    otherGwpSet: 'refuse',
    factorSets: [],
    widenRegion: false,
    carryForwardYears: 0,
  },
);

/** Decimals of up to 12 digits before and 6 after the point, as text. */
const decimals = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 999_999 }))
  .map(([whole, part]) => `${whole.toString()}.${String(part).padStart(6, '0')}`);

const ownOf = (value: string, uncertaintyPercent?: string): OwnFactor => ({
  name: 'x',
  source: 'y',
  unit: 'L',
  gases: [
    { gas: 'CO2', value, massUnit: 'kg' },
    { gas: 'CH4', value, massUnit: 'g' },
  ],
  ...(uncertaintyPercent === undefined ? {} : { uncertaintyPercent }),
});

const fuel = (value: string, unit: string, factor: string, day = 1): ActivityInput => ({
  id: 'a',
  method: 'stationary-combustion',
  date: `2024-01-${String(day).padStart(2, '0')}`,
  items: [{ inputs: { fuel: { value, unit } }, factor: { kind: 'own', factor: ownOf(factor) } }],
});

const lineOf = (activity: ActivityInput): InventoryLine =>
  engine.calculate(activity).lines[0] ?? assert.fail();

const sumOf = (a: string, b: string): string =>
  toExactText({
    n: toRational(a).n * toRational(b).d + toRational(b).n * toRational(a).d,
    d: toRational(a).d * toRational(b).d,
  });

void test('twice the fuel is twice the emissions, to a nanogram a gas', () => {
  fc.assert(
    fc.property(decimals, decimals, decimals, (a, b, factor) => {
      const apart =
        lineOf(fuel(a, 'gal_us', factor)).co2eNg + lineOf(fuel(b, 'gal_us', factor)).co2eNg;
      const together = lineOf(fuel(sumOf(a, b), 'gal_us', factor)).co2eNg;
      const difference = apart - together;
      assert.ok(difference >= 0n && difference <= 2n, String(difference));
    }),
  );
});

void test('a result is never below the exact one and less than a nanogram above it', () => {
  fc.assert(
    fc.property(decimals, decimals, (amount, factor) => {
      const line = lineOf(fuel(amount, 'gal_imp', factor));
      const [item] = explainLine(line);
      const exact = multiply(toRational(item?.quantity ?? ''), toRational(factor));
      const co2 = line.gases[0]?.massNg ?? -1n;
      const ng = 10n ** 12n;
      assert.ok(co2 * exact.d >= exact.n * ng);
      assert.ok((co2 - 1n) * exact.d < exact.n * ng);
    }),
  );
});

void test('units come back from any other of their kind exactly', () => {
  for (const from of UNIT_ROWS) {
    for (const to of UNIT_ROWS) {
      if (from.dimension !== to.dimension) continue;
      const there = conversionFactor(getUnit(from.id), getUnit(to.id));
      const back = conversionFactor(getUnit(to.id), getUnit(from.id));
      assert.equal(toExactText(multiply(there, back)), '1', `${from.id} ${to.id}`);
    }
  }
});

void test('units are as large as the standards say', () => {
  const sizes: readonly (readonly [string, string, string])[] = [
    ['MWh', 'kWh', '1000'],
    ['GJ', 'MJ', '1000'],
    ['therm', 'MJ', '105.505585262'],
    ['MMBtu_gross', 'GJ_gross', '1.05505585262'],
    ['gal_us', 'L', '3.785411784'],
    ['gal_imp', 'L', '4.54609'],
    ['short ton', 'kg', '907.18474'],
    ['long ton', 'kg', '1016.0469088'],
    ['mile', 'km', '1.609344'],
    ['nmi', 'km', '1.852'],
    ['short ton*mile', 't*km', '1.45997231821056'],
    ['tkm', 'kg*km', '1000'],
    ['kW*hour', 'kWh', '1'],
    ['MUSD:2022', 'USD:2022', '1000000'],
  ];
  for (const [from, to, size] of sizes) {
    assert.equal(toExactText(conversionFactor(getUnit(from), getUnit(to))), size, from);
  }
});

void test('gross and net heat, plain energy, two currencies, two years never convert', () => {
  const pairs = [
    ['kWh_gross', 'kWh_net'],
    ['kWh', 'kWh_gross'],
    ['USD:2022', 'EUR:2022'],
    ['USD:2022', 'USD:2021'],
    ['passenger*km', 't*km'],
    ['scf', 'm3'],
    ['day', 'year'],
  ] as const;
  for (const [from, to] of pairs) {
    assert.throws(
      () => conversionFactor(getUnit(from), getUnit(to)),
      (error) => error instanceof TonneError && error.code === 'UNIT_MISMATCH',
    );
  }
});

void test('a typo is answered with the nearest name, nonsense with none', () => {
  const names = ['kWh', 'MWh', 'tonne', 'litre'];
  assert.equal(nearest('kHw', names), 'kWh');
  assert.equal(nearest('tone', names), 'tonne');
  assert.equal(nearest('zebra crossing', names), undefined);
});

void test('totals do not depend on the order of lines', () => {
  const lines = fc.array(fc.tuple(decimals, fc.integer({ min: 1, max: 28 })), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(lines, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (entries, order) => {
      const made = entries.map(([value, day]) => lineOf(fuel(value, 'L', '2.31', day)));
      const turned = made
        .map((line, index) => ({ line, key: order[index] ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ line }) => line);
      assert.deepEqual(toInventory(turned), toInventory(made));
      const sort = (all: readonly InventoryLine[]) => [...groupLines(all, ['day'])].sort();
      assert.deepEqual(sort(turned), sort(made));
      const sum = made.reduce((all, { co2eNg }) => all + co2eNg, 0n);
      assert.equal(toInventory(made)[0]?.scopes.get('1')?.co2eNg, sum);
    }),
  );
});

void test('digits are read the same with and without exponent', () => {
  fc.assert(
    fc.property(decimals, (text) => {
      assert.equal(toExactText(toRational(text)), toExactText(toRational(`${text}e0`)));
      assert.equal(compare(toRational(text), toRational(`${text}000`)), 0);
    }),
  );
  assert.equal(toExactText(toRational('9e-05')), '0.00009');
  assert.equal(toExactText(toRational('007.50')), '7.5');
});

void test('3 % of the amount and 4 % of the factor are 5 % of the result', () => {
  const activity: ActivityInput = {
    ...fuel('100', 'L', '2'),
    items: [
      {
        inputs: { fuel: { value: '100', unit: 'L', uncertaintyPercent: '3' } },
        factor: { kind: 'own', factor: ownOf('2', '4') },
      },
    ],
  };
  const line = lineOf(activity);
  const [totals] = toInventory([line]);
  const total = totals?.scopes.get('1');
  assert.equal((total?.halfWidthNg ?? 0n) * 20n, line.co2eNg);
  assert.equal(total?.statedCo2eNg, line.co2eNg);
  // Two such lines: sqrt(2) x 5 % of one, so less than twice.
  const [both] = toInventory([line, line]);
  const half = both?.scopes.get('1')?.halfWidthNg ?? 0n;
  assert.equal(half, squareRootUp(2n * (line.varianceNg2 ?? 0n)));
});

void test('what certificates leave of a bill carries the uncertainty of the whole bill', () => {
  const own = (value: string) => ({
    kind: 'own' as const,
    factor: {
      ...{ name: 'x', source: 'y', unit: 'kWh', uncertaintyPercent: '0' },
      gases: [{ gas: 'CO2', value, massUnit: 'kg' }],
    },
  });
  const certificate = {
    kind: 'certificate' as const,
    evidence: 'GO 1-900',
    ...{ region: 'DEU', vintageYear: 2024 },
    energy: { value: '900', unit: 'kWh', uncertaintyPercent: '0' },
    factor: own('0'),
  };
  const marketOf = (region: string) =>
    engine
      .calculate({
        ...{ id: 'e', method: 'purchased-energy', category: 'electricity', date: '2024-06-30' },
        region: 'DEU',
        items: [
          {
            inputs: { energy: { value: '1000', unit: 'kWh', uncertaintyPercent: '5' } },
            factor: own('0.5'),
          },
        ],
        market: {
          instruments: [{ ...certificate, region }],
          residual: own('0.7'),
        },
      })
      .lines.find(({ scope }) => scope === '2-market');
  // 50 kWh of the 1,000 are uncertain, and all of them are among the 100 left: 35 kg.
  assert.equal(squareRootUp(marketOf('DEU')?.varianceNg2 ?? 0n), 35n * 10n ** 12n);
  assert.throws(() => marketOf('WORLD'), /market of DEU/);
});

void test('an uncertainty that is not stated is not zero', () => {
  const line = lineOf(fuel('100', 'L', '2'));
  assert.equal(line.varianceNg2, undefined);
  assert.equal(toInventory([line])[0]?.scopes.get('1')?.statedCo2eNg, 0n);
});

void test('roots and quotients are rounded up, and only when they have to be', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (value) => {
      const root = squareRootUp(value);
      assert.ok(root * root >= value);
      assert.ok(root === 0n || (root - 1n) * (root - 1n) < value);
    }),
  );
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.bigInt({ min: 1n, max: 10n ** 9n }),
      (n, d) => {
        const quotient = ceilDivide(n, d);
        assert.ok(quotient * d >= n && (quotient - 1n) * d < n);
      },
    ),
  );
});

void test('every formula names the inputs that its method describes, and no other', () => {
  const ids = METHODS.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const { id, parts, cites } of METHODS) {
    assert.ok(cites.length > 20, id);
    for (const { formula, inputs } of Object.values(parts)) {
      assert.deepEqual([...inputsOf(parseFormula(formula))].sort(), Object.keys(inputs).sort(), id);
    }
  }
});

void test('a formula is what it says, and nothing else is a formula', () => {
  const [term] = parseFormula('2 * a * (1 - b) / c');
  assert.deepEqual(
    term?.parts.map(({ input, constant, power, form }) => [input ?? constant, power, form]),
    [
      [2n, 1, 'plain'],
      ['a', 1, 'plain'],
      ['b', 1, 'rest'],
      ['c', -1, 'plain'],
    ],
  );
  for (const text of ['a ^ b', 'a * 0.5', '(a + b)', '', 'a *']) {
    assert.throws(() => parseFormula(text), RangeError, text);
  }
});

void test('no float stands in the engine', () => {
  const folder = import.meta.dirname;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  assert.ok(files.length > 20);
  const code = (name: string): string =>
    readFileSync(join(folder, name), 'utf8')
      .replace(/\/\*[^]*?\*\//g, '')
      .replace(/\/\/.*$/gm, '')
      .replace(/'[^'\n]*'|`[^`]*`/g, "''");
  for (const name of files) {
    assert.doesNotMatch(
      code(name),
      /parseFloat|toFixed|toPrecision|\b\d+\.\d|Math\.(?!max|min|floor|abs)/,
      name,
    );
  }
});

void test('kilograms of nanograms are exact text', () => {
  assert.equal(ngToKg(1n), '0.000000000001');
  assert.equal(ngToKg(1_500_000_000_000n), '1.5');
  assert.equal(ngToKg(0n), '0');
});
