/**
 * The month, 'YYYY-MM', that a period belongs to: the one in which it ends, on the clock of the
 * project's fixed UTC offset. A period is (start, end], so one that ends at midnight of the 1st
 * belongs to the month before.
 * @param periodEnd unix seconds
 */
export function monthOf(periodEnd: number, utcOffsetMinutes: number): string {
  const local = periodEnd - 1 + utcOffsetMinutes * 60;
  return new Date(local * 1_000).toISOString().slice(0, 7);
}
