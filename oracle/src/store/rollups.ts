import { and, asc, between, eq, gte, lt, type SQL } from 'drizzle-orm';
import { bucketStart, type PeriodKind } from '../domain/calendar.ts';
import type { Session } from './database/database.ts';
import { ensureMonths } from './months.ts';
import { energyDays, energyHours, energyMonths, projectDays } from './tables/schema.ts';

/** Energy of a span of time, Wh. */
export interface Energy {
  /** Unix seconds. */
  readonly startsAt: number;
  readonly readings: number;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  readonly deductedWh: bigint;
}

export interface HourEnergy extends Energy {
  readonly deviceNumber: number;
}

/** The project that a device's energy is counted for, and its own time. */
export interface RollupOwner {
  readonly projectId: number;
  readonly utcOffsetMinutes: number;
}

type Table = 'energy_hours' | 'energy_days' | 'energy_months' | 'project_days';

/** Energy comes as text, because the sums of a project are wider than a bigint. */
const addTo = (table: Table, owner: 'device_number' | 'project_id', type = 'bigint'): string => `
  INSERT INTO ${table} (${owner}, starts_at, readings, exported_wh, imported_wh, deducted_wh)
  SELECT owner, starts_at, readings, exported::${type}, imported::${type}, deducted::${type}
  FROM unnest($1::int[], $2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[])
    AS sums (owner, starts_at, readings, exported, imported, deducted)
  ON CONFLICT (${owner}, starts_at) DO UPDATE SET
    readings = ${table}.readings + excluded.readings,
    exported_wh = ${table}.exported_wh + excluded.exported_wh,
    imported_wh = ${table}.imported_wh + excluded.imported_wh,
    deducted_wh = ${table}.deducted_wh + excluded.deducted_wh`;

const ADD_HOURS = addTo('energy_hours', 'device_number');
const ADD_DAYS = addTo('energy_days', 'device_number');
const ADD_MONTHS = addTo('energy_months', 'device_number');
const ADD_PROJECT_DAYS = addTo('project_days', 'project_id', 'numeric');

/** Adds to hours, days and months of devices, and to days of projects; all in the caller's transaction. */
export async function addEnergy(
  session: Session,
  hours: readonly HourEnergy[],
  ownerOf: (deviceNumber: number) => RollupOwner,
): Promise<void> {
  if (hours.length === 0) return;
  const times = hours.map(({ startsAt }) => startsAt);
  await ensureMonths(session, 'energy_hours', times);
  const byBucket = (bucket: 'hour' | PeriodKind): readonly Owned[] =>
    sumUp(
      hours.map((hour) => ({ ...hour, owner: hour.deviceNumber })),
      (hour) => startOf(hour, bucket, ownerOf(hour.deviceNumber)),
    );
  const ofProjects = sumUp(
    hours.map((hour) => ({ ...hour, owner: ownerOf(hour.deviceNumber).projectId })),
    (hour) => startOf(hour, 'day', ownerOf(hour.deviceNumber)),
  );
  await session.run(ADD_HOURS, columnsOf(byBucket('hour')), 'add-hours');
  await session.run(ADD_DAYS, columnsOf(byBucket('day')), 'add-days');
  await session.run(ADD_MONTHS, columnsOf(byBucket('month')), 'add-months');
  await session.run(ADD_PROJECT_DAYS, columnsOf(ofProjects), 'add-project-days');
}

interface Owned extends Energy {
  readonly owner: number;
}

/** The first second after an hour's beginning tells its bucket: an hour lies in one day and one month. */
function startOf(
  { startsAt }: HourEnergy,
  bucket: 'hour' | PeriodKind,
  { utcOffsetMinutes }: RollupOwner,
): number {
  return bucket === 'hour' ? startsAt : bucketStart(startsAt + 1, bucket, utcOffsetMinutes);
}

/** One row for each owner and bucket: a statement can change a row only once. */
function sumUp<Row extends Owned>(
  rows: readonly Row[],
  startOfRow: (row: Row) => number,
): readonly Owned[] {
  const sums = new Map<string, Owned>();
  for (const row of rows) {
    const startsAt = startOfRow(row);
    const key = `${row.owner}.${startsAt}`;
    const sum = sums.get(key);
    sums.set(key, {
      owner: row.owner,
      startsAt,
      readings: (sum?.readings ?? 0) + row.readings,
      exportedWh: (sum?.exportedWh ?? 0n) + row.exportedWh,
      importedWh: (sum?.importedWh ?? 0n) + row.importedWh,
      deductedWh: (sum?.deductedWh ?? 0n) + row.deductedWh,
    });
  }
  return [...sums.values()];
}

function columnsOf(rows: readonly Owned[]): readonly unknown[] {
  return [
    rows.map(({ owner }) => owner),
    rows.map(({ startsAt }) => startsAt),
    rows.map(({ readings }) => readings),
    rows.map(({ exportedWh }) => String(exportedWh)),
    rows.map(({ importedWh }) => String(importedWh)),
    rows.map(({ deductedWh }) => String(deductedWh)),
  ];
}

const TABLES = { hour: energyHours, day: energyDays, month: energyMonths };

/** A device's energy by bucket, for buckets that start in [from, to]. */
export function readEnergy(
  { orm }: Session,
  deviceNumber: number,
  bucket: 'hour' | PeriodKind,
  { from, to }: { readonly from: number; readonly to: number },
  limit: number,
): Promise<readonly Energy[]> {
  const table = TABLES[bucket];
  return orm
    .select()
    .from(table)
    .where(and(eq(table.deviceNumber, deviceNumber), between(table.startsAt, from, to)))
    .orderBy(asc(table.startsAt))
    .limit(limit);
}

/** A project's energy by day, for days that start in [from, to). */
export function readProjectDays(
  { orm }: Session,
  projectId: number,
  from: number,
  to: number,
): Promise<readonly Energy[]> {
  return orm
    .select()
    .from(projectDays)
    .where(and(eq(projectDays.projectId, projectId), isWithin(from, to)))
    .orderBy(asc(projectDays.startsAt));
}

function isWithin(from: number, to: number): SQL | undefined {
  return and(gte(projectDays.startsAt, from), lt(projectDays.startsAt, to));
}
