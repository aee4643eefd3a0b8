import { and, asc, eq, gt, lte, max, notExists, sql } from 'drizzle-orm';
import type { Session } from './database/database.ts';
import { missedWindows, windows, type WindowIndexRow, type WindowRow } from './tables/schema.ts';
import { bytesOfWindow } from './windows.ts';

export type Arrival = Pick<WindowIndexRow, 'id' | 'deviceNumber' | 'sequence' | 'receivedAt'>;

const SELECT_ARRIVALS = `
  SELECT id, device_number, sequence, received_at FROM windows
  WHERE id > $1::bigint ORDER BY id LIMIT $2::int`;

/** What came after `mark`, in the order in which it was stored. */
export async function readArrivals(
  { run }: Session,
  mark: number,
  limit: number,
): Promise<readonly Arrival[]> {
  const rows = await run(SELECT_ARRIVALS, [mark, limit], 'select-arrivals');
  return rows.map(([id, deviceNumber, sequence, receivedAt]) => ({
    ...{ id: Number(id), deviceNumber: Number(deviceNumber) },
    ...{ sequence: Number(sequence), receivedAt: Number(receivedAt) },
  }));
}

export interface SequenceRange {
  readonly deviceNumber: number;
  /** Exclusive. */
  readonly after: number;
  /** Inclusive. */
  readonly upTo?: number;
  /** Windows that were stored later are not seen. */
  readonly mark: number;
}

/** Bytes of a device's windows by sequence, without those that missed their place in the row. */
export function readWindows(
  { orm }: Session,
  range: SequenceRange,
  limit: number,
): Promise<readonly Pick<WindowRow, 'sequence' | 'bytes'>[]> {
  return orm
    .select({ sequence: windows.sequence, bytes: bytesOfWindow })
    .from(windows)
    .where(and(...inRange(range), isNotMissed(orm)))
    .orderBy(asc(windows.sequence))
    .limit(limit);
}

const SELECT_NEXT = `
  SELECT next.device_number, next.sequence, next.bytes, next.received_at
  FROM unnest($1::int[], $2::bigint[]) AS head (device_number, after)
  CROSS JOIN LATERAL (
    SELECT device_number, sequence, received_at, (
      SELECT bytes FROM window_bytes
      WHERE window_bytes.device_number = windows.device_number
        AND window_bytes.closed_at = windows.closed_at
        AND window_bytes.sequence = windows.sequence) AS bytes
    FROM windows
    WHERE windows.device_number = head.device_number AND sequence > head.after AND id <= $3::bigint
      AND NOT EXISTS (
        SELECT 1 FROM missed_windows
        WHERE missed_windows.device_number = windows.device_number
          AND missed_windows.sequence = windows.sequence)
    ORDER BY sequence LIMIT $4::int
  ) AS next
  ORDER BY next.device_number, next.sequence`;

/** A stored window as bytes, and when it came. */
export interface StoredBytes {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** Unix seconds. */
  readonly receivedAt: number;
}

/** The next windows of each device after a sequence, at most `limit` of each, by sequence. */
export async function readNextWindows(
  session: Session,
  after: ReadonlyMap<number, number>,
  mark: number,
  limit: number,
): Promise<ReadonlyMap<number, readonly StoredBytes[]>> {
  const values = [[...after.keys()], [...after.values()], mark, limit];
  const rows = await session.run(SELECT_NEXT, values, 'select-next');
  const windowsOf = rows.map(([deviceNumber, sequence, bytes, receivedAt]) => ({
    deviceNumber: Number(deviceNumber),
    sequence: Number(sequence),
    bytes: asBytes(bytes),
    receivedAt: Number(receivedAt),
  }));
  return Map.groupBy(windowsOf, ({ deviceNumber }) => deviceNumber);
}

const SELECT_AT = `
  SELECT sent.device_number, window_bytes.bytes
  FROM unnest($1::int[], $2::bigint[]) AS sent (device_number, sequence)
  JOIN windows ON windows.device_number = sent.device_number
    AND windows.sequence = sent.sequence
  JOIN window_bytes ON window_bytes.device_number = windows.device_number
    AND window_bytes.closed_at = windows.closed_at AND window_bytes.sequence = windows.sequence`;

/** Bytes of one window of each device. */
export async function readWindowsAt(
  session: Session,
  places: readonly Pick<Arrival, 'deviceNumber' | 'sequence'>[],
): Promise<ReadonlyMap<number, Uint8Array>> {
  if (places.length === 0) return new Map();
  const values = [
    places.map(({ deviceNumber }) => deviceNumber),
    places.map(({ sequence }) => sequence),
  ];
  const rows = await session.run(SELECT_AT, values, 'select-at');
  return new Map(rows.map(([number, bytes]) => [Number(number), asBytes(bytes)]));
}

/** A column of bytes, as both engines hand it out. */
export function asBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError('bytes expected');
  return value;
}

/** Header hashes of a range, by sequence: the leaves of a batch tree. */
export function readHeaderHashes(
  { orm }: Session,
  range: SequenceRange,
): Promise<readonly Pick<WindowRow, 'sequence' | 'headerHash'>[]> {
  return orm
    .select({ sequence: windows.sequence, headerHash: windows.headerHash })
    .from(windows)
    .where(and(...inRange(range), isNotMissed(orm)))
    .orderBy(asc(windows.sequence));
}

/** The highest sequence in a range among windows that close at or before a time; 0 when there is none. */
export async function findLastSequenceUntil(
  { orm }: Session,
  range: SequenceRange,
  until: number,
): Promise<number> {
  const [row] = await orm
    .select({ last: max(windows.sequence) })
    .from(windows)
    .where(and(...inRange(range), lte(windows.closedAt, until)));
  return Number(row?.last ?? 0);
}

function inRange({ deviceNumber, after, upTo, mark }: SequenceRange) {
  return [
    eq(windows.deviceNumber, deviceNumber),
    gt(windows.sequence, after),
    upTo === undefined ? undefined : lte(windows.sequence, upTo),
    lte(windows.id, mark),
  ];
}

function isNotMissed(orm: Session['orm']) {
  return notExists(
    orm
      .select({ one: sql`1` })
      .from(missedWindows)
      .where(
        and(
          eq(missedWindows.deviceNumber, windows.deviceNumber),
          eq(missedWindows.sequence, windows.sequence),
        ),
      ),
  );
}
