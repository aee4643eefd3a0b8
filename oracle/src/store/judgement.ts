import type { ReasonCode, WalkState } from '@truetonne/protocol';
import { and, asc, eq, gt, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import type { CheckMemory } from '../domain/checks/check.ts';
import type { Session } from './database/database.ts';
import {
  batches,
  findings,
  heads,
  missedWindows,
  type FindingRow,
  type HeadRow,
} from './tables/schema.ts';

/** Where a device's judgement stands, and what got it there adds to its totals; energy in Wh. */
export interface HeadStep {
  readonly deviceNumber: number;
  readonly state: WalkState;
  readonly memory: CheckMemory;
  readonly projectId: number;
  readonly windows: number;
  readonly readings: number;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  readonly deductedWh: bigint;
}

export interface NewFinding {
  readonly deviceNumber: number;
  readonly sequence: number;
  readonly readingIndex: number;
  readonly at: number;
  readonly reason: ReasonCode;
  readonly deductedWh: bigint;
  /** The batch whose sealing made it, for a statement; judging makes those of none. */
  readonly batchKey?: number;
}

/** Any number; it marks "changes judgement" among the advisory locks. */
const JUDGE_LOCK = 0x7474_6a75;

/**
 * Until the transaction ends, nobody else judges, takes a judgement back or seals: each of them builds
 * on where the other left a device.
 */
export async function lockJudgement({ run }: Session): Promise<void> {
  await run('SELECT pg_advisory_xact_lock($1)', [JUDGE_LOCK]);
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

const SAVE_HEADS = `
  INSERT INTO heads (device_number, sequence, closed_at, export_wh, import_wh, previous_hash,
    last_sequence, unsettled, windows, readings, exported_wh, imported_wh, deducted_wh, memory,
    project_id)
  SELECT device_number, sequence, closed_at, export_wh, import_wh,
    decode(nullif(previous_hash, ''), 'hex'), last_sequence, nullif(unsettled, ''),
    windows, readings, exported_wh, imported_wh, deducted_wh, memory, project_id
  FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[],
      $7::bigint[], $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],
      $13::bigint[], $14::text[], $15::int[])
    AS step (device_number, sequence, closed_at, export_wh, import_wh, previous_hash,
      last_sequence, unsettled, windows, readings, exported_wh, imported_wh, deducted_wh, memory,
      project_id)
  ON CONFLICT (device_number) DO UPDATE SET
    sequence = excluded.sequence, closed_at = excluded.closed_at,
    export_wh = excluded.export_wh, import_wh = excluded.import_wh,
    previous_hash = excluded.previous_hash, last_sequence = excluded.last_sequence,
    unsettled = excluded.unsettled,
    windows = heads.windows + excluded.windows, readings = heads.readings + excluded.readings,
    exported_wh = heads.exported_wh + excluded.exported_wh,
    imported_wh = heads.imported_wh + excluded.imported_wh,
    deducted_wh = heads.deducted_wh + excluded.deducted_wh,
    memory = excluded.memory, project_id = excluded.project_id`;

/** Stores where devices stand now, and adds to their totals. */
export async function saveHeads(session: Session, steps: readonly HeadStep[]): Promise<void> {
  if (steps.length === 0) return;
  const values = [
    steps.map(({ deviceNumber }) => deviceNumber),
    steps.map(({ state }) => state.sequence),
    steps.map(({ state }) => state.closedAt),
    steps.map(({ state }) => state.exportWh),
    steps.map(({ state }) => state.importWh),
    steps.map(({ state }) => state.previousHash?.slice(2) ?? ''),
    steps.map(({ state }) => state.lastSequence),
    steps.map(({ state }) => state.unsettled ?? ''),
    steps.map(({ windows }) => windows),
    steps.map(({ readings }) => readings),
    steps.map(({ exportedWh }) => exportedWh),
    steps.map(({ importedWh }) => importedWh),
    steps.map(({ deductedWh }) => deductedWh),
    steps.map(({ memory }) => JSON.stringify(memory)),
    steps.map(({ projectId }) => projectId),
  ];
  await session.run(SAVE_HEADS, values, 'save-heads');
}

const INSERT_FINDINGS = `
  INSERT INTO findings (device_number, sequence, reading_index, at, reason, deducted_wh,
    batch_key)
  SELECT * FROM unnest($1::int[], $2::bigint[], $3::int[], $4::bigint[], $5::text[], $6::bigint[],
    $7::int[])`;

export async function saveFindings(session: Session, found: readonly NewFinding[]): Promise<void> {
  if (found.length === 0) return;
  const values = [
    found.map(({ deviceNumber }) => deviceNumber),
    found.map(({ sequence }) => sequence),
    found.map(({ readingIndex }) => readingIndex),
    found.map(({ at }) => at),
    found.map(({ reason }) => reason),
    found.map(({ deductedWh }) => deductedWh),
    found.map(({ batchKey }) => batchKey ?? null),
  ];
  await session.run(INSERT_FINDINGS, values, 'insert-findings');
}

export async function saveMissed(
  { orm }: Session,
  missed: readonly { readonly deviceNumber: number; readonly sequence: number }[],
): Promise<void> {
  if (missed.length === 0) return;
  const rows = missed.map(({ deviceNumber, sequence }) => ({ deviceNumber, sequence }));
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
    .where(and(gt(findings.id, page.afterId), or(...ranges.map(isWithin)), isInForce()))
    .orderBy(asc(findings.id))
    .limit(page.limit);
}

/** What judging found of the windows of one device with sequences in (after, upTo]. */
export async function readFindingsIn(
  { orm }: Session,
  range: DeviceRange,
): Promise<
  readonly {
    readonly sequence: number;
    readonly readingIndex: number;
    readonly reason: ReasonCode;
    readonly deductedWh: bigint;
  }[]
> {
  const rows = await orm
    .select()
    .from(findings)
    .where(and(isWithin(range), isNull(findings.batchKey)))
    .orderBy(asc(findings.sequence), asc(findings.readingIndex));
  return rows.flatMap(({ sequence, readingIndex, reason, deductedWh }) => {
    const known = toReason(reason);
    return known === undefined ? [] : [{ sequence, readingIndex, reason: known, deductedWh }];
  });
}

function isWithin({ deviceNumber, after, upTo }: DeviceRange): SQL | undefined {
  const { sequence } = findings;
  return and(eq(findings.deviceNumber, deviceNumber), gt(sequence, after), lte(sequence, upTo));
}

/** Of judging, or of a batch that was not refused: what a refused one left out is free again. */
function isInForce(): SQL {
  const refused = sql`SELECT ${batches.key} FROM ${batches} WHERE ${batches.phase} = 'refused'`;
  return sql`(${findings.batchKey} IS NULL OR ${findings.batchKey} NOT IN (${refused}))`;
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
      and(
        eq(findings.deviceNumber, deviceNumber),
        inArray(findings.sequence, [...sequences]),
        isInForce(),
      ),
    );
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

/** What the checks remember of the windows before. */
export function memoryOf({ memory }: HeadRow): CheckMemory {
  // Proof: only saveHeads writes the column, from a CheckMemory.
  return memory === null ? {} : (JSON.parse(memory) as CheckMemory);
}

function toReason(text: string | null): ReasonCode | undefined {
  // Proof: what writes these columns writes a ReasonCode.
  return text === null ? undefined : (text as ReasonCode);
}
