import type { Rules } from './check.ts';

/** What a main meter and its check meter measured over the same day, Wh. */
export interface DailyExchange {
  readonly mainWh: bigint;
  readonly checkWh: bigint;
  /** Accuracy class of the main meter in hundredths of a percent: class 0.5 S is 50. */
  readonly classE2: bigint;
}

/**
 * The two meters differ by as much as they may not: the difference of a day is to be smaller than
 * twice the accuracy class times the day's exchange of the main meter (Meetcode elektriciteit
 * 5.3.9 a).
 */
export function differsFromCheckMeter(
  { mainWh, checkWh, classE2 }: DailyExchange,
  { classes }: NonNullable<Rules['CHECK_METER_MISMATCH']>,
): boolean {
  const difference = mainWh > checkWh ? mainWh - checkWh : checkWh - mainWh;
  if (difference === 0n) return false;
  return difference * 10_000n >= classes * classE2 * mainWh;
}
