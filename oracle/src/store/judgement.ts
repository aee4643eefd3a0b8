import type { ReasonCode, WalkState } from '@truetonne/protocol';
import { and, asc, between, eq, gt, inArray, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Session } from './database.ts';
import {
  energyHours,
  findings,
  heads,
  missedWindows,
  type FindingRow,
  type HeadRow,
} from './schema.ts';

/** What a stretch of judged windows adds to a device's totals; energy in Wh. */
export interface Totals {
  readonly windows: number;
  readonly readings: number;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  readonly deductedWh: bigint;
}

export interface NewFinding {
  readonly sequence: number;
  readonly readingIndex: number;
  readonly at: number;
  readonly reason: ReasonCode;
  readonly deductedWh: bigint;
}

export interface HourEnergy {
  readonly startsAt: number;
  readonly readings: number;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  readonly deductedWh: bigint;
}

export async function findHead(
  { orm }: Session,
  deviceNumber: number,
): Promise<HeadRow | undefined> {
  const [row] = await orm.select().from(heads).where(eq(heads.deviceNumber, deviceNumber));
  return row;
}

export function readHeads(
  { orm }: Session,
  deviceNumbers: readonly number[],
): Promise<readonly HeadRow[]> {
  if (deviceNumbers.length === 0) return Promise.resolve([]);
  return orm
    .select()
    .from(heads)
    .where(inArray(heads.deviceNumber, [...deviceNumbers]));
}

/** Stores where a device's judgement stands, and adds to its totals. */
export async function saveHead(
  { orm }: Session,
  deviceNumber: number,
  state: WalkState,
  added: Totals,
): Promise<void> {
  const { sequence, closedAt, exportWh, importWh, lastSequence } = state;
  const walk = {
    sequence,
    closedAt,
    exportWh,
    importWh,
    lastSequence,
    previousHash: state.previousHash ?? null,
    unsettled: state.unsettled ?? null,
  };
  await orm
    .insert(heads)
    .values({ deviceNumber, ...walk, ...added })
    .onConflictDoUpdate({
      target: heads.deviceNumber,
      set: {
        ...walk,
        windows: sql`${heads.windows} + ${added.windows}`,
        readings: sql`${heads.readings} + ${added.readings}`,
        exportedWh: sql`${heads.exportedWh} + ${added.exportedWh}`,
        importedWh: sql`${heads.importedWh} + ${added.importedWh}`,
        deductedWh: sql`${heads.deductedWh} + ${added.deductedWh}`,
      },
    });
}

const INSERT_FINDINGS = `
  INSERT INTO findings (device_number, sequence, reading_index, at, reason, deducted_wh)
  SELECT $1::int, sequence, reading_index, at, reason, deducted_wh
  FROM unnest($2::bigint[], $3::int[], $4::bigint[], $5::text[], $6::bigint[])
    AS found (sequence, reading_index, at, reason, deducted_wh)`;

export async function saveFindings(
  session: Session,
  deviceNumber: number,
  found: readonly NewFinding[],
): Promise<void> {
  if (found.length === 0) return;
  const values = [
    deviceNumber,
    found.map(({ sequence }) => sequence),
    found.map(({ readingIndex }) => readingIndex),
    found.map(({ at }) => at),
    found.map(({ reason }) => reason),
    found.map(({ deductedWh }) => deductedWh),
  ];
  await session.run(INSERT_FINDINGS, values, 'insert-findings');
}

const ADD_HOURS = `
  INSERT INTO energy_hours (device_number, starts_at, readings, exported_wh, imported_wh, deducted_wh)
  SELECT $1::int, starts_at, readings, exported_wh, imported_wh, deducted_wh
  FROM unnest($2::bigint[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[])
    AS added (starts_at, readings, exported_wh, imported_wh, deducted_wh)
  ON CONFLICT (device_number, starts_at) DO UPDATE SET
    readings = energy_hours.readings + excluded.readings,
    exported_wh = energy_hours.exported_wh + excluded.exported_wh,
    imported_wh = energy_hours.imported_wh + excluded.imported_wh,
    deducted_wh = energy_hours.deducted_wh + excluded.deducted_wh`;

