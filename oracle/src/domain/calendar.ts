const SECONDS_PER_DAY = 86_400;

/** Length of the periods in which a project's energy is batched. */
export type PeriodKind = 'month' | 'day';

/** (start, end], Unix seconds: a window that closes exactly at `end` belongs to the period. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** Calendar year of a time (Unix seconds) in a fixed offset, minutes east of UTC. */
export function yearOf(at: number, utcOffsetMinutes: number): number {
  return localDate(at, utcOffsetMinutes).getUTCFullYear();
}

/**
 * Vintage of energy measured up to `closedAt`. Readings are stamped at the end of their interval, so
 * midnight on New Year's Day still belongs to the old year (SPEC section 6).
 */
export function vintageOf(closedAt: number, utcOffsetMinutes: number): number {
  return yearOf(closedAt - 1, utcOffsetMinutes);
}

/** When a vintage ends: the first second of the next year in the project's offset. */
export function endOfVintage(vintage: number, utcOffsetMinutes: number): number {
  return toUnix(Date.UTC(vintage + 1, 0, 1), utcOffsetMinutes);
}

/** The period in which a window that closes at `closedAt` belongs. */
export function periodOf(closedAt: number, kind: PeriodKind, utcOffsetMinutes: number): Period {
  const local = localDate(closedAt - 1, utcOffsetMinutes);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const [start, end] =
    kind === 'month'
      ? [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)]
      : [Date.UTC(year, month, day), Date.UTC(year, month, day + 1)];
  return { start: toUnix(start, utcOffsetMinutes), end: toUnix(end, utcOffsetMinutes) };
}

/** Start of the hour, day or month in the project's offset that the interval ending at `at` lies in. */
export function bucketStart(
  at: number,
  bucket: 'hour' | PeriodKind,
  utcOffsetMinutes: number,
): number {
  if (bucket !== 'hour') return periodOf(at, bucket, utcOffsetMinutes).start;
  const local = at - 1 + utcOffsetMinutes * 60;
  return local - (((local % 3600) + 3600) % 3600) - utcOffsetMinutes * 60;
}

/** The first day or month that begins at a time or after it. */
export function nextStart(at: number, kind: PeriodKind, utcOffsetMinutes: number): number {
  return periodOf(at, kind, utcOffsetMinutes).end;
}

/** When a day (`YYYY-MM-DD`) begins in a project's offset. */
export function startOfDay(day: string, utcOffsetMinutes: number): number {
  return toUnix(Date.parse(day), utcOffsetMinutes);
}

/** The first second after a day (`YYYY-MM-DD`) in a project's offset. */
export function endOfDay(day: string, utcOffsetMinutes: number): number {
  return startOfDay(day, utcOffsetMinutes) + SECONDS_PER_DAY;
}

function localDate(at: number, utcOffsetMinutes: number): Date {
  return new Date((at + utcOffsetMinutes * 60) * 1000);
}

function toUnix(localMilliseconds: number, utcOffsetMinutes: number): number {
  return localMilliseconds / 1000 - utcOffsetMinutes * 60;
}
