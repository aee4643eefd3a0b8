import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { examplesOf, firstOptions, problemOf, withColumn, withDefault } from './columns.ts';

const file = {
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

  it('are read as the last time where the same columns came before', () => {
    const remembered = withColumn(firstOptions(file), 'Litres', 'quantity');
    assert.equal(firstOptions({ ...file, remembered }), remembered);
  });

  it('need a day and a method, and each field once', () => {
    const guessed = firstOptions(file);
    assert.match(problemOf(withColumn(guessed, 'Date', '')) ?? '', /the day/);
    assert.match(problemOf(guessed) ?? '', /method/);
    const sendable = withDefault(guessed, 'method', 'stationary-combustion');
    assert.equal(problemOf(sendable), undefined);
    assert.match(problemOf(withColumn(sendable, 'Litres', 'site')) ?? '', /Two columns are site/);
    assert.match(problemOf(withDefault(sendable, 'method', '')) ?? '', /method/);
  });

  it('show their first values, of which zero is one', () => {
    assert.equal(examplesOf(file, 1), '0');
    assert.equal(examplesOf(file, 2), 'Leeds, York');
  });
});
