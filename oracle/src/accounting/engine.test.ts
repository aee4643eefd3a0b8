import assert from 'node:assert/strict';
import test from 'node:test';
import { TonneError } from '@truetonne/protocol';
import {
  createEngine,
  createFactorIndex,
  explainLine,
  ngToKg,
  toGwpTable,
  toInventory,
  type AccountingRules,
  type ActivityInput,
  type CitedUncertainty,
  type EmissionFactor,
  type FactorRef,
  type OwnFactor,
} from './index.ts';
import { toRational } from './exact/rational.ts';

const RULES: AccountingRules = {
  gwpSet: 'AR5',
  otherGwpSet: 'refuse',
  factorSets: ['grid@2024', 'old@2023'],
  widenRegion: false,
  carryForwardYears: 0,
};

const gridFactor = (change: Partial<EmissionFactor>): EmissionFactor => ({
  id: 'grid@2024/usa',
  setId: 'grid@2024',
  name: 'Grid',
  activity: 'electricity/grid average',
  region: 'USA',
  unit: 'kWh',
  basis: 'combustion',
  uses: [{ scope: '2-location' }],
  gases: [
    { gas: 'CO2', kg: toRational('0.4') },
    { gas: 'CH4', kg: toRational('0.00003') },
  ],
  year: 2024,
  validFrom: 2024,
  validTo: 2024,
  published: '0.4 kg CO2/kWh',
  ...change,
});

const GWP = toGwpTable([
  { species: 'CH4', values: { AR4: '25', AR5: '28', AR6: '27.9' } },
  { species: 'N2O', values: { AR4: '298', AR5: '265', AR6: '273' } },
]);

function engineWith(factors: readonly EmissionFactor[], rules: Partial<AccountingRules> = {}) {
  const index = createFactorIndex({ sets: [], factors, gwp: GWP, blends: [] });
  return createEngine(index, { ...RULES, ...rules });
}

const OWN: OwnFactor = {
  name: 'Diesel',
  source: 'supplier certificate 17',
  unit: 'L',
  gases: [
    { gas: 'CO2', value: '2.5', massUnit: 'kg' },
    { gas: 'CH4', value: '0.1', massUnit: 'g' },
  ],
};

const fuel = (value: string, unit: string, change: Partial<ActivityInput> = {}): ActivityInput => ({
  id: 'a1',
  method: 'stationary-combustion',
  date: '2024-06-30',
  items: [{ inputs: { fuel: { value, unit } }, factor: { kind: 'own', factor: OWN } }],
  ...change,
});

const electricity = (change: Partial<ActivityInput> = {}): ActivityInput => ({
  id: 'e1',
  method: 'purchased-energy',
  category: 'electricity',
  date: '2024-06-30',
  region: 'USA',
  items: [
    {
      inputs: { energy: { value: '1000', unit: 'kWh' } },
      factor: { kind: 'search', activity: 'electricity/grid average', region: 'USA' },
    },
  ],
  market: { instruments: [], residual: 'none-published' },
  ...change,
});

const throwsCode = (code: string, run: () => unknown): void => {
  assert.throws(run, (error) => error instanceof TonneError && error.code === code);
};

void test('gases are computed apart and together, and the line opens to every step', () => {
  const [line] = engineWith([]).calculate(fuel('100', 'L')).lines;
  assert.ok(line);
  assert.equal(ngToKg(line.co2eNg), '250.28');
  assert.deepEqual(
    line.gases.map(({ gas, massNg }) => [gas, ngToKg(massNg ?? -1n)]),
    [
      ['CO2', '250'],
      ['CH4', '0.01'],
    ],
  );
  const [item] = explainLine(line);
  assert.equal(item?.formula, 'fuel');
  assert.equal(item?.quantity, '100');
  assert.equal(item?.factor.source, 'supplier certificate 17');
});

void test('a US gallon is 3.785411784 litres, to the last digit', () => {
  const [line] = engineWith([]).calculate(fuel('1000', 'gal_us')).lines;
  const co2 = line?.gases.find(({ gas }) => gas === 'CO2');
  assert.equal(ngToKg(co2?.massNg ?? 0n), '9463.52946');
});

void test('a unit that does not fit is refused, a typo is answered with the name', () => {
  const engine = engineWith([]);
  throwsCode('UNIT_MISMATCH', () => engine.calculate(fuel('1', 'kg')));
  assert.throws(() => engine.calculate(fuel('1', 'litters')), /perhaps liters/);
  throwsCode('UNIT_UNKNOWN', () => engine.calculate(fuel('1', 'gallon')));
  const kinds = /perhaps MMBtu, or of a fuel MMBtu_gross or MMBtu_net/;
  assert.throws(() => engine.calculate(fuel('1', 'mmbtu')), kinds);
});

