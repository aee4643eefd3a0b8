import { and, count, eq, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { MeterPair } from '../domain/checks/checkMeter.ts';
import type { Session } from './database/database.ts';
import { checkMeters, devices, flags } from './tables/schema.ts';

export type CheckMeterRow = typeof checkMeters.$inferSelect;

/** How far two meters are compared: the next day begins at `until`, Unix seconds. */
export interface Comparison {
  readonly until: number;
  /** Of the check meter: its windows are in row up to this one. */
  readonly checkSequence: number;
  /** At the end of the last day in which both measured. */
  readonly registers: MeterPair | undefined;
}

const NOT_COMPARED = {
  ...{ comparedUntil: null, checkSequence: 0 },
  ...{ mainExportWh: null, mainImportWh: null, checkExportWh: null, checkImportWh: null },
};

/** Of a pair that nobody has ended. */
const WHILE_IT_CHECKS = Number.MAX_SAFE_INTEGER;

/**
 * Which device checks another one, from now on (Unix seconds) and instead of any before; comparing
 * begins anew.
 */
export async function saveCheckMeter(
  session: Session,
  pair: Pick<CheckMeterRow, 'deviceNumber' | 'checkNumber' | 'accuracyClassE2'>,
  now: number,
): Promise<void> {
  await endCheckMeter(session, pair.deviceNumber, now);
  await session.orm.insert(checkMeters).values({ ...pair, ...NOT_COMPARED });
  await saveChecksUntil(session, [pair.checkNumber], WHILE_IT_CHECKS);
}

/** Ends the pair of which a device is the main meter. */
export function endCheckMeter(session: Session, deviceNumber: number, now: number): Promise<void> {
  return endPairs(session, eq(checkMeters.deviceNumber, deviceNumber), now);
}

/** Ends the pairs whose two devices are no longer of one owner. */
export function endPartedPairs(session: Session, now: number): Promise<void> {
  const ownerOf = (number: AnyPgColumn): SQL =>
    sql`(SELECT ${devices.owner} FROM ${devices} WHERE ${devices.number} = ${number})`;
  const { deviceNumber, checkNumber } = checkMeters;
  return endPairs(session, sql`${ownerOf(deviceNumber)} <> ${ownerOf(checkNumber)}`, now);
}

async function endPairs(session: Session, which: SQL, now: number): Promise<void> {
  const ended = await session.orm
    .delete(checkMeters)
    .where(which)
    .returning({ number: checkMeters.checkNumber });
  const numbers = ended.map(({ number }) => number);
  await saveChecksUntil(session, numbers, now);
}

async function saveChecksUntil(
  { orm }: Session,
  numbers: readonly number[],
  checksUntil: number,
): Promise<void> {
  if (numbers.length === 0) return;
  await orm
    .update(devices)
    .set({ checksUntil })
    .where(inArray(devices.number, [...numbers]));
}

/** The pair of which a device is the main meter. */
export async function findCheckMeter(
  { orm }: Session,
  deviceNumber: number,
): Promise<CheckMeterRow | undefined> {
  const [row] = await orm
    .select()
    .from(checkMeters)
    .where(eq(checkMeters.deviceNumber, deviceNumber));
  return row;
}

/** Pairs of which any of some devices is part. */
export function readPairsOf(
  { orm }: Session,
  numbers: readonly number[],
): Promise<readonly CheckMeterRow[]> {
  const { deviceNumber, checkNumber } = checkMeters;
  return orm
    .select()
    .from(checkMeters)
    .where(or(inArray(deviceNumber, [...numbers]), inArray(checkNumber, [...numbers])));
}

/** Pairs whose next day to compare begins before a time. */
export function readDueCheckMeters(
  { orm }: Session,
  before: number,
): Promise<readonly CheckMeterRow[]> {
  const { comparedUntil } = checkMeters;
  return orm
    .select()
    .from(checkMeters)
    .where(or(isNull(comparedUntil), lte(comparedUntil, before)));
}

export function comparisonOf(row: CheckMeterRow): Comparison | undefined {
  const { comparedUntil, checkSequence, mainExportWh, mainImportWh } = row;
  const { checkExportWh, checkImportWh } = row;
  if (comparedUntil === null) return undefined;
  const known =
    mainExportWh !== null &&
    mainImportWh !== null &&
    checkExportWh !== null &&
    checkImportWh !== null;
  const registers = known
    ? {
        main: { exportWh: mainExportWh, importWh: mainImportWh },
        check: { exportWh: checkExportWh, importWh: checkImportWh },
      }
    : undefined;
  return { until: comparedUntil, checkSequence, registers };
}

export async function saveComparison(
  { orm }: Session,
  { deviceNumber, checkNumber }: CheckMeterRow,
  { until, checkSequence, registers }: Comparison,
): Promise<void> {
  await orm
    .update(checkMeters)
    .set({
      ...{ comparedUntil: until, checkSequence },
      mainExportWh: registers?.main.exportWh ?? null,
      mainImportWh: registers?.main.importWh ?? null,
      checkExportWh: registers?.check.exportWh ?? null,
      checkImportWh: registers?.check.importWh ?? null,
    })
    .where(
      and(eq(checkMeters.deviceNumber, deviceNumber), eq(checkMeters.checkNumber, checkNumber)),
    );
}

/** What was judged of a main meter was taken back: its days are compared anew. */
export async function restartComparison({ orm }: Session, deviceNumber: number): Promise<void> {
  await orm.update(checkMeters).set(NOT_COMPARED).where(eq(checkMeters.deviceNumber, deviceNumber));
}

/** Days on which a device and its check meter differed too much. */
export async function countMismatches({ orm }: Session, deviceNumber: number): Promise<number> {
  const [row] = await orm
    .select({ days: count() })
    .from(flags)
    .where(and(eq(flags.deviceNumber, deviceNumber), eq(flags.reason, 'CHECK_METER_MISMATCH')));
  return row?.days ?? 0;
}

/**
 * Whether the windows of a device are in row from `after` up to the first one that closes at or after
 * a time, so that nothing is missing before it.
 */
export async function isInRow(
  { run }: Session,
  deviceNumber: number,
  after: number,
  at: number,
): Promise<boolean> {
  const [row] = await run(
    `WITH closing AS (
       SELECT min(sequence) AS sequence FROM windows
       WHERE device_number = $1::int AND closed_at >= $3::bigint
     )
     SELECT closing.sequence - $2::bigint, (
       SELECT count(*) FROM windows
       WHERE device_number = $1::int AND windows.sequence > $2::bigint
         AND windows.sequence <= closing.sequence)
     FROM closing`,
    [deviceNumber, after, at],
    'windows-in-row',
  );
  const [needed, stored] = row ?? [];
  return needed !== null && needed !== undefined && Number(needed) === Number(stored);
}
