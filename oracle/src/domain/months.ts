/** [start, end), Unix seconds. */
export interface Month {
  /** `2025_07`, or `early` for everything before the first month. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What lies before is one month for the store: no meter of this registry measured then. */
const FIRST_MONTH = Date.UTC(2015, 0, 1) / 1000;

/** The calendar month of UTC that a time (Unix seconds) lies in. */
export function toUtcMonth(at: number): Month {
  if (at < FIRST_MONTH) return { name: 'early', start: -Infinity, end: FIRST_MONTH };
  const date = new Date(at * 1000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return {
    name: `${year}_${String(month + 1).padStart(2, '0')}`,
    start: Date.UTC(year, month, 1) / 1000,
    end: Date.UTC(year, month + 1, 1) / 1000,
  };
}