void test('an amount that does not fit is named as it was entered', () => {
  const engine = engineWith([]);
  assert.throws(() => engine.calculate(fuel('-5.0', 'L')), /inputs\.fuel = -5\.0 L\);/);
  const gas = gridFactor({ unit: 'MMBtu_gross', uses: [{ scope: '1' }] });
  const known = engineWith([gas]);
  const burn = (unit: string) =>
    fuel('1', unit, {
      items: [{ inputs: { fuel: { value: '1', unit } }, factor: { kind: 'id', id: gas.id } }],
    });
  assert.throws(
    () => known.calculate(burn('therms')),
    /therms \(energy\)\); expected therm_gross or therm_net,/,
  );
  assert.throws(() => known.calculate(burn('m3')), /m3 \(volume\)\); expected energy-gross,/);
});

void test('what is no quantity is refused', () => {
  const engine = engineWith([]);
  for (const value of [
    '',
    'NaN',
    '1e400',
    '1,000',
    ' 5',
    'Infinity',
    '0x10',
    '-1',
    '--1',
    '+1',
    '-0',
    '.',
  ]) {
    throwsCode('QUANTITY_INVALID', () => engine.calculate(fuel(value, 'L')));
  }
});

void test('electricity gives a line by location and a line by market', () => {
  const market = {
    instruments: [
      {
        kind: 'certificate' as const,
        evidence: 'REC 1-600',
        energy: { value: '0.6', unit: 'MWh' },
        region: 'USA',
        vintageYear: 2024,
        factor: {
          kind: 'own' as const,
          factor: {
            name: 'Wind',
            source: 'REC',
            unit: 'kWh',
            gases: [{ gas: 'CO2', value: '0', massUnit: 'kg' }],
          },
        },
      },
    ],
    residual: 'none-published' as const,
  };
  const { lines } = engineWith([gridFactor({})]).calculate(electricity({ market }));
  assert.deepEqual(
    lines.map(({ scope, co2eNg }) => [scope, ngToKg(co2eNg)]),
    [
      ['2-location', '400.84'],
      ['2-market', '160.336'],
    ],
  );
  assert.deepEqual(lines[1]?.notes, ['instrument-certificate', 'residual-mix-none-published']);
  const tooMuch = {
    ...market,
    instruments: market.instruments.map((one) => ({
      ...one,
      energy: { value: '1.1', unit: 'MWh' },
    })),
  };
  throwsCode('INSTRUMENT_UNFIT', () =>
    engineWith([gridFactor({})]).calculate(electricity({ market: tooMuch })),
  );
});

void test('the side of the market takes factors of the market, the grid average only where none is published', () => {
  const mix = gridFactor({
    ...{ id: 'grid@2024/mix', uses: [{ scope: '2-market', category: 'electricity' }] },
    gases: [{ gas: 'CO2', kg: toRational('0.7') }],
  });
  const engine = engineWith([gridFactor({}), mix]);
  const byMarket = (residual: FactorRef | 'none-published') =>
    engine
      .calculate(electricity({ market: { instruments: [], residual } }))
      .lines.map(({ scope, co2eNg }) => [scope, ngToKg(co2eNg)]);
  const location = ['2-location', '400.84'];
  assert.deepEqual(byMarket({ kind: 'id', id: mix.id }), [location, ['2-market', '700']]);
  const search = { kind: 'search', activity: mix.activity, region: mix.region } as const;
  assert.deepEqual(byMarket(search), [location, ['2-market', '700']]);
  assert.deepEqual(byMarket('none-published'), [location, ['2-market', '400.84']]);
  throwsCode('FACTOR_NOT_APPLICABLE', () => byMarket({ kind: 'id', id: gridFactor({}).id }));
  const [item] = electricity().items;
  assert.ok(item);
  throwsCode('FACTOR_NOT_APPLICABLE', () =>
    engine.calculate(electricity({ items: [{ ...item, factor: { kind: 'id', id: mix.id } }] })),
  );
});

void test('a factor of a set is as uncertain as the activity cites, else as its set states', () => {
  const halfWidth = (cited: CitedUncertainty | undefined, stated: string | undefined) => {
    const grid = gridFactor(stated === undefined ? {} : { uncertaintyPercent: stated });
    const factor = {
      ...{ kind: 'id' as const, id: grid.id },
      ...(cited !== undefined && { uncertainty: cited }),
    };
    const energy = { value: '1', unit: 'MWh', uncertaintyPercent: '0' };
    const activity = electricity({ items: [{ inputs: { energy }, factor }] });
    const [line] = engineWith([grid]).calculate(activity).lines;
    assert.ok(line);
    const [item] = explainLine(line);
    return [line.varianceNg2, item?.factor.uncertainty?.source];
  };
  const percent = (times: bigint) => ((400_840_000_000_000n * times) / 100n) ** 2n;
  const cited = { percent: '10', source: 'Report 12' };
  assert.deepEqual(halfWidth(cited, undefined), [percent(10n), 'Report 12']);
  assert.deepEqual(halfWidth(cited, '5'), [percent(10n), 'Report 12']);
  assert.deepEqual(halfWidth(undefined, '5'), [percent(5n), 'grid@2024']);
  assert.deepEqual(halfWidth(undefined, undefined), [undefined, undefined]);
});