export async function addHours(
  session: Session,
  deviceNumber: number,
  hours: readonly HourEnergy[],
): Promise<void> {
  if (hours.length === 0) return;
  const values = [
    deviceNumber,
    hours.map(({ startsAt }) => startsAt),
    hours.map(({ readings }) => readings),
    hours.map(({ exportedWh }) => exportedWh),
    hours.map(({ importedWh }) => importedWh),
    hours.map(({ deductedWh }) => deductedWh),
  ];
  await session.run(ADD_HOURS, values, 'add-hours');
}

export async function saveMissed(
  { orm }: Session,
  deviceNumber: number,
  sequences: readonly number[],
): Promise<void> {
  if (sequences.length === 0) return;
  const rows = sequences.map((sequence) => ({ deviceNumber, sequence }));
  await orm.insert(missedWindows).values(rows).onConflictDoNothing();
}

export async function readMissed(
  { orm }: Session,
  deviceNumber: number,
  sequences: readonly number[],
): Promise<ReadonlySet<number>> {
  const rows = await orm
    .select({ sequence: missedWindows.sequence })
    .from(missedWindows)
    .where(
      and(
        eq(missedWindows.deviceNumber, deviceNumber),
        inArray(missedWindows.sequence, [...sequences]),
      ),
    );
  return new Set(rows.map(({ sequence }) => sequence));
}

/** Windows of a device: those with sequences in (after, upTo]. */
export interface DeviceRange {
  readonly deviceNumber: number;
  readonly after: number;
  readonly upTo: number;
}

/** Findings of some devices' windows in the order in which they were made, after the id given. */
export function readFindings(
  { orm }: Session,
  ranges: readonly DeviceRange[],
  page: { readonly afterId: number; readonly limit: number },
): Promise<readonly FindingRow[]> {
  if (ranges.length === 0) return Promise.resolve([]);
  return orm
    .select()
    .from(findings)
    .where(and(gt(findings.id, page.afterId), or(...ranges.map(isWithin))))
    .orderBy(asc(findings.id))
    .limit(page.limit);
}

function isWithin({ deviceNumber, after, upTo }: DeviceRange): SQL | undefined {
  const { sequence } = findings;
  return and(eq(findings.deviceNumber, deviceNumber), gt(sequence, after), lte(sequence, upTo));
}

/** Findings of some windows of one device. */
export function readFindingsOf(
  { orm }: Session,
  deviceNumber: number,
  sequences: readonly number[],
): Promise<readonly FindingRow[]> {
  return orm
    .select()
    .from(findings)
    .where(
      and(eq(findings.deviceNumber, deviceNumber), inArray(findings.sequence, [...sequences])),
    );
}

/** A device's energy by hour, for hours that start in [from, to]. */
export function readHours(
  { orm }: Session,
  deviceNumber: number,
  from: number,
  to: number,
): Promise<readonly HourEnergy[]> {
  return orm
    .select()
    .from(energyHours)
    .where(and(eq(energyHours.deviceNumber, deviceNumber), between(energyHours.startsAt, from, to)))
    .orderBy(asc(energyHours.startsAt));
}

/** The state in which the next window of a device is judged. */
export function walkStateOf(row: HeadRow): WalkState {
  return {
    sequence: row.sequence,
    closedAt: row.closedAt,
    exportWh: row.exportWh,
    importWh: row.importWh,
    lastSequence: row.lastSequence,
    previousHash: row.previousHash ?? undefined,
    unsettled: toReason(row.unsettled),
  };
}

function toReason(text: string | null): ReasonCode | undefined {
  // Proof: only saveHead writes the column, from a ReasonCode.
  return text === null ? undefined : (text as ReasonCode);
}
