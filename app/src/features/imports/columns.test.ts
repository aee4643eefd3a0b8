import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  examplesOf,
  figuresWithoutUnit,
  fieldOptions,
  firstOptions,
  firstYear,
  ownFactorFields,
  problemOf,
  rateFields,
  reportedFields,
  withColumn,
  withDefault,
  withFactor,
  withMethod,
  withMonths,
} from './columns.ts';

const file = {
  months: [],
  encoding: undefined,
  sheets: ['2023', '2024'],
  sheet: '2024',
  headLine: 4,
  columns: ['Date', 'Litres', 'Site'],
  sample: [
    ['2024-01-31', '', 'Leeds'],
    ['2024-02-29', '0', 'York'],
  ],
  remembered: undefined,
};

describe('the columns of a spreadsheet', () => {
  it('that have a name of ours are guessed, others are left to the person', () => {
    assert.deepEqual(firstOptions(file).mapping, { Date: 'date', Site: 'site' });
  });

  it('are read as the last time where the same columns came before, wherever they are now', () => {
    const remembered = withColumn(firstOptions(file), 'Litres', 'quantity');
    const moved = firstOptions({
      ...file,
      remembered: { ...remembered, headLine: 1, sheet: '2023' },
    });
    assert.deepEqual(moved, remembered);
    assert.deepEqual([moved.headLine, moved.sheet], [4, '2024']);
  });

  it('need a day and a method, and each field once', () => {
    const guessed = firstOptions(file);
    assert.match(problemOf(file, withColumn(guessed, 'Date', '')) ?? '', /the day/);
    assert.match(problemOf(file, guessed) ?? '', /method/);
    const sendable = withDefault(guessed, 'method', 'stationary-combustion');
    assert.equal(problemOf(file, sendable), undefined);
    assert.match(
      problemOf(file, withColumn(sendable, 'Litres', 'site')) ?? '',
      /Two columns are site/,
    );
    assert.match(problemOf(file, withDefault(sendable, 'method', '')) ?? '', /method/);
  });

  it('that are months are figures together, and say their year or ask for it', () => {
    const months = [
      { column: 'Jan', year: undefined, month: '01' },
      { column: 'Feb', year: undefined, month: '02' },
    ];
    const sheet = { ...file, columns: ['Site', 'Jan', 'Feb', 'Litres'], months };
    const read = withDefault(firstOptions(sheet), 'method', 'stationary-combustion');
    assert.deepEqual(read.mapping, { Site: 'site', Jan: 'month', Feb: 'month' });
    assert.match(problemOf(sheet, read) ?? '', /year of the months/);
    const inYear = withDefault(read, 'year', '2024');
    assert.equal(problemOf(sheet, inYear), undefined);
    assert.equal(firstYear(sheet, inYear), '2024');
    assert.equal(problemOf(sheet, withColumn(read, 'Litres', 'year')), undefined);
    const twice = withColumn(inYear, 'Litres', 'quantity');
    assert.match(problemOf(sheet, twice) ?? '', /no other column can be quantity/);
    assert.match(problemOf(sheet, withMonths(read, months, '')) ?? '', /the day/);
    const named = { ...sheet, months: months.map((one) => ({ ...one, year: '2023' })) };
    assert.equal(problemOf(named, read), undefined);
    assert.equal(firstYear(named, read), '2023');
  });

  it('are in what the factor is per, where nothing else is said', () => {
    const options = firstOptions(file);
    assert.equal(withFactor(options, 'a', 'L').defaults['unit'], 'L');
    assert.equal(
      withFactor(withDefault(options, 'unit', 'gal_us'), 'a', 'L').defaults['unit'],
      'gal_us',
    );
    const named = withColumn(options, 'Litres', 'unit');
    assert.equal(withFactor(named, 'a', 'L').defaults['unit'], undefined);
  });

  it('name a part where the method has several, and none where it has one', () => {
    const named = (name: string) => ({ name, formula: name, inputs: [] });
    const method = {
      id: 'm',
      title: 'M',
      cites: '',
      bases: undefined,
      uses: [],
      parts: [named('fuel')],
    };
    const two = { ...method, parts: [named('fuel'), named('distance')] };
    const chosen = withMethod(firstOptions(file), 'm', two);
    assert.deepEqual(chosen.defaults, { method: 'm', part: 'fuel' });
    assert.deepEqual(withMethod(chosen, 'm', method).defaults, { method: 'm' });
    const uses = [{ scope: '2-location', categories: ['electricity', 'heat'] }];
    const energy = { ...method, id: 'purchased-energy', uses };
    assert.deepEqual(withMethod(chosen, energy.id, energy).defaults, {
      ...{ method: 'purchased-energy', category: 'electricity', residual: 'none-published' },
    });
  });

  it('say of emissions that are reported by whom and under which potentials, and no factor', () => {
    const parts = [{ name: 'p', formula: 'total', inputs: [] }];
    const said = { id: 'reported', title: 'R', cites: '', bases: undefined, uses: [], parts };
    const before = withDefault(firstOptions(file), 'factor', 'defra@2024/gas');
    const options = withMethod(before, said.id, said);
    assert.deepEqual(options.defaults, { method: 'reported' });
    const fields = (one: ReturnType<typeof firstOptions>) =>
      reportedFields(one, said).map(({ field }) => field);
    assert.deepEqual(fields(options), ['reportedBy', 'gwpSet']);
    assert.deepEqual(fields(withColumn(options, 'Site', 'reportedBy')), ['gwpSet']);
    assert.deepEqual(reportedFields(options, { ...said, id: 'waste' }), []);
    const given = withDefault(options, 'gwpSet', 'AR5');
    assert.deepEqual(withMethod(given, 'm', { ...said, id: 'm' }).defaults, { method: 'm' });
  });

  it('say of a factor that the sheet states what no column says, and keep it under another method', () => {
    const fields = (one: ReturnType<typeof firstOptions>) =>
      ownFactorFields(one).map(({ field }) => field);
    const options = firstOptions(file);
    assert.deepEqual(fields(options), []);
    const own = withColumn(options, 'Site', 'factor:CO2');
    const hfc = { name: 'HFC134a', otherNames: ['R-134a'], components: [] };
    const rest = ['factorName', 'factorSource', 'factorUnit', 'factorMass'];
    assert.deepEqual(fields(own), rest);
    assert.deepEqual(fields(withColumn(own, 'Litres', 'factorUnit')), [
      ...['factorName', 'factorSource', 'factorMass'],
    ]);
    assert.deepEqual(fields(withColumn(options, 'Site', 'factor:CO2e')), [...rest, 'gwpSet']);
    const given = withDefault(own, 'factor:CH4', '0');
    assert.deepEqual(withMethod(given, 'm').defaults, { 'factor:CH4': '0', method: 'm' });
    const offered = fieldOptions([], [hfc]).map(({ value }) => value);
    for (const field of ['factor:CO2e', 'factor:HFC134a', ...rest])
      assert.ok(offered.includes(field), field);
  });

  it('say of an exchange rate what no column says: the rate, then where it is from', () => {
    const rate = { name: 'exchange', label: 'rate', kind: 'quantity', optional: true } as const;
    const inputs = [{ ...rate, dimension: undefined, sourced: true }];
    const parts = [{ name: 'p', formula: 'exchange', inputs }];
    const said = { id: 'm', title: 'M', cites: '', bases: undefined, uses: [], parts };
    const fields = (options: ReturnType<typeof firstOptions>) =>
      rateFields(options, said).map(({ field }) => field);
    const options = firstOptions(file);
    assert.deepEqual(fields(options), ['input:exchange']);
    const given = withDefault(options, 'input:exchange', '1.24');
    const published = ['unit:exchange', 'source:exchange', 'date:exchange'];
    assert.deepEqual(fields(given), ['input:exchange', ...published]);
    const columns = withColumn(options, 'Litres', 'input:exchange');
    assert.deepEqual(fields(columns), published);
    assert.deepEqual(figuresWithoutUnit(columns, said), []);
    const offered = fieldOptions([said], []).map(({ value }) => value);
    assert.ok(published.every((field) => offered.includes(field)));
    assert.deepEqual(rateFields(options, undefined), []);
    assert.equal(withMethod(given, 'm', said).defaults['input:exchange'], '1.24');
    assert.deepEqual(withMethod(given, 'n', { ...said, parts: [] }).defaults, { method: 'n' });
  });

  it('that are figures ask for a unit, where no column is it', () => {
    const figures = withColumn(firstOptions(file), 'Litres', 'input:distance');
    const input = {
      name: 'distance',
      label: 'distance',
      kind: 'quantity',
      optional: false,
      sourced: false,
    } as const;
    const parts = [{ name: 'p', formula: 'distance', inputs: [{ ...input, dimension: 'length' }] }];
    const method = { id: 'm', title: 'M', cites: '', bases: undefined, uses: [], parts };
    const names = (options: typeof figures) =>
      figuresWithoutUnit(options, method).map(({ name }) => name);
    assert.deepEqual(names(figures), ['distance']);
    assert.deepEqual(names(withColumn(figures, 'Site', 'unit:distance')), []);
  });

  it('say the year whose factors are offered, once one is the day', () => {
    assert.equal(firstYear(file, firstOptions(file)), '2024');
    assert.equal(firstYear(file, withColumn(firstOptions(file), 'Date', '')), '');
    const other = { ...file, sample: [['31/12/2023', '', '']] };
    assert.equal(firstYear(other, firstOptions(other)), '2023');
  });

  it('show their first values, of which zero is one', () => {
    assert.equal(examplesOf(file, 1), '0');
    assert.equal(examplesOf(file, 2), 'Leeds, York');
  });
});
