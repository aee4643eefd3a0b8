import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseDay } from './cells.ts';

it('a month is its last day, however it is written', () => {
  for (const text of ['Feb 2024', 'February 2024', 'feb-2024', '2024-02', '02/2024', '2.2024']) {
    assert.equal(parseDay(text, 'iso', 'date'), '2024-02-29', text);
  }
});

it('a day with the name of its month is read, whatever the order of days in numbers', () => {
  for (const text of ['1-Mar-24', '1 March 2024', '01-mar-2024']) {
    assert.equal(parseDay(text, 'mdy', 'date'), '2024-03-01', text);
  }
});

it('what could be two days is refused, and the message says what to write', () => {
  for (const text of ['03/04/24', 'Mar-24', '1-Foo-24', '']) {
    assert.throws(() => parseDay(text, 'dmy', 'date'), {
      code: 'ACTIVITY_DATE_INVALID',
      message: /30\.06\.2024, 30-Jun-2024, or 2024-06 for a month/,
    });
  }
});
