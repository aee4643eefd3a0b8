import { TonneError } from '@truetonne/protocol';
import type { FileRow } from '../../csv/csvRows.ts';
import { parseMonth } from './cells.ts';
import type { ImportOptions } from './options.ts';

/** A column that holds, of each row, the figure of one month. */
export interface MonthColumn {
  readonly index: number;
  readonly name: string;
  /** Four digits; absent where the name has none: the row says it in field `year`. */
  readonly year: string | undefined;
  /** `01` to `12`. */
  readonly month: string;
}

/** What a file's columns hold. */
export interface Layout {
  /** By column, the field it holds; `undefined`: it is left out. */
  readonly fields: readonly (string | undefined)[];
  /** None in a sheet with a row for each figure. */
  readonly months: readonly MonthColumn[];
}

/** What becomes one activity: a row, or a cell of a row with a column for each month. */
export interface Figure extends FileRow {
  readonly month?: MonthColumn;
}

/** Throws IMPORT_COLUMNS with the column that is missing, there twice, or not what it is said to be. */
export function layoutOf(head: readonly string[], options: ImportOptions): Layout {
  const { mapping, defaults, dates } = options;
  const fields = head.map((name) => mapping[name]);
  const refuse = (column: string, expected: string): never => {
    const value = head.join(' | ').slice(0, 200);
    throw new TonneError('IMPORT_COLUMNS', { field: `column ${column}`, value, expected });
  };
  const months = head.flatMap((name, index) => {
    if (fields[index] !== 'month') return [];
    const found = parseMonth(name, dates) ?? refuse(name, 'the name of a month, such as Jan 2024');
    return [{ index, name, ...found }];
  });
  const has = (name: string): boolean => fields.includes(name) || defaults[name] !== undefined;
  for (const name of months.length === 0 ? ['date', 'method'] : ['method']) {
    if (!has(name)) refuse(name, 'a column or a default');
  }
  const twice = fields.find(
    (name, index) => name !== undefined && name !== 'month' && fields.indexOf(name) !== index,
  );
  if (twice !== undefined) refuse(twice, 'once');
  const unknown = Object.keys(mapping).find((name) => !head.includes(name));
  if (unknown !== undefined) refuse(unknown, 'a column');
  assertMonths(months, has, refuse);
  return { fields, months };
}

/** A figure has one day and one amount: columns of months say both. */
function assertMonths(
  months: readonly MonthColumn[],
  has: (field: string) => boolean,
  refuse: (column: string, expected: string) => never,
): void {
  const monthOf = ({ year = '', month }: MonthColumn) => `${year}-${month}`;
  const all = months.map(monthOf);
  const again = months.find((one, index) => all.indexOf(monthOf(one)) !== index);
  if (again !== undefined) refuse(again.name, 'each month once');
  const isYearNeeded = months.some(({ year }) => year === undefined);
  if (isYearNeeded && !has('year')) refuse('year', 'the year of months that name none');
  if (!isYearNeeded && has('year')) refuse('year', 'only beside months that name no year');
  if (months.length === 0) return;
  for (const name of ['date', 'quantity']) {
    if (has(name)) refuse(name, 'no such field beside columns of months');
  }
}

/** Columns that are named by months, each by another one; none where they may be something else. */
export function findMonths(head: readonly string[]): readonly MonthColumn[] {
  const months = head.flatMap((name, index) => {
    const found = parseMonth(name, 'iso');
    return found === undefined ? [] : [{ index, name, ...found }];
  });
  const different = new Set(months.map(({ year = '', month }) => `${year}-${month}`));
  return months.length > 1 && different.size === months.length ? months : [];
}

export function figuresOf({ months }: Layout, row: FileRow): readonly Figure[] {
  return months.length === 0 ? [row] : months.map((month) => ({ ...row, month }));
}
