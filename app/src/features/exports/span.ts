import type { Checked } from '../../forms/index.ts';

const SECONDS_PER_DAY = 86_400;

/** Unix seconds at which a UTC day "YYYY-MM-DD" begins; undefined while it is being typed. */
function startOf(day: string): number | undefined {
  const milliseconds = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

/** Whole days of UTC, the last one included, as [from, to) in Unix seconds. */
export function checkSpan(
  first: string,
  last: string,
): Checked<{ readonly from: number; readonly to: number }> {
  const [from, lastStart] = [startOf(first), startOf(last)];
  if (from === undefined || lastStart === undefined) {
    return { ok: false, problem: 'Enter both days.' };
  }
  if (lastStart < from) return { ok: false, problem: 'The last day is before the first.' };
  return { ok: true, value: { from, to: lastStart + SECONDS_PER_DAY } };
}
