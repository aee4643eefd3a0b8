import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import {
  add,
  compare,
  subtract,
  toExactText,
  toRational,
  ZERO,
} from '../../accounting/exact/rational.ts';
import type { EmissionFactor, FactorIndex } from '../../accounting/index.ts';
import { getUnit } from '../../accounting/index.ts';
import { withoutFootnote } from './epaHub.ts';
import { loadFactorIndex } from './load.ts';
import { SETS } from './sets.ts';

const DATA = join(import.meta.dirname, '../../../../data');

let index: FactorIndex;

before(async () => {
  index = await loadFactorIndex(DATA);
});

const get = (id: string): EmissionFactor => {
  const factor = index.findById(id);
  assert.ok(factor, id);
  return factor;
};

const kgOf = (id: string): Record<string, string> =>
  Object.fromEntries(
    get(id).gases.map(({ gas, kg, co2eUnder }) => [`${gas}${co2eUnder ?? ''}`, toExactText(kg)]),
  );

void test('every set is loaded whole, and no figure of a set changes in silence', () => {
  const counts = SETS.map(({ id }) => [
    id,
    index.factors.filter(({ setId }) => setId === id).length,
  ]);
  assert.deepEqual(Object.fromEntries(counts), {
    'epa-hub@2024': 850,
    'egrid-fuels@2022': 67,
    'epa-supply-chain@1.3': 2032,
    'epa-supply-chain@1.2': 2032,
    'defra@2025': 1758,
    'defra@2024': 414,
    'defra@2020': 2342,
    'eea@2016': 901,
    'ember@2024': 222,
    'owid@2023': 213,
    'ifi@2021': 1160,
    'eu-plants@2024': 65,
    'india-open@1.2': 70,
  });
});

