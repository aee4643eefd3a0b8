import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findMonths, layoutOf } from './layout.ts';
import { importOptionsShape } from './options.ts';

const layout = (head: readonly string[], mapping: object, defaults: object = {}) =>
  layoutOf(
    head,
    importOptionsShape.parse({
      ...{ mapping, defaults: { method: 'm', ...defaults }, decimal: 'point', dates: 'dmy' },
    }),
  );
const months = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, 'month']));

it('a column that is mapped to its month is read in every way in which sheets name months', () => {
  for (const name of ['Feb 2024', 'february 2024', 'Feb-24', "Feb '24", '2024-02', '02/2024']) {
    const { year, month } = layout([name], months(name)).months[0] ?? {};
    assert.deepEqual([year, month], ['2024', '02'], name);
  }
  // Of a workbook whose heads are days that are shown as months, and of one that is saved as CSV.
  for (const name of ['2024-02-01', '29/02/2024']) {
    assert.equal(layout([name], months(name)).months[0]?.month, '02', name);
  }
  const named = layout(['Sept'], months('Sept'), { year: '2024' }).months[0];
  assert.deepEqual([named?.year, named?.month], [undefined, '09']);
});

it('columns of months that can not be meant are refused by name', () => {
  for (const [head, mapping, defaults, says] of [
    [['Jan', 'Feb'], months('Jan', 'Feb'), {}, /column year.*the year of months/],
    [['Jan 2024'], months('Jan 2024'), { year: '2024' }, /column year.*only beside months/],
    [['Jan 2024', '2024-01'], months('Jan 2024', '2024-01'), {}, /column 2024-01.*each month once/],
    [['Total'], months('Total'), {}, /column Total.*the name of a month/],
    [['2024-13'], months('2024-13'), {}, /column 2024-13.*the name of a month/],
    [['2024-01', 'D'], { D: 'date', ...months('2024-01') }, {}, /column date.*no such field/],
    [['2024-01', 'L'], { L: 'quantity', ...months('2024-01') }, {}, /column quantity.*no such/],
    [['D'], { D: 'date' }, { year: '2024' }, /column year.*only beside months/],
    [['D', 'D'], { D: 'date' }, {}, /column date.*once/],
    [['A'], {}, {}, /column date.*a column or a default/],
  ] as const) {
    const wrong = { code: 'IMPORT_COLUMNS', message: says };
    assert.throws(() => layout(head, mapping, defaults), wrong, head.join());
  }
});

it('months are found in a head line, unless one is there twice or only one is', () => {
  const names = findMonths(['Site', 'Jan-24', 'Feb-24', 'Total']).map(({ name }) => name);
  assert.deepEqual(names, ['Jan-24', 'Feb-24']);
  assert.deepEqual(findMonths(['2024-01-01', '2024-01-02', '2024-02-01']), []);
  assert.deepEqual(findMonths(['Date', 'May']), []);
});
