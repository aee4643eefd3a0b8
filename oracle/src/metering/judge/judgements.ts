import {
  batchIdOf,
  isErrorCode,
  OPTIONAL_FIELD_NAMES,
  WHOLE_WINDOW,
  type Hex,
  type Reading,
} from '@truetonne/protocol';
import { judgementOf, type ReadingFacts } from '../../domain/readingState.ts';
import { readBatchedRanges, type BatchedRange } from '../../store/batches.ts';
import type { Session } from '../../store/database/database.ts';
import { readFlagsOf, type FlagRow } from '../../store/flags.ts';
import { findHead, readFindingsOf, readMissed } from '../../store/judgement.ts';
import { readingsOf } from '../../store/readings.ts';
import type { DeviceRow, FindingRow, WindowRow } from '../../store/tables/schema.ts';
import { readMark } from '../../store/settings.ts';
import { readPendingReplacements, readWaitingOf } from '../../store/waiting.ts';
import type { ApiContext } from '../../api/context.ts';
import { reasonOf } from '../../api/schemas/shared.ts';

/** All that is known of the windows asked for, with which each reading's state is told. */
export interface Judgements {
  readonly ofReading: (window: WindowRow, index: number) => ReturnType<typeof toView>;
  readonly batchOf: (window: WindowRow) => BatchedRange['batch'] | undefined;
}

/** Reads what decides the state of some windows of one device, in a fixed number of queries. */
export async function readJudgements(
  { database: session, waitSeconds, now }: Pick<ApiContext, 'database' | 'waitSeconds' | 'now'>,
  device: DeviceRow,
  windows: readonly WindowRow[],
): Promise<Judgements> {
  const sequences = windows.map(({ sequence }) => sequence);
  const { number } = device;
  const head = await findHead(session, number);
  const mark = await readMark(session);
  const missed = await readMissed(session, number, sequences);
  const findings = Map.groupBy(
    await readFindingsOf(session, number, sequences),
    (row) => row.sequence,
  );
  const flags = Map.groupBy(await readFlagsOf(session, number, sequences), (row) => row.sequence);
  const waiting = await readWaits(session, device, sequences, { waitSeconds, now });
  const [first, last] = [Math.min(...sequences), Math.max(...sequences)];
  const ranges = await readBatchedRanges(session, number, first, last);
  const judgedUpTo = head?.lastSequence ?? 0;

  const missedPlace = ({ id, sequence }: WindowRow): boolean =>
    missed.has(sequence) || (id > mark && sequence <= judgedUpTo);
  const batchOf = (window: WindowRow): BatchedRange['batch'] | undefined => {
    const { sequence } = window;
    const held = ranges.find(({ after, upTo }) => sequence > after && sequence <= upTo)?.batch;
    // Another oracle may well have had what came too late for us.
    return held?.own === true && missedPlace(window) ? undefined : held;
  };

  return {
    batchOf,
    ofReading(window, index) {
      const facts: ReadingFacts = {
        bound: device.projectId !== null,
        judged: window.sequence <= judgedUpTo,
        missedPeriod: missedPlace(window) && batchOf(window) === undefined,
        waitsFor: waiting.get(window.sequence)?.reason,
        frozen: device.frozenSequence !== null,
        revoked: device.revokedFrom !== null && window.closedAt >= device.revokedFrom,
        finding: findingFor(findings.get(window.sequence) ?? [], index, window),
        batched: batchOf(window) !== undefined,
      };
      const found = flagsFor(flags.get(window.sequence) ?? [], index);
      return toView(facts, batchOf(window), found, waiting.get(window.sequence));
    },
  };
}

/** What a window waits for, since when and until when at the latest; times in Unix seconds. */
interface Wait {
  readonly reason: 'PREDECESSOR_MISSING' | 'METER_REPLACEMENT_PENDING';
  readonly since: number;
  readonly deadline: number;
}

