import { periodOf, type Period } from '../../domain/calendar.ts';
import {
  differsFromCheckMeter,
  exchangeBetween,
  type MeterPair,
  type Registers,
} from '../../domain/checks/checkMeter.ts';
import {
  comparisonOf,
  isInRow,
  readDueCheckMeters,
  saveComparison,
  type CheckMeterRow,
  type Comparison,
} from '../../store/checkMeters.ts';
import type { Database, Session } from '../../store/database/database.ts';
import { saveFlags, type NewFlag } from '../../store/flags.ts';
import { readWindowsAround } from '../../store/history.ts';
import { findHead, lockJudgement } from '../../store/judgement.ts';
import { readingsOf } from '../../store/readings.ts';
import { readDevicesByNumber } from '../../store/registry.ts';
import type { DeviceRow } from '../../store/tables/schema.ts';
import { readBoundDevices, type BoundDevice } from './devices.ts';
import type { RuleBook } from './ruleBook.ts';

/** Days of a pair compared in one transaction: a long history does not stop everybody else. */
const DAYS_AT_ONCE = 31;

const SECONDS_PER_DAY = 86_400;

export interface CheckMeterContext {
  readonly database: Database;
  readonly rules: RuleBook;
  /** Unix seconds. */
  readonly now: () => number;
  /** How long a window that is missing is waited for. */
  readonly waitSeconds: number;
}

/**
 * Compares main and check meters day by day of the plant, once each: where they differ too much, the
 * main meter's last reading of the day is flagged. A day waits until the windows of both are whole, as
 * judging does, so the order in which they come changes nothing. Answers whether there is more.
 */
export async function compareCheckMeters(context: CheckMeterContext): Promise<boolean> {
  const { database, rules, now } = context;
  const due = await readDueCheckMeters(database, now() - SECONDS_PER_DAY);
  if (due.length === 0) return false;
  const mains = await readBoundDevices(database, rules, numbersOf(due, 'deviceNumber'));
  const checks = new Map(
    (await readDevicesByNumber(database, numbersOf(due, 'checkNumber'))).map((row) => [
      row.number,
      row,
    ]),
  );
  let more = false;
  for (const row of due) {
    const main = mains.get(row.deviceNumber);
    const check = checks.get(row.checkNumber);
    // What a copied key signed compares with nothing, nor does a meter that went to another owner.
    if (main === undefined || check === undefined || check.frozenSequence !== null) continue;
    if (check.owner !== main.row.owner) continue;
    const pair = { row, main, check };
    const isMore = await database.transaction((session) => comparePair(session, pair, context));
    more ||= isMore;
  }
  return more;
}

function numbersOf(
  rows: readonly CheckMeterRow[],
  column: 'deviceNumber' | 'checkNumber',
): readonly number[] {
  return rows.map((row) => row[column]);
}

interface Pair {
  readonly row: CheckMeterRow;
  readonly main: BoundDevice;
  readonly check: DeviceRow;
}

async function comparePair(
  session: Session,
  pair: Pair,
  context: CheckMeterContext,
): Promise<boolean> {
  const { row, main, check } = pair;
  await lockJudgement(session);
  const judgedTo = (await findHead(session, row.deviceNumber))?.closedAt ?? 0;
  const { utcOffsetMinutes } = main.terms;
  const begin = Math.max(main.row.claimedAt, check.claimedAt);
  let comparison = comparisonOf(row) ?? {
    until: periodOf(begin + 1, 'day', utcOffsetMinutes).start,
    ...{ checkSequence: 0, registers: undefined },
  };
  const flags: NewFlag[] = [];
  let days = 0;
  for (; days < DAYS_AT_ONCE; days++) {
    const day = periodOf(comparison.until + 1, 'day', utcOffsetMinutes);
    if (!(await isWhole(session, { comparison, judgedTo, day, row }, context))) break;
    const [next, flag] = await compareDay(session, pair, comparison, day);
    comparison = next;
    if (flag !== undefined) flags.push(flag);
  }
  // Before the first whole day nothing is compared, and nothing says otherwise.
  if (days === 0) return false;
  await saveFlags(session, flags);
  await saveComparison(session, row, comparison);
  return days === DAYS_AT_ONCE;
}

interface DayOfPair {
  readonly comparison: Comparison;
  readonly judgedTo: number;
  readonly day: Period;
  readonly row: CheckMeterRow;
}

/** Whether all of a day is there from both, or nobody waits for the rest any more. */
async function isWhole(
  session: Session,
  { comparison, judgedTo, day, row }: DayOfPair,
  { now, waitSeconds }: CheckMeterContext,
): Promise<boolean> {
  // Nothing of the main meter can be compared yet.
  if (judgedTo <= day.start) return false;
  if (now() >= day.end + waitSeconds) return true;
  if (judgedTo < day.end) return false;
  return isInRow(session, row.checkNumber, comparison.checkSequence, day.end);
}

/** The comparison after a day, and the flag when the meters differ on it. */
async function compareDay(
  session: Session,
  { row, main: { rules } }: Pair,
  before: Comparison,
  day: Period,
): Promise<readonly [Comparison, NewFlag | undefined]> {
  const main = await findLastOf(session, row.deviceNumber, day);
  const check = await findLastOf(session, row.checkNumber, day);
  // A day without one of them is counted with the next one that has both.
  if (main === undefined || check === undefined) return [{ ...before, until: day.end }, undefined];
  const registers = { main, check };
  const next = { until: day.end, checkSequence: check.sequence, registers };
  if (!isMismatch(before.registers, registers, row, rules)) return [next, undefined];
  const { sequence, index: readingIndex, at } = main;
  const { deviceNumber } = row;
  return [next, { deviceNumber, sequence, readingIndex, at, reason: 'CHECK_METER_MISMATCH' }];
}

function isMismatch(
  before: MeterPair | undefined,
  after: MeterPair,
  { accuracyClassE2 }: CheckMeterRow,
  { CHECK_METER_MISMATCH: rule }: BoundDevice['rules'],
): boolean {
  const exchange = before === undefined ? undefined : exchangeBetween(before, after);
  if (exchange === undefined || rule === undefined) return false;
  return differsFromCheckMeter(exchange, BigInt(accuracyClassE2), rule);
}

interface PlacedRegisters extends Registers {
  readonly sequence: number;
  readonly index: number;
  readonly at: number;
}

/** What a meter showed last within (start, end]; undefined when it measured nothing then. */
async function findLastOf(
  session: Session,
  deviceNumber: number,
  { start, end }: Period,
): Promise<PlacedRegisters | undefined> {
  const around = await readWindowsAround(session, deviceNumber, end);
  return around
    .flatMap(({ sequence, bytes }) =>
      readingsOf(bytes).map(({ at, exportWh, importWh }, index) => ({
        ...{ sequence, index, at, exportWh, importWh },
      })),
    )
    .findLast(({ at }) => at > start && at <= end);
}
