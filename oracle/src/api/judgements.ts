import { batchIdOf, isErrorCode, WHOLE_WINDOW, type Hex, type Reading } from '@truetonne/protocol';
import { judgementOf, type ReadingFacts } from '../domain/readingState.ts';
import { readBatchedRanges, type BatchedRange } from '../store/batches.ts';
import type { Session } from '../store/database.ts';
import { findHead, readFindingsOf, readMissed } from '../store/judgement.ts';
import { readingsOf } from '../store/readings.ts';
import type { DeviceRow, FindingRow, WindowRow } from '../store/schema.ts';
import { readMark } from '../store/settings.ts';
import { reasonOf } from './schemas.ts';

/** All that is known of the windows asked for, with which each reading's state is told. */
export interface Judgements {
  readonly ofReading: (window: WindowRow, index: number) => ReturnType<typeof toView>;
  readonly batchOf: (window: WindowRow) => BatchedRange['batch'] | undefined;
}

/** Reads what decides the state of some windows of one device, in a fixed number of queries. */
export async function readJudgements(
  session: Session,
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
        revoked: device.revokedFrom !== null && window.closedAt >= device.revokedFrom,
        finding: findingFor(findings.get(window.sequence) ?? [], index, window),
        batched: batchOf(window) !== undefined,
      };
      return toView(facts, batchOf(window));
    },
  };
}

function toView(facts: ReadingFacts, batch: BatchedRange['batch'] | undefined) {
  const { state, reason, deductedWh } = judgementOf(facts);
  return {
    state,
    reason: reason === undefined ? null : reasonOf(reason),
    deductedWh: String(deductedWh),
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
    fields: Object.fromEntries(
      Object.entries(reading.fields).map(([name, value]) => [name, String(value)]),
    ),
  };
}