async function readWaits(
  session: Session,
  { number }: DeviceRow,
  sequences: readonly number[],
  { waitSeconds, now }: Pick<ApiContext, 'waitSeconds' | 'now'>,
): Promise<ReadonlyMap<number, Wait>> {
  const rows = await readWaitingOf(session, number, sequences);
  if (rows.length === 0) return new Map();
  const held = (await readPendingReplacements(session, now() - waitSeconds)).get(number);
  return new Map(
    rows.map(({ sequence, receivedAt }): [number, Wait] => {
      const isHeld = held !== undefined && sequence > held.sequence;
      const reason = isHeld ? 'METER_REPLACEMENT_PENDING' : 'PREDECESSOR_MISSING';
      const deadline = (isHeld ? held.since : receivedAt) + waitSeconds;
      return [sequence, { reason, since: receivedAt, deadline }];
    }),
  );
}

/** Flags of a reading and of its whole window. */
function flagsFor(rows: readonly FlagRow[], index: number) {
  return rows
    .filter(({ readingIndex }) => readingIndex === index || readingIndex === WHOLE_WINDOW)
    .map(({ reason }) => reasonOf(isErrorCode(reason) ? reason : 'INTERNAL'));
}

function toView(
  facts: ReadingFacts,
  batch: BatchedRange['batch'] | undefined,
  flags: ReturnType<typeof flagsFor>,
  wait: Wait | undefined,
) {
  const { state, reason, deductedWh } = judgementOf(facts);
  return {
    state,
    reason: reason === undefined ? null : reasonOf(reason),
    deductedWh: String(deductedWh),
    flags,
    waiting:
      state === 'waiting' && wait !== undefined
        ? { since: wait.since, deadline: wait.deadline }
        : null,
    batch: batch === undefined ? null : toBatchReference(batch),
  };
}

function toBatchReference({ projectId, number, phase }: BatchedRange['batch']) {
  // Proof: batches that were refused hold no windows, so they are never found by one.
  const reached = phase === 'refused' ? 'sealed' : phase;
  return { batchId: String(batchIdOf(projectId, number)), phase: reached };
}

function findingFor(
  rows: readonly FindingRow[],
  index: number,
  window: WindowRow,
): ReadingFacts['finding'] {
  const row = rows.find(
    ({ readingIndex }) => readingIndex === index || readingIndex === WHOLE_WINDOW,
  );
  if (row === undefined || !isErrorCode(row.reason)) return undefined;
  const whole = row.readingIndex === WHOLE_WINDOW;
  return { reason: row.reason, deductedWh: whole ? shareOf(row, index, window) : row.deductedWh };
}

/** What one reading has of its whole window's deduction: its own energy, the first one the rest. */
function shareOf({ deductedWh }: FindingRow, index: number, { bytes }: WindowRow): bigint {
  if (deductedWh === 0n) return 0n;
  const readings = readingsOf(bytes);
  const exportWhAt = (place: number): bigint => readings.at(place)?.exportWh ?? 0n;
  if (index > 0) return exportWhAt(index) - exportWhAt(index - 1);
  return deductedWh - (exportWhAt(-1) - exportWhAt(0));
}

/** A reading as the API shows it, but for its judgement. */
export function readingView(
  reading: Reading,
  index: number,
  place: { readonly deviceId: Hex; readonly sequence: number },
) {
  return {
    id: `${place.deviceId}.${place.sequence}.${index}`,
    ...place,
    index,
    at: reading.at,
    exportWh: String(reading.exportWh),
    importWh: String(reading.importWh),
    status: reading.status,
    fields: fieldsView(reading.fields),
  };
}

/** A plain loop: a month of a device has three thousand readings. */
function fieldsView(fields: Reading['fields']): Record<string, string> {
  const view: Record<string, string> = {};
  for (const name of OPTIONAL_FIELD_NAMES) {
    const value = fields[name];
    if (value !== undefined) view[name] = String(value);
  }
  return view;
}
