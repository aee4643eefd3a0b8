import assert from 'node:assert/strict';
import { it } from 'node:test';
import { layoutOf } from './layout.ts';
import { importOptionsShape } from './options.ts';
import { assertNoTotal } from './totalRows.ts';

const HEAD = ['Site', 'Jan 2024', 'Feb 2024'];
const options = importOptionsShape.parse({
  mapping: { Site: 'site', 'Jan 2024': 'month', 'Feb 2024': 'month' },
  ...{ defaults: { method: 'm' }, decimal: 'point', dates: 'iso' },
});
const ofMonths = layoutOf(HEAD, options);
const judge = (layout: typeof ofMonths, ...cells: readonly string[]) =>
  assertNoTotal(layout, { line: 9, cells });

it('a line of totals beside columns of months is refused, in each language whose months are read', () => {
  for (const name of [
    ...['Total', 'TOTALS', 'Grand total', 'Sub-total', 'Subtotal:', 'Total (kWh)', 'Total 2024'],
    ...['Kiel Total', 'Summe', 'Gesamtsumme', 'Zwischensumme', 'Gesamt', 'Gesamtergebnis'],
    ...['Sous-total', 'Total général', 'Somme', 'Totaal', 'Totale', 'Total geral', 'Suma'],
  ]) {
    const refusal = { code: 'ROW_IS_TOTAL', message: /site = / };
    assert.throws(() => judge(ofMonths, name, '4', '6'), refusal, name);
  }
  assert.throws(() => judge(ofMonths, '', 'Total', '6'), { code: 'ROW_IS_TOTAL' });
});

it('a site is no total by a part of its name, nor is a figure, nor a line that has a day', () => {
  for (const name of [
    'TotalEnergies Antwerp',
    'Total Energies',
    'Summerhill',
    'Sumo Hall',
    '4',
    '',
  ]) {
    judge(ofMonths, name, '4', '6');
  }
  const mapping = { Day: 'date', Site: 'site', Litres: 'quantity' };
  const ofDays = layoutOf(Object.keys(mapping), { ...options, mapping });
  judge(ofDays, '', 'Total', '4');
});
