import assert from 'node:assert/strict';
import { it } from 'node:test';
import { toDraft } from './draft.ts';
import { layoutOf } from './layout.ts';
import { importOptionsShape } from './options.ts';

const HEAD = ['Day', 'Refrigerant', 'kg', 'Factor'];
const options = importOptionsShape.parse({
  mapping: { Day: 'date', Refrigerant: 'gas', kg: 'quantity', Factor: 'factor' },
  defaults: { method: 'fugitive-release', unit: 'kg' },
  ...{ decimal: 'point', dates: 'iso' },
});
const reader = {
  ...{ options, layout: layoutOf(HEAD, options) },
  ...{ workspaceId: 1, suppliers: new Map<string, number>() },
};
const read = (...cells: readonly string[]) =>
  toDraft(reader, { line: 2, cells: ['2024-06-30', ...cells] }).input.items;

it('a gas or refrigerant that is named needs no factor, and is the mass let out', () => {
  assert.deepEqual(read('R-410A', '2.5', ''), [
    {
      inputs: { released: { value: '2.5', unit: 'kg' } },
      factor: { kind: 'gas', gas: 'R-410A' },
    },
  ]);
});

it('a gas beside a factor is refused, for either could be meant', () => {
  assert.throws(() => read('R-410A', '2.5', 'defra@2020/x'), {
    code: 'FACTOR_AMBIGUOUS',
    message: /defra@2020\/x and R-410A/,
  });
  assert.throws(() => read('', '2.5', ''), {
    code: 'INPUT_MISSING',
    message: /a factor id, a gas/,
  });
});

it('emissions that are reported say by whom and under which potentials, and have no factor', () => {
  const columns = ['Day', 't', 'Report', 'Set', 'Factor'];
  const reported = importOptionsShape.parse({
    mapping: { Day: 'date', t: 'quantity', Report: 'reportedBy', Set: 'gwpSet', Factor: 'factor' },
    defaults: { method: 'reported', category: '15', unit: 't' },
    ...{ decimal: 'point', dates: 'iso' },
  });
  const rows = { ...reader, options: reported, layout: layoutOf(columns, reported) };
  const items = (...cells: readonly string[]) =>
    toDraft(rows, { line: 2, cells: ['2024-06-30', '7', ...cells] }).input.items;
  assert.deepEqual(items('Report 2024', 'AR5', ''), [
    {
      inputs: { total: { value: '7', unit: 't' } },
      factor: { kind: 'reported', gwpSet: 'AR5', source: 'Report 2024' },
    },
  ]);
  for (const set of ['', 'AR7']) {
    assert.throws(() => items('Report 2024', set, ''), { code: 'INPUT_MISSING', message: /AR4/ });
  }
  assert.throws(() => items('Report 2024', 'AR5', 'defra@2020/x'), { code: 'FACTOR_AMBIGUOUS' });
});

it('an exchange rate comes with its source and its day, from columns or for all rows', () => {
  const columns = ['Day', 'Paid', 'Rate', 'Of'];
  const spend = importOptionsShape.parse({
    mapping: { Day: 'date', Paid: 'input:spend', Rate: 'input:exchange', Of: 'date:exchange' },
    defaults: {
      ...{ method: 'spend', category: '1', factor: 'epa-supply-chain@1.3/541511' },
      ...{ 'unit:spend': 'GBP:2022', 'unit:exchange': 'USD:2022/GBP:2022' },
      'source:exchange': 'Bank of England',
    },
    ...{ decimal: 'point', dates: 'dmy' },
  });
  const layout = layoutOf(columns, spend);
  const rows = { ...reader, options: spend, layout };
  const inputs = (...cells: readonly string[]) =>
    toDraft(rows, { line: 2, cells: ['30.06.2022', '100', ...cells] }).input.items[0]?.inputs;
  assert.deepEqual(inputs('1.24', '28.06.2022'), {
    spend: { value: '100', unit: 'GBP:2022' },
    exchange: {
      ...{ value: '1.24', unit: 'USD:2022/GBP:2022' },
      ...{ source: 'Bank of England', date: '2022-06-28' },
    },
  });
  assert.deepEqual(inputs('', ''), { spend: { value: '100', unit: 'GBP:2022' } });
  assert.throws(() => inputs('1.24', ''), {
    code: 'INPUT_MISSING',
    message: /inputs.exchange.date/,
  });
  assert.throws(() => inputs('1.24', 'June'), {
    code: 'ACTIVITY_DATE_INVALID',
    message: /date:exchange/,
  });
});

