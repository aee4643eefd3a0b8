import { TonneError } from '@truetonne/protocol';
import type { ImportOptions } from './options.ts';

/** With thousands apart, or without. */
const NUMBERS = {
  point: /^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?(e[+-]?\d+)?$/i,
  comma: /^[+-]?(\d{1,3}([. ]\d{3})+|\d+)(,\d+)?(e[+-]?\d+)?$/i,
} as const;

/** Decimal text as the engine takes it. Throws QUANTITY_INVALID. */
export function parseNumber(
  text: string,
  decimal: ImportOptions['decimal'],
  field: string,
): string {
  const bare = text.replaceAll(' ', ' ').trim();
  if (NUMBERS[decimal].test(bare)) {
    return decimal === 'point'
      ? bare.replaceAll(',', '')
      : bare.replace(/[. ]/g, '').replace(',', '.');
  }
  const expected = decimal === 'point' ? 'a number such as 1,234.5' : 'a number such as 1.234,5';
  throw new TonneError('QUANTITY_INVALID', { field, value: text.slice(0, 60), expected });
}

const DAYS = {
  iso: /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(T.*)?$/,
  dmy: /^(?<day>\d{1,2})[./-](?<month>\d{1,2})[./-](?<year>\d{4})$/,
  mdy: /^(?<month>\d{1,2})[./-](?<day>\d{1,2})[./-](?<year>\d{4})$/,
} as const;

/** `YYYY-MM-DD`; whether there is such a day, the engine says. Throws ACTIVITY_DATE_INVALID. */
export function parseDay(text: string, order: ImportOptions['dates']): string {
  const found = DAYS[order].exec(text) ?? DAYS.iso.exec(text);
  const { year, month, day } = found?.groups ?? {};
  if (year !== undefined && month !== undefined && day !== undefined) {
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  }
  const expected = { iso: '2024-06-30', dmy: '30.06.2024', mdy: '06/30/2024' }[order];
  const value = text === '' ? 'nothing' : text.slice(0, 30);
  throw new TonneError('ACTIVITY_DATE_INVALID', { field: 'date', value, expected });
}
