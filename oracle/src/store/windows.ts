import type { Hex, SealedWindow } from '@truetonne/protocol';
import { and, asc, eq, gt, lte, max, notExists, sql } from 'drizzle-orm';
import type { Session } from './database.ts';
import { equivocations, missedWindows, windows, type WindowRow } from './schema.ts';

export interface NewWindow {
  readonly deviceNumber: number;
  readonly window: SealedWindow;
  /** `header ‖ signature ‖ readings`, as they came. */
  readonly bytes: Uint8Array;
  readonly receivedAt: number;
}

/** What became of a window. `conflict`: the sequence number holds a different window already. */
export type StoredWindow =
  | { readonly status: 'accepted'; readonly id: number }
  | { readonly status: 'duplicate' }
  | { readonly status: 'conflict'; readonly storedHash: Hex };

/** Hashes and bytes travel joined, because one long parameter costs less than thousands of short ones. */
const INSERT = `
  INSERT INTO windows (device_number, sequence, closed_at, received_at, header_hash, bytes)
  SELECT device_number, sequence, closed_at, received_at,
         substr($5::bytea, (place::int - 1) * 32 + 1, 32), substr($6::bytea, start, size)
  FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[], $7::int[], $8::int[])
    WITH ORDINALITY AS sent (device_number, sequence, closed_at, received_at, start, size, place)
  ORDER BY place
  ON CONFLICT (device_number, sequence) DO NOTHING
  RETURNING id, device_number, sequence`;

const SELECT_HASHES = `
  SELECT device_number || '.' || sequence, encode(header_hash, 'hex')
  FROM unnest($1::int[], $2::bigint[]) AS sent (device_number, sequence)
  JOIN windows USING (device_number, sequence)`;

/**
 * Stores windows in one statement, which commits before it returns. Answers in the order given. Only
 * one caller at a time, so that ids ascend in the order of commits.
 */
export async function insertWindows(
  session: Session,
  sent: readonly NewWindow[],
): Promise<readonly StoredWindow[]> {
  const unique = new Map<string, NewWindow>();
  for (const one of sent) if (!unique.has(keyOf(one))) unique.set(keyOf(one), one);
  const rows = await session.run(INSERT, columnsOf([...unique.values()]), 'insert-windows');
  const ids = new Map(
    rows.map(([id, deviceNumber, sequence]) => [
      `${Number(deviceNumber)}.${Number(sequence)}`,
      Number(id),
    ]),
  );
  const known = await readHashes(
    session,
    [...unique.values()].filter((one) => !ids.has(keyOf(one))),
  );
  return sent.map((one): StoredWindow => {
    const key = keyOf(one);
    const first = unique.get(key);
    const id = ids.get(key);
    if (first === one && id !== undefined) return { status: 'accepted', id };
    const storedHash = known.get(key) ?? first?.window.headerHash ?? one.window.headerHash;
    return storedHash === one.window.headerHash
      ? { status: 'duplicate' }
      : { status: 'conflict', storedHash };
  });
}

/** Keeps the proof that a device signed two windows with one sequence number. */
export async function saveEquivocation(session: Session, sent: NewWindow): Promise<void> {
  const { header, headerHash } = sent.window;
  await session.orm
    .insert(equivocations)
    .values({
      deviceNumber: sent.deviceNumber,
      sequence: header.sequence,
      headerHash,
      bytes: sent.bytes,
      receivedAt: sent.receivedAt,
    })
    .onConflictDoNothing();
}

export async function findWindow(
  { orm }: Session,
  deviceNumber: number,
  sequence: number,
): Promise<WindowRow | undefined> {
  const [row] = await orm
    .select()
    .from(windows)
    .where(and(eq(windows.deviceNumber, deviceNumber), eq(windows.sequence, sequence)));
  return row;
}

/** Device and sequence of the windows after `mark`, in the order in which they were stored. */
export function readArrivals(
  { orm }: Session,
  mark: number,
  limit: number,
): Promise<readonly Pick<WindowRow, 'id' | 'deviceNumber' | 'sequence'>[]> {
  return orm
    .select({ id: windows.id, deviceNumber: windows.deviceNumber, sequence: windows.sequence })
    .from(windows)
    .where(gt(windows.id, mark))
    .orderBy(asc(windows.id))
    .limit(limit);
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
    .select({ sequence: windows.sequence, bytes: windows.bytes })
    .from(windows)
    .where(and(...inRange(range), isNotMissed(orm)))
    .orderBy(asc(windows.sequence))
    .limit(limit);
}

const SELECT_NEXT = `
  SELECT next.device_number, next.sequence, next.bytes
  FROM unnest($1::int[], $2::bigint[]) AS head (device_number, after)
  CROSS JOIN LATERAL (
    SELECT device_number, sequence, bytes FROM windows
    WHERE windows.device_number = head.device_number AND sequence > head.after AND id <= $3::bigint
      AND NOT EXISTS (
        SELECT 1 FROM missed_windows
        WHERE missed_windows.device_number = windows.device_number
          AND missed_windows.sequence = windows.sequence)
    ORDER BY sequence LIMIT $4::int
  ) AS next
  ORDER BY next.device_number, next.sequence`;

/** The next windows of each device after a sequence, at most `limit` of each, by sequence. */
export async function readNextWindows(
  session: Session,
  after: ReadonlyMap<number, number>,
  mark: number,
  limit: number,
): Promise<
  ReadonlyMap<number, readonly { readonly sequence: number; readonly bytes: Uint8Array }[]>
> {
  const values = [[...after.keys()], [...after.values()], mark, limit];
  const rows = await session.run(SELECT_NEXT, values, 'select-next');
  const windowsOf = rows.map(([deviceNumber, sequence, bytes]) => {
    if (!(bytes instanceof Uint8Array)) throw new TypeError('bytes expected');
    return { deviceNumber: Number(deviceNumber), sequence: Number(sequence), bytes };
  });
  return Map.groupBy(windowsOf, ({ deviceNumber }) => deviceNumber);
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

async function readHashes(
  session: Session,
  sent: readonly NewWindow[],
): Promise<ReadonlyMap<string, Hex>> {
  if (sent.length === 0) return new Map();
  const rows = await session.run(
    SELECT_HASHES,
    [sent.map((one) => one.deviceNumber), sent.map(({ window }) => window.header.sequence)],
    'select-hashes',
  );
  return new Map(rows.map(([key, hash]) => [String(key), `0x${String(hash)}`]));
}

function keyOf({ deviceNumber, window }: NewWindow): string {
  return `${deviceNumber}.${window.header.sequence}`;
}

function columnsOf(sent: readonly NewWindow[]): readonly unknown[] {
  const starts: number[] = [];
  let start = 1;
  for (const { bytes } of sent) {
    starts.push(start);
    start += bytes.length;
  }
  return [
    toArray(sent.map((one) => one.deviceNumber)),
    toArray(sent.map(({ window }) => window.header.sequence)),
    toArray(sent.map(({ window }) => window.header.closedAt)),
    toArray(sent.map((one) => one.receivedAt)),
    Buffer.from(sent.map(({ window }) => window.headerHash.slice(2)).join(''), 'hex'),
    Buffer.concat(sent.map((one) => one.bytes)),
    toArray(starts),
    toArray(sent.map(({ bytes }) => bytes.length)),
  ];
}

/** PostgreSQL's text form of an array of numbers, which needs no escaping. */
function toArray(numbers: readonly number[]): string {
  return `{${numbers.join(',')}}`;
}
