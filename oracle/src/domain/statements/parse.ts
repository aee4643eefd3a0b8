import { parseRatio, TonneError } from '@truetonne/protocol';
import { endOfDay } from '../calendar.ts';
import { toDecimalText } from '../decimals.ts';
import { standingOf, type Calibration, type Invoice } from './statement.ts';

/** Percent to parts of 100,000,000. */
const E8_PER_PERCENT = 1_000_000n;
const MOST_E8 = 100_000_000n;
const PERCENT_DECIMALS = 6;

/** Throws PERMISSIBLE_ERROR_INVALID unless it is 0 to 100 percent with at most six decimals. */
export function parseErrorPercent(text: string, field: string): number {
  const invalid = new TonneError('PERMISSIBLE_ERROR_INVALID', { field, value: text });
  if (!/^\d{1,3}(\.\d{1,6})?$/.test(text)) throw invalid;
  const { numerator, denominator } = parseRatio(text, field);
  // Exact: the denominator is at most 10^6.
  const errorE8 = (numerator * E8_PER_PERCENT) / denominator;
  if (errorE8 > MOST_E8) throw invalid;
  return Number(errorE8);
}

export function toPercentText(errorE8: number): string {
  return toDecimalText(BigInt(errorE8), PERCENT_DECIMALS);
}

/** Statements of one meter's calibrations that are kept, superseded ones included: one a year, often corrected. */
export const MOST_CALIBRATIONS = 200;

/** The same of a project's invoices: one a day for ten years. */
export const MOST_INVOICES = 4_000;

/** Longer than any interval of calibration of a meter of electricity. */
const LONGEST_VALIDITY_YEARS = 20;

/** Throws VALIDITY_TOO_LONG: who never is overdue never loses anything by it. */
export function assertValidity(calibratedOn: string, validUntil: string): void {
  // Days of four-digit years compare as text.
  const latest = `${Number(calibratedOn.slice(0, 4)) + LONGEST_VALIDITY_YEARS}${calibratedOn.slice(4)}`;
  if (validUntil <= latest) return;
  const details = { field: 'validUntil', value: validUntil, expected: `${latest} or earlier` };
  throw new TonneError('VALIDITY_TOO_LONG', details);
}

function assertRoom(before: readonly unknown[], most: number): void {
  if (before.length < most) return;
  const details = { value: String(before.length), expected: `at most ${most}` };
  throw new TonneError('STATEMENTS_LIMITED', details);
}

interface Days {
  readonly first: string;
  readonly last: string;
  /** Name of `last`, for who has to correct it. */
  readonly field: string;
}

/** Throws PERIOD_INVALID when days end before they begin. */
export function assertInOrder({ first, last, field }: Days): void {
  if (first <= last) return;
  throw new TonneError('PERIOD_INVALID', { field, value: last, expected: `${first} or later` });
}

/** Throws STATEMENT_IN_FUTURE when a day of the project is not over. `now` in Unix seconds. */
export function assertOver(
  day: string,
  field: string,
  { utcOffsetMinutes, now }: { readonly utcOffsetMinutes: number; readonly now: number },
): void {
  if (endOfDay(day, utcOffsetMinutes) <= now) return;
  throw new TonneError('STATEMENT_IN_FUTURE', { field, value: day });
}

type Correcting<One> = Omit<One, 'id'>;

/**
 * What has to hold beside what stands already: it supersedes one that stands, and no other calibration
 * is of that day. `before` is all that was stated of the meter.
 *
 * @throws TonneError STATEMENTS_LIMITED, STATEMENT_UNKNOWN, STATEMENT_SUPERSEDED or STATEMENT_OVERLAPS
 */
export function assertCalibrationFits(
  before: readonly Calibration[],
  { supersedes, calibratedOn }: Correcting<Calibration>,
): void {
  assertRoom(before, MOST_CALIBRATIONS);
  const others = withoutSuperseded(before, supersedes);
  const taken = others.find((one) => one.calibratedOn === calibratedOn);
  if (taken !== undefined) throw overlaps('calibratedOn', calibratedOn, taken.id);
}

/**
 * The same of invoices, of which no two count for one day.
 *
 * @throws TonneError STATEMENTS_LIMITED, STATEMENT_UNKNOWN, STATEMENT_SUPERSEDED or STATEMENT_OVERLAPS
 */
export function assertInvoiceFits(
  before: readonly Invoice[],
  { supersedes, firstDay, lastDay }: Correcting<Invoice>,
): void {
  assertRoom(before, MOST_INVOICES);
  const others = withoutSuperseded(before, supersedes);
  const taken = others.find((one) => one.firstDay <= lastDay && firstDay <= one.lastDay);
  if (taken !== undefined) throw overlaps('firstDay', firstDay, taken.id);
}

function withoutSuperseded<One extends Calibration | Invoice>(
  before: readonly One[],
  supersedes: number | null,
): readonly One[] {
  const standing = standingOf(before);
  if (supersedes === null) return standing;
  const details = { field: 'supersedes', value: String(supersedes) };
  if (!before.some(({ id }) => id === supersedes))
    throw new TonneError('STATEMENT_UNKNOWN', details);
  if (!standing.some(({ id }) => id === supersedes))
    throw new TonneError('STATEMENT_SUPERSEDED', details);
  return standing.filter(({ id }) => id !== supersedes);
}

function overlaps(field: string, value: string, id: number): TonneError {
  const expected = `days that statement ${id} does not have`;
  return new TonneError('STATEMENT_OVERLAPS', { field, value, expected });
}
