import { isErrorCode, WHOLE_WINDOW, type ErrorCode } from '@truetonne/protocol';
import {
  judgementOf,
  type ReadingFacts,
  type ReadingJudgement,
} from '../../domain/readingState.ts';
import { readBatchedRanges, type BatchedRange } from '../../store/batches.ts';
import type { Session } from '../../store/database/database.ts';
import { readFlagsOf, type FlagRow } from '../../store/flags.ts';
import { findHead, readFindingsOf, readMissed } from '../../store/judgement.ts';
import { readingsOf } from '../../store/readings.ts';
import { readMark } from '../../store/settings.ts';
import type { DeviceRow, FindingRow, WindowRow } from '../../store/tables/schema.ts';
import { readPendingReplacements, readWaitingOf } from '../../store/waiting.ts';

/** What was found of a reading, and where it went. */
export interface Judgement extends ReadingJudgement {
  readonly flags: readonly ErrorCode[];
  /** `undefined` unless it waits. */
  readonly wait: Wait | undefined;
  readonly batch: BatchedRange['batch'] | undefined;
}

/** What judgements are read with; `waitSeconds` is how long a window waits for the one before it. */
export interface JudgementSource {
  readonly database: Session;
  readonly waitSeconds: number;
  readonly now: () => number;
}

/** All that is known of the windows asked for, with which each reading's state is told. */
export interface Judgements {
  readonly ofReading: (window: WindowRow, index: number) => Judgement;
  readonly batchOf: (window: WindowRow) => BatchedRange['batch'] | undefined;
}

/** Reads what decides the state of some windows of one device, in a fixed number of queries. */
export async function readJudgements(
  { database: session, waitSeconds, now }: JudgementSource,
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
      const judgement = judgementOf(facts);
      return {
        ...judgement,
        flags: flagsFor(flags.get(window.sequence) ?? [], index),
        wait: judgement.state === 'waiting' ? waiting.get(window.sequence) : undefined,
        batch: batchOf(window),
      };
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
  { waitSeconds, now }: Omit<JudgementSource, 'database'>,
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
function flagsFor(rows: readonly FlagRow[], index: number): readonly ErrorCode[] {
  return rows
    .filter(({ readingIndex }) => readingIndex === index || readingIndex === WHOLE_WINDOW)
    .map(({ reason }) => (isErrorCode(reason) ? reason : 'INTERNAL'));
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
