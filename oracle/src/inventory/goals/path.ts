import { TonneError } from '@truetonne/protocol';
import { integerToDecimal } from '../../accounting/index.ts';

/** One million parts are the whole. */
export const WHOLE_PPM = 1_000_000n;

/**
 * Least linear annual reduction of a target that limits warming to 1.5 °C, in parts per million of the
 * base year: 4.2 %. SBTi, Corporate Near-term Criteria, version 5.2 (2024), C18 and annex on the Absolute
 * Contraction Approach; Foundations of Science-based Target Setting, version 1.0 (2019), section 3.
 */
export const SBTI_ANNUAL_PPM = 42_000n;

export interface Target {
  readonly path: 'linear' | 'sbti-1.5';
  readonly baseYear: number;
  readonly targetYear: number;
  /** Parts per million of the base year, by the target year. */
  readonly reductionPpm: bigint;
}

/**
 * Largest threshold of a target that limits warming to 1.5 °C: what moves the base year by 5 % or more has
 * to be recalculated. SBTi, Corporate Near-term Criteria, C27 (triggered target recalculation).
 */
export const SBTI_THRESHOLD_PPM = 50_000n;

/** `42.5` percent is 425,000 parts per million. Throws GOAL_INVALID. */
export function parsePercent(text: string, field: 'reductionPercent' | 'thresholdPercent'): bigint {
  const [, whole = '', part = ''] = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(text) ?? [];
  const ppm = BigInt(whole === '' ? 0 : whole) * 10_000n + BigInt(part.padEnd(4, '0'));
  if (ppm > 0n && ppm <= WHOLE_PPM) return ppm;
  throw invalid(field, text, 'more than 0, at most 100, such as 42 or 42.5');
}

/** Parts per million as percent, exact. */
export function formatPercent(ppm: bigint): string {
  return integerToDecimal(ppm, 4);
}

/** Throws GOAL_INVALID when the years or the reduction make no such target. */
export function assertTarget({ path, baseYear, targetYear, reductionPpm }: Target): void {
  const years = targetYear - baseYear;
  if (years < 1 || years > 60) {
    throw invalid('targetYear', String(targetYear), `1 to 60 years after ${baseYear}`);
  }
  const least = SBTI_ANNUAL_PPM * BigInt(years);
  const needed = least > WHOLE_PPM ? WHOLE_PPM : least;
  if (path !== 'sbti-1.5' || reductionPpm >= needed) return;
  const expected = `at least ${formatPercent(needed)} (4.2 % a year over ${years} years)`;
  throw invalid('reductionPercent', formatPercent(reductionPpm), expected);
}

/** Throws GOAL_INVALID when a path does not take a base that moves so far. */
export function assertThreshold(path: Target['path'], thresholdPpm: bigint): void {
  if (path !== 'sbti-1.5' || thresholdPpm <= SBTI_THRESHOLD_PPM) return;
  const expected = `at most ${formatPercent(SBTI_THRESHOLD_PPM)}, for a 1.5 °C target`;
  throw invalid('thresholdPercent', formatPercent(thresholdPpm), expected);
}

/**
 * What the path allows in a year, as a share of the base year: numerator and denominator. Both paths are
 * straight lines from the base year to the target; before and after they are level.
 */
export function shareAt(
  { baseYear, targetYear, reductionPpm }: Target,
  year: number,
): { readonly n: bigint; readonly d: bigint } {
  const years = BigInt(targetYear - baseYear);
  const passed = BigInt(Math.min(Math.max(year, baseYear), targetYear) - baseYear);
  return { n: WHOLE_PPM * years - reductionPpm * passed, d: WHOLE_PPM * years };
}

/** Rounded down: a path never allows more than it says. */
export function allowedDown(baseNg: bigint, target: Target, year: number): bigint {
  const { n, d } = shareAt(target, year);
  return (baseNg * n) / d;
}

function invalid(field: string, value: string, expected: string): TonneError {
  return new TonneError('GOAL_INVALID', { field, value, expected });
}