void test('a missing year is an error, unless the rules carry factors forward, and then it is said', () => {
  const activity = electricity({ date: '2025-01-31' });
  throwsCode('FACTOR_YEAR_MISSING', () => engineWith([gridFactor({})]).calculate(activity));
  const engine = engineWith([gridFactor({})], { carryForwardYears: 1 });
  assert.equal(engine.calculate(activity).lines[0]?.notes.includes('factor-carried-forward'), true);
  throwsCode('FACTOR_YEAR_MISSING', () => engine.calculate(electricity({ date: '2026-01-31' })));
  throwsCode('FACTOR_YEAR_MISSING', () => engine.calculate(electricity({ date: '2023-12-31' })));
});

void test('a wider region stands in only by rule, and the result says what was not found', () => {
  const [item] = electricity().items;
  assert.ok(item);
  const texas = electricity({
    items: [
      {
        ...item,
        factor: { kind: 'search', activity: 'electricity/grid average', region: 'USA/eGRID/ERCT' },
      },
    ],
  });
  throwsCode('FACTOR_NOT_FOUND', () => engineWith([gridFactor({})]).calculate(texas));
  const { lines } = engineWith([gridFactor({})], { widenRegion: true }).calculate(texas);
  const choice = lines[0]?.items[0]?.choice;
  assert.equal(choice?.rule, 'region-widened');
  assert.deepEqual(choice?.missed, ['region USA/eGRID/ERCT', 'region USA/eGRID']);
});

void test('two factors that fit are an error with both ids, of two sets the preferred is taken', () => {
  const twin = gridFactor({ id: 'grid@2024/twin' });
  assert.throws(
    () => engineWith([gridFactor({}), twin]).calculate(electricity()),
    /grid@2024\/usa, grid@2024\/twin/,
  );
  const old = gridFactor({ id: 'old@2023/usa', setId: 'old@2023' });
  const { lines } = engineWith([old, gridFactor({})]).calculate(electricity());
  assert.equal(lines[0]?.items[0]?.choice.factor.id, 'grid@2024/usa');
  assert.equal(lines[0]?.items[0]?.choice.rule, 'preferred-set');
});

void test('life-cycle averages and margins are no factors of Scope 2', () => {
  for (const basis of ['lifecycle', 'margin'] as const) {
    const factor = gridFactor({ basis });
    const [item] = electricity().items;
    assert.ok(item);
    const named = electricity({ items: [{ ...item, factor: { kind: 'id', id: factor.id } }] });
    throwsCode('FACTOR_NOT_APPLICABLE', () => engineWith([factor]).calculate(named));
    throwsCode('FACTOR_NOT_FOUND', () => engineWith([factor]).calculate(electricity()));
  }
});

void test('CO2e of another set is refused, or a line that no total of ours contains', () => {
  const lumped = gridFactor({
    gases: [{ gas: 'CO2e', kg: toRational('0.5'), co2eUnder: 'AR4' }],
  });
  throwsCode('GWP_SET_MISMATCH', () => engineWith([lumped]).calculate(electricity()));
  const engine = engineWith([lumped], { otherGwpSet: 'apart' });
  const lines = [
    ...engine.calculate(electricity()).lines,
    ...engine.calculate(fuel('1', 'L')).lines,
  ];
  const totals = toInventory(lines);
  assert.deepEqual(
    totals.map(({ gwpSet, scopes }) => [gwpSet, [...scopes.keys()]]),
    [
      ['AR4', ['2-location', '2-market']],
      ['AR5', ['1']],
    ],
  );
});

void test('CO2e per gas under another set is taken back to mass and valued anew', () => {
  const factor = gridFactor({
    gases: [{ gas: 'CH4', kg: toRational('0.28'), co2eUnder: 'AR5' }],
  });
  const [line] = engineWith([factor], { gwpSet: 'AR6' }).calculate(electricity()).lines;
  assert.equal(ngToKg(line?.gases[0]?.massNg ?? 0n), '10');
  assert.equal(ngToKg(line?.co2eNg ?? 0n), '279');
});

void test('a share above one and a day that is not are refused', () => {
  throwsCode('ACTIVITY_DATE_INVALID', () =>
    engineWith([]).calculate(fuel('1', 'L', { date: '2023-02-29' })),
  );
  const waste = (treated: string): ActivityInput => ({
    ...fuel('1', 'L'),
    method: 'waste',
    category: '5',
    items: [
      {
        inputs: { amount: { value: '1', unit: 'L' }, treated: { value: treated, unit: '%' } },
        factor: { kind: 'own', factor: OWN },
      },
    ],
  });
  assert.equal(engineWith([]).calculate(waste('100')).lines.length, 1);
  throwsCode('QUANTITY_INVALID', () => engineWith([]).calculate(waste('100.1')));
});
