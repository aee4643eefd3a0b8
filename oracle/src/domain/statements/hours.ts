import { bucketStart } from '../calendar.ts';

const SECONDS_PER_HOUR = 3_600;

/** Where windows of a device lie: (openedAt, closedAt], Unix seconds. */
export interface MeasuredRange {
  readonly deviceNumber: number;
  readonly openedAt: number;
  readonly closedAt: number;
}

/** Hours of a device that begin in [from, until), Unix seconds. */
export interface HourSpan {
  readonly deviceNumber: number;
  readonly from: number;
  readonly until: number;
}

/**
 * The hours of ranges, for which energy is summed up: an hour in which one range ends and the next
 * begins is of the first, so that each is in one. `ranges` are device by device in the order of time.
 */
export function toHourSpans(
  ranges: readonly MeasuredRange[],
  utcOffsetMinutes: number,
): readonly HourSpan[] {
  const ends = new Map<number, number>();
  return ranges.map(({ deviceNumber, openedAt, closedAt }) => {
    const from = Math.max(
      bucketStart(openedAt + 1, 'hour', utcOffsetMinutes),
      ends.get(deviceNumber) ?? 0,
    );
    const until = endOfHour(closedAt, utcOffsetMinutes);
    ends.set(deviceNumber, until);
    return { deviceNumber, from, until };
  });
}

/** What of spans lies in [from, until). */
export function clip(
  spans: readonly HourSpan[],
  { from, until }: { readonly from: number; readonly until: number },
): readonly HourSpan[] {
  return spans
    .map((span) => ({
      ...span,
      from: Math.max(span.from, from),
      until: Math.min(span.until, until),
    }))
    .filter((span) => span.from < span.until);
}

/** The end of the hour that a time lies in, a full hour being the end of the one before. */
export function endOfHour(at: number, utcOffsetMinutes: number): number {
  return bucketStart(at, 'hour', utcOffsetMinutes) + SECONDS_PER_HOUR;
}
