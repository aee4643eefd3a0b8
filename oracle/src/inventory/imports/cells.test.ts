import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseDay, parseMonth, parseNumber } from './cells.ts';
import { MONTH_BY_NAME } from './monthNames.ts';

it('thousands stand apart by any sign that can not be the decimals', () => {
  const NARROW = '\u202f';
  for (const [decimal, texts] of [
    ['point', ['1,234,567.5', '1 234 567.5', "1'234'567.5", '1’234’567.5', '12,34,567.5']],
    ['comma', ['1.234.567,5', '1 234 567,5', "1'234'567,5", `1${NARROW}234${NARROW}567,5`]],
  ] as const) {
    for (const text of texts) {
      assert.equal(parseNumber(text, decimal, 'quantity'), '1234567.5', text);
    }
  }
});

it('signs that could be decimals, or stand where thousands do not, are refused', () => {
  for (const [decimal, text] of [
    ...([
      ['point', '1.234.567'],
      ['point', '1,234 567'],
      ['point', '12,34'],
      ['point', '1,2345'],
    ] as const),
    ...([
      ['comma', '1,234,567'],
      ['comma', '1.234 567'],
      ['comma', '12.5'],
      ['comma', '1.23.456'],
    ] as const),
    ...([
      ['point', ''],
      ['point', '12 kWh'],
      ['comma', '12 34'],
      ['comma', "1'2"],
    ] as const),
  ]) {
    assert.throws(() => parseNumber(text, decimal, 'quantity'), { code: 'QUANTITY_INVALID' }, text);
  }
});

it('a day is read with the hour that a program wrote behind it, and with its year in front', () => {
  for (const text of [
    '2024-06-30 00:00:00',
    '2024-06-30T23:59:59Z',
    '2024/06/30',
    '2024.6.30 7:05',
  ]) {
    assert.equal(parseDay(text, 'mdy', 'date'), '2024-06-30', text);
  }
  assert.equal(parseDay('30.06.2024 00:00', 'dmy', 'date'), '2024-06-30');
  assert.equal(parseDay('6/30/2024 12:00 AM', 'mdy', 'date'), '2024-06-30');
  assert.throws(() => parseDay('2024-06-30 or later', 'iso', 'date'));
});

it('a month is its last day, however it is written', () => {
  for (const text of ['Feb 2024', 'February 2024', 'feb-2024', '2024-02', '02/2024', '2.2024']) {
    assert.equal(parseDay(text, 'iso', 'date'), '2024-02-29', text);
  }
});

it('a day with the name of its month is read, whatever the order of days in numbers', () => {
  for (const text of ['1-Mar-24', '1 March 2024', '01-mar-2024', 'March 1, 2024', 'Mar. 01 2024']) {
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

it('months are read by their names in seven languages, with and without marks and dots', () => {
  const of: Readonly<Record<string, string>> = {
    ...{ 'Februar 2024': '2024-02-29', '1. März 2024': '2024-03-01', 'Okt 2024': '2024-10-31' },
    ...{ 'févr. 2024': '2024-02-29', '14 août 2024': '2024-08-14', 'AOUT 2024': '2024-08-31' },
    ...{ '30 de junio de 2024': '2024-06-30', 'ene 2024': '2024-01-31' },
    ...{ 'maart 2024': '2024-03-31', '1 mei 2024': '2024-05-01' },
    ...{ 'gennaio 2024': '2024-01-31', '5-lug-24': '2024-07-05' },
    ...{ '1 de março de 2024': '2024-03-01', 'dez. 2024': '2024-12-31' },
  };
  for (const [text, day] of Object.entries(of)) {
    assert.equal(parseDay(text, 'dmy', 'date'), day, text);
  }
  assert.deepEqual(parseMonth('Mär', 'dmy'), { year: undefined, month: '03' });
  assert.deepEqual(parseMonth("sept. '24", 'dmy'), { year: '2024', month: '09' });
  assert.equal(parseMonth('Total', 'dmy'), undefined);
});

it('names of any other language are refused with those that are read', () => {
  for (const text of ['Haziran 2024', '1 czerwca 2024']) {
    assert.throws(() => parseDay(text, 'dmy', 'date'), {
      code: 'ACTIVITY_DATE_INVALID',
      message: /English, German, French, Spanish, Dutch, Italian, Portuguese/,
    });
  }
});

it('every month has a name, and names are three letters or more without marks', () => {
  const months = [...MONTH_BY_NAME.values()];
  assert.deepEqual(
    [...new Set(months)].sort((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  );
  assert.ok([...MONTH_BY_NAME.keys()].every((name) => /^[a-z]{3,}$/.test(name)));
});