void test('a file that changed is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'factors-'));
  try {
    await cp(DATA, folder, { recursive: true, filter: (path) => !path.includes('pv-') });
    const file = join(folder, 'ef-epa-hub-2024/steam-and-heat.csv');
    await writeFile(file, (await readFile(file, 'utf8')).replace('66.33', '66.34'));
    await assert.rejects(
      loadFactorIndex(folder),
      (error) => error instanceof TonneError && error.code === 'FACTOR_SET_CHANGED',
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

void test('every factor has a unit we know, a set, a use, and no negative mass', () => {
  for (const factor of index.factors) {
    getUnit(factor.unit);
    assert.ok(index.sets.has(factor.setId), factor.id);
    assert.ok(factor.uses.length > 0, factor.id);
    assert.ok(factor.gases.length > 0, factor.id);
    assert.ok(factor.validFrom <= factor.validTo, factor.id);
    for (const { kg } of factor.gases) assert.ok(kg.n >= 0n && kg.d > 0n, factor.id);
  }
});

void test('EPA: unrounded cells, per heat content and per amount, pounds and grams made kilograms', () => {
  assert.deepEqual(kgOf('epa-hub@2024/stationary/natural-gas/mmbtu'), {
    CO2: '53.06',
    CH4: '0.001',
    N2O: '0.0001',
  });
  assert.equal(get('epa-hub@2024/stationary/natural-gas/mmbtu').unit, 'MMBtu_gross');
  assert.equal(kgOf('epa-hub@2024/electricity/camx')['CO2'], '225.63634930991');
  assert.equal(get('epa-hub@2024/electricity/camx').region, 'USA/eGRID/CAMX');
  assert.equal(
    kgOf('epa-hub@2024/travel/passenger-car-vehicle-mile')['CO2'],
    '0.17515256410803692',
  );
});

void test('EPA: footnote letters go, letters of a name stay', () => {
  assert.equal(withoutFootnote('Passenger Car A'), 'Passenger Car');
  assert.equal(withoutFootnote('Medium- and Heavy-Duty TruckC'), 'Medium- and Heavy-Duty Truck');
  assert.equal(withoutFootnote('Rail'), 'Rail');
  assert.equal(withoutFootnote('Vitamin Aid'), 'Vitamin Aid');
  const names = index.factors
    .filter(({ setId }) => setId === 'epa-hub@2024')
    .map(({ name }) => name);
  assert.deepEqual(
    names.filter((name) => /(Car|Truck) ?[A-D]$/.test(name)),
    [],
  );
});

void test('EPA: biomass is biogenic, waste is CO2e under AR4 as its notes say', () => {
  assert.ok('CO2_biogenic' in kgOf('epa-hub@2024/stationary/wood-and-wood-residuals/mmbtu'));
  assert.ok('CO2_biogenic' in kgOf('epa-hub@2024/mobile-co2/ethanol-100'));
  assert.deepEqual(kgOf('epa-hub@2024/waste/glass-landfilled'), { CO2eAR4: '20' });
});

void test('EPA: the sum of a blend over its components is the printed potential under AR5', async () => {
  const text = await readFile(
    join(DATA, 'ef-epa-hub-2024/gwp-for-blended-refrigerants.csv'),
    'utf8',
  );
  const rows = text.trim().split('\n').slice(1);
  for (const [name = '', printed = ''] of rows.map((row) => row.split(','))) {
    const blend = index.findBlend(name);
    assert.ok(blend, name);
    let sum = ZERO;
    for (const { gas, share } of blend.components) {
      // The table counts only HFCs and PFCs.
      if (gas.startsWith('HCFC')) continue;
      const potential = index.gwp.gases.get(gas)?.AR5;
      assert.ok(potential, gas);
      sum = add(sum, { n: share.n * potential.n, d: share.d * potential.d });
    }
    // EPA prints 3,104 for R-424A; its own composition gives 2,212, which is what DESNZ prints.
    const wanted = name === 'R-424A' ? '2212' : printed;
    const apart = subtract(sum, toRational(wanted));
    assert.ok(
      compare({ n: apart.n < 0n ? -apart.n : apart.n, d: apart.d }, toRational('1')) <= 0,
      name,
    );
  }
});

void test('supply chain: with margins is without plus margins, to the third digit', async () => {
  const text = await readFile(
    join(
      DATA,
      'ef-epa-supply-chain-v1.3-naics6/SupplyChainGHGEmissionFactors_v1.3.0_NAICS_CO2e_USD2022.csv',
    ),
    'utf8',
  );
  for (const row of text.trim().split('\n').slice(1)) {
    const [without = '', margins = '', whole = ''] =
      /,([\d.e-]+),([\d.e-]+),([\d.e-]+),"/.exec(row)?.slice(1) ?? [];
    const apart = subtract(add(toRational(without), toRational(margins)), toRational(whole));
    assert.ok(
      compare({ n: apart.n < 0n ? -apart.n : apart.n, d: apart.d }, toRational('0.0011')) <= 0,
      row,
    );
  }
  assert.deepEqual(kgOf('epa-supply-chain@1.3/111110'), { CO2eAR5: '0.532' });
  assert.deepEqual(kgOf('epa-supply-chain@1.2/111110'), { CO2eAR4: '1.326' });
});

void test('DEFRA: gross and net heating value of a fuel are two factors that never fit each other', () => {
  const fuels = index
    .findByActivity('fuel/natural gas')
    .filter(({ setId }) => setId === 'defra@2024');
  assert.deepEqual(fuels.map(({ unit }) => unit).sort(), ['kWh_gross', 'kWh_net', 'm3', 't']);
  assert.notEqual(getUnit('kWh_gross').dimension, getUnit('kWh_net').dimension);
});

void test('DEFRA 2025: only Scope 3 and biogenic CO2; blanks are left out, zeros are kept', () => {
  const factors = index.factors.filter(({ setId }) => setId === 'defra@2025');
  for (const { uses, gases, id } of factors) {
    const isOutside = gases.every(({ gas }) => gas === 'CO2_biogenic');
    assert.ok(isOutside || uses.every(({ scope }) => scope === '3'), id);
  }
  assert.ok(factors.some(({ gases }) => gases.every(({ kg }) => kg.n === 0n)));
  assert.ok(factors.every(({ name }) => !name.includes('\uFFFD')));
});

void test('DEFRA 2024: a name that stood in a lost row is not guessed', () => {
  assert.deepEqual(kgOf('defra@2024/bioenergy-biofuel-biodiesel-me/litres'), {
    CO2eAR5: '0.16751',
  });
  const methane = index.factors.filter(
    ({ setId, gases }) =>
      setId === 'defra@2024' && gases.some(({ kg }) => toExactText(kg) === '0.10625'),
  );
  assert.deepEqual(methane, []);
  assert.deepEqual(kgOf('defra@2024/uk-electricity-electricity-generated-electricity-uk/kwh'), {
    CO2AR5: '0.20493',
    CH4AR5: '0.0009',
    N2OAR5: '0.00122',
  });
});

void test('grids: Albania’s zero is a value, life-cycle averages and margins are no Scope 2 factors', () => {
  assert.deepEqual(kgOf('ifi@2021/alb/operating'), { CO2: '0' });
  assert.deepEqual(kgOf('ifi@2021/uzb/intermittent'), { CO2: '0.558' });
  assert.deepEqual(kgOf('owid@2023/mar'), { CO2eAR5: '0.630014' });
  for (const { setId, uses, id } of index.factors) {
    if (!/^(ember|owid|ifi|eu-plants)@/.test(setId)) continue;
    assert.ok(
      uses.every(({ scope }) => !scope.startsWith('2')),
      id,
    );
  }
});

void test('potentials: key values of three reports, methane by origin', () => {
  const values = (gas: string): string[] =>
    (['AR4', 'AR5', 'AR6'] as const).map((set) => {
      const value = index.gwp.gases.get(gas)?.[set];
      return value === undefined ? '-' : toExactText(value);
    });
  assert.deepEqual(values('CH4'), ['25', '28', '27.9']);
  assert.deepEqual(values('CH4_fossil'), ['25', '30', '29.8']);
  assert.deepEqual(values('N2O'), ['298', '265', '273']);
  assert.deepEqual(values('SF6'), ['22800', '23500', '25200']);
  assert.equal(index.gwp.names.get('R134A'), 'HFC134a');
});
