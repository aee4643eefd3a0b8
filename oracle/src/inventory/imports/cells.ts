import { TonneError } from '@truetonne/protocol';
import { LANGUAGE_NAMES, MONTH_BY_NAME, withoutMarks } from './monthNames.ts';
import type { ImportOptions } from './options.ts';

/** With thousands apart by one sign throughout, with lakhs as India writes them, or without. */
const NUMBERS = {
  point: /^[+-]?(\d{1,3}([, '’])\d{3}(\2\d{3})*|\d{1,2}(,\d{2})+,\d{3}|\d+)(\.\d+)?(e[+-]?\d+)?$/i,
  comma: /^[+-]?(\d{1,3}([. '’])\d{3}(\2\d{3})*|\d+)(,\d+)?(e[+-]?\d+)?$/i,
} as const;

/** Decimal text as the engine takes it. Throws QUANTITY_INVALID. */
export function parseNumber(
  text: string,
  decimal: ImportOptions['decimal'],
  field: string,
): string {
  const bare = text.replace(/\p{Zs}/gu, ' ').trim();
  if (NUMBERS[decimal].test(bare)) {
    const [thousands, sign] = decimal === 'point' ? [/[, '’]/g, '.'] : [/[. '’]/g, ','];
    return bare.replace(thousands, '').replace(sign, '.');
  }
  const expected = decimal === 'point' ? 'a number such as 1,234.5' : 'a number such as 1.234,5';
  throw new TonneError('QUANTITY_INVALID', { field, value: text.slice(0, 60), expected });
}

/** What programs write behind a day; the activity is of the day. */
const TIME = '(?:[T ]\\d{1,2}:\\d{2}.*)?';

/** A year that stands first is followed by its month, whatever stands between. */
const DAYS = {
  iso: new RegExp(`^(?<year>\\d{4})[./-](?<month>\\d{1,2})[./-](?<day>\\d{1,2})${TIME}$`),
  dmy: new RegExp(`^(?<day>\\d{1,2})[./-](?<month>\\d{1,2})[./-](?<year>\\d{4})${TIME}$`),
  mdy: new RegExp(`^(?<month>\\d{1,2})[./-](?<day>\\d{1,2})[./-](?<year>\\d{4})${TIME}$`),
} as const;

const NAME = `(?<name>${[...MONTH_BY_NAME.keys()].join('|')})`;
/** `30. Juni`, `févr. 2024`, `30 de junio de 2024`. */
const BETWEEN = '(?:\\.?[ -]| de )';

/** Read in any order of days. A year of two digits beside a month's name alone could be a day. */
const UNAMBIGUOUS = [
  DAYS.iso,
  /^(?<year>\d{4})-(?<month>\d{1,2})$/,
  /^(?<month>\d{1,2})[./-](?<year>\d{4})$/,
  new RegExp(`^${NAME}${BETWEEN}(?<year>\\d{4})$`, 'i'),
  new RegExp(`^${NAME}\\.? (?<day>\\d{1,2}),? (?<year>\\d{4})$`, 'i'),
  new RegExp(`^(?<day>\\d{1,2})${BETWEEN}${NAME}${BETWEEN}(?<year>\\d{4}|\\d{2})$`, 'i'),
];

/** How a column is named after a month. There, a number of two digits behind the name is no day. */
const MONTH_NAMES = [
  /^(?<year>\d{4})-(?<month>\d{1,2})$/,
  /^(?<month>\d{1,2})[./-](?<year>\d{4})$/,
  new RegExp(`^${NAME}(?:\\.?|${BETWEEN}'?(?<year>\\d{4}|\\d{2}))$`, 'i'),
];

/** The month that a column's name is, or the month of the day that it is; `undefined`: it is none. */
export function parseMonth(
  text: string,
  order: ImportOptions['dates'],
): { readonly year: string | undefined; readonly month: string } | undefined {
  for (const form of [DAYS[order], DAYS.iso, ...MONTH_NAMES]) {
    const groups = form.exec(withoutMarks(text))?.groups;
    if (groups === undefined) continue;
    const month = monthOf(groups);
    if (/^(0[1-9]|1[0-2])$/.test(month)) return { year: groups['year']?.padStart(4, '20'), month };
  }
  return undefined;
}

function monthOf({ month, name = '' }: Readonly<Record<string, string | undefined>>): string {
  const number = month ?? String(MONTH_BY_NAME.get(name.toLowerCase()) ?? 0);
  return number.padStart(2, '0');
}

/**
 * `YYYY-MM-DD`, of a month its last day; whether there is such a day, the engine says.
 *
 * @throws TonneError ACTIVITY_DATE_INVALID
 */
export function parseDay(text: string, order: ImportOptions['dates'], field: string): string {
  for (const form of [DAYS[order], ...UNAMBIGUOUS]) {
    const { year, day, ...names } = form.exec(withoutMarks(text))?.groups ?? {};
    if (year === undefined) continue;
    const fullYear = year.padStart(4, '20');
    const month = monthOf(names);
    const last = new Date(Date.UTC(Number(fullYear), Number(month), 0)).getUTCDate();
    return `${fullYear}-${month}-${(day ?? String(last)).padStart(2, '0')}`;
  }
  const full = { iso: '2024-06-30', dmy: '30.06.2024', mdy: '06/30/2024' }[order];
  const names = /\p{L}{3}/u.test(text) ? `; names of months in ${LANGUAGE_NAMES}` : '';
  const expected = `${full}, 30-Jun-2024, or 2024-06 for a month${names}`;
  const value = text === '' ? 'nothing' : text.slice(0, 30);
  throw new TonneError('ACTIVITY_DATE_INVALID', { field, value, expected });
}