const OWN_HEAD = ['Day', 'kWh', 'Name', 'Document', 'CO2', 'CH4', 'CO2e', 'Plus minus', 'Factor'];
const ownOptions = importOptionsShape.parse({
  mapping: {
    ...{ Day: 'date', kWh: 'quantity', Name: 'factorName', Document: 'factorSource' },
    ...{ CO2: 'factor:CO2', CH4: 'factor:CH4', CO2e: 'factor:CO2e' },
    ...{ 'Plus minus': 'factorUncertainty', Factor: 'factor' },
  },
  defaults: {
    ...{ method: 'stationary-combustion', unit: 'kWh', factorUnit: 'kWh', factorMass: 'g' },
  },
  ...{ decimal: 'comma', dates: 'iso' },
});
const ownReader = {
  ...{ ...reader, options: ownOptions, layout: layoutOf(OWN_HEAD, ownOptions) },
};
const factorIn = (...cells: readonly string[]) =>
  toDraft(ownReader, { line: 2, cells: ['2024-06-30', '100', ...cells] }).input.items[0]?.factor;

it('a factor that the row states has its source, its unit, and a mass of each gas that is given', () => {
  const named = { name: 'Biogas', source: 'Label 2024', unit: 'kWh' };
  const mass = (gas: string, value: string) => ({ gas, value, massUnit: 'g' });
  assert.deepEqual(factorIn('Biogas', 'Label 2024', '1.200,5', '0', '', '', ''), {
    kind: 'own',
    factor: { ...named, gases: [mass('CO2', '1200.5'), mass('CH4', '0')] },
  });
  assert.deepEqual(factorIn('Biogas', 'Label 2024', '7', '', '', '2,5', ''), {
    kind: 'own',
    factor: { ...named, gases: [mass('CO2', '7')], uncertaintyPercent: '2.5' },
  });
});

it('a factor that the row states is refused with what it lacks', () => {
  const lacks = (field: RegExp, ...cells: readonly string[]) => {
    assert.throws(() => factorIn(...cells), { code: 'INPUT_MISSING', message: field });
  };
  lacks(/factorSource/, 'Biogas', '', '7', '', '', '', '');
  lacks(/factorName/, '', 'Label 2024', '7', '', '', '', '');
  lacks(/factor:<gas>/, 'Biogas', 'Label 2024', '', '', '', '', '');
  // CO2e is of a set of potentials, which is never guessed.
  lacks(/gwpSet/, 'Biogas', 'Label 2024', '', '', '7', '', '');
  assert.throws(() => factorIn('Biogas', 'Label 2024', 'some', '', '', '', ''), {
    code: 'QUANTITY_INVALID',
    message: /factor:CO2/,
  });
  assert.throws(() => factorIn('Biogas', 'Label 2024', '7', '', '', '', 'defra@2020/x'), {
    code: 'FACTOR_AMBIGUOUS',
    message: /defra@2020\/x and Biogas/,
  });
  assert.throws(() => factorIn('', '', '7', '', '', '', 'defra@2020/x'), {
    code: 'FACTOR_AMBIGUOUS',
    message: /factor:CO2/,
  });
});

it('a factor of a set takes an uncertainty with the document that it is from', () => {
  assert.deepEqual(factorIn('', 'Report 12', '', '', '', '5', 'defra@2020/x'), {
    ...{ kind: 'id', id: 'defra@2020/x', uncertainty: { percent: '5', source: 'Report 12' } },
  });
  assert.throws(() => factorIn('', '', '', '', '', '5', 'defra@2020/x'), {
    code: 'INPUT_MISSING',
    message: /factorSource/,
  });
});

it('a line of totals among columns of months becomes no activity', () => {
  const ofMonths = importOptionsShape.parse({
    mapping: { Site: 'site', 'Jan 2024': 'month' },
    defaults: { method: 'stationary-combustion', unit: 'L', factor: 'defra@2020/x' },
    ...{ decimal: 'point', dates: 'iso' },
  });
  const layout = layoutOf(['Site', 'Jan 2024'], ofMonths);
  const [month] = layout.months;
  assert.ok(month);
  const draftOf = (site: string) =>
    toDraft({ ...reader, options: ofMonths, layout }, { line: 3, cells: [site, '7'], month });
  assert.equal(draftOf('Kiel').input.site, 'Kiel');
  assert.throws(() => draftOf('Total'), { code: 'ROW_IS_TOTAL' });
});
