import { TonneError } from '@truetonne/protocol';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Years of dates that were read; an inventory has few dates and many lines. */
const years = new Map<string, number>();
const MAX_YEARS = 10_000;

/** Throws ACTIVITY_DATE_INVALID for a day that is not in the calendar. */
export function yearOf(date: string): number {
  const known = years.get(date);
  if (known !== undefined) return known;
  const year = readYear(date, 'date');
  if (years.size < MAX_YEARS) years.set(date, year);
  return year;
}

/** Throws ACTIVITY_DATE_INVALID for what is no day of the calendar. */
export function assertDay(text: string, field: string): void {
  readYear(text, field);
}

function readYear(date: string, field: string): number {
  const [, year = '', month = '', day = ''] = DAY.exec(date) ?? [];
  const days = [31, isLeap(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const most = days[Number(month) - 1] ?? 0;
  if (year !== '' && Number(day) >= 1 && Number(day) <= most) return Number(year);
  throw new TonneError('ACTIVITY_DATE_INVALID', {
    field,
    value: date === '' ? 'nothing' : date.slice(0, 30),
    expected: 'a day such as 2024-06-30',
  });
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
