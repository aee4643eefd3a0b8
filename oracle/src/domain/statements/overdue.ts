import { endOfDay } from '../calendar.ts';
import type { Calibration } from './statement.ts';

/** Time in which a meter was used beyond its calibration: (from, until], Unix seconds. */
export interface OverdueSpan {
  readonly from: number;
  /** `undefined`: no calibration since. */
  readonly until: number | undefined;
  /** By which what was measured then is lowered, parts of 100,000,000. */
  readonly errorE8: number;
}

/**
 * When the calibration of a meter was overdue, from what stands: between the day on which it was due
 * and the end of the day on which it was done. It is the maximum permissible error of the meter, or
 * the error that the late calibration found where that is larger, that applies to all values measured
 * then (VVS-PA 03.0, paragraphs 366-368; 02.0, paragraph 369 a and b).
 */
export function findOverdueSpans(
  standing: readonly Calibration[],
  utcOffsetMinutes: number,
): readonly OverdueSpan[] {
  const inOrder = [...standing].sort((a, b) => (a.calibratedOn < b.calibratedOn ? -1 : 1));
  return inOrder.flatMap(({ validUntil, permissibleErrorE8 }, index) => {
    const next = inOrder[index + 1];
    if (next !== undefined && next.calibratedOn <= validUntil) return [];
    return [
      {
        from: endOfDay(validUntil, utcOffsetMinutes),
        until: next && endOfDay(next.calibratedOn, utcOffsetMinutes),
        errorE8: Math.max(permissibleErrorE8, next?.foundErrorE8 ?? 0),
      },
    ];
  });
}
