import { WINDOW_FLAGS, type SealedWindow } from '@truetonne/protocol';
import type { Rules } from './check.ts';

/** The device says that its clock was set, or it closed a window in our future. */
export function isClockOff(
  { header }: SealedWindow,
  receivedAt: number,
  { seconds }: NonNullable<Rules['CLOCK_SKEW']>,
): boolean {
  if ((header.flags & WINDOW_FLAGS.clockAdjusted) !== 0) return true;
  return header.closedAt > receivedAt + seconds;
}
