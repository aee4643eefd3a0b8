import type { Hex, SealedWindow } from '@truetonne/protocol';
import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Session } from './database/database.ts';
import { ensureMonths } from './months.ts';
import { equivocations, windows, type WindowIndexRow, type WindowRow } from './tables/schema.ts';

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

/** Any number; it marks "stores windows" among the advisory locks. */
const INSERT_LOCK = 0x7474_6977;

/**
 * Hashes and bytes travel joined, because one long parameter costs less than thousands of short ones.
 * The lock is held until the commit is visible, so that ids ascend in the order of commits however
 * many processes store windows: who has read up to an id has missed nothing before it.
 */
const INSERT = `
  WITH sent AS (
    SELECT *, place::int AS row FROM
      (SELECT pg_advisory_xact_lock(${INSERT_LOCK}) IS NULL AS locked OFFSET 0) AS turn,
      unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[], $7::int[], $8::int[])
        WITH ORDINALITY AS columns
          (device_number, sequence, closed_at, received_at, start, size, place)
  ), stored AS (
    INSERT INTO windows (device_number, sequence, closed_at, received_at, header_hash)
    SELECT device_number, sequence, closed_at, received_at,
           substr($5::bytea, (row - 1) * 32 + 1, 32)
    FROM sent ORDER BY row
    ON CONFLICT (device_number, sequence) DO NOTHING
    RETURNING id, device_number, sequence
  ), kept AS (
    INSERT INTO window_bytes (device_number, closed_at, sequence, bytes)
    SELECT device_number, closed_at, sequence, substr($6::bytea, start, size)
    FROM stored JOIN sent USING (device_number, sequence)
  )
  SELECT id, device_number, sequence FROM stored`;

const SELECT_HASHES = `
  SELECT device_number || '.' || sequence, encode(header_hash, 'hex')
  FROM unnest($1::int[], $2::bigint[]) AS sent (device_number, sequence)
  JOIN windows USING (device_number, sequence)`;

/**
 * Stores windows in one statement, which commits before it returns. Answers in the order given; of
 * two windows with one sequence number the first is kept.
 */
export async function insertWindows(
  session: Session,
  sent: readonly NewWindow[],
): Promise<readonly StoredWindow[]> {
  const keys = sent.map(keyOf);
  const unique = new Map<string, NewWindow>();
  for (const [index, one] of sent.entries()) {
    const key = keys[index] ?? '';
    if (!unique.has(key)) unique.set(key, one);
  }
  const times = sent.map(({ window }) => window.header.closedAt);
  await ensureMonths(session, 'window_bytes', times);
  const rows = await session.run(INSERT, columnsOf([...unique.values()]), 'insert-windows');
  const ids = new Map(
    rows.map(([id, deviceNumber, sequence]) => [
      `${Number(deviceNumber)}.${Number(sequence)}`,
      Number(id),
    ]),
  );
  const known = await readHashes(
    session,
    [...unique].flatMap(([key, one]) => (ids.has(key) ? [] : [one])),
  );
  return sent.map((one, index): StoredWindow => {
    const key = keys[index] ?? '';
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

/** The bytes of a row of `windows`; asked for row by row, so that only its month is looked at. */
export const bytesOfWindow = sql<Uint8Array>`(
  SELECT bytes FROM window_bytes
  WHERE window_bytes.device_number = windows.device_number
    AND window_bytes.closed_at = windows.closed_at
    AND window_bytes.sequence = windows.sequence)`;

export async function findWindow(
  { orm }: Session,
  deviceNumber: number,
  sequence: number,
): Promise<WindowRow | undefined> {
  const [row] = await orm
    .select({ ...getTableColumns(windows), bytes: bytesOfWindow })
    .from(windows)
    .where(and(eq(windows.deviceNumber, deviceNumber), eq(windows.sequence, sequence)));
  return row;
}

/** The same without its bytes. */
export async function findWindowIndex(
  { orm }: Session,
  deviceNumber: number,
  sequence: number,
): Promise<WindowIndexRow | undefined> {
  const [row] = await orm
    .select()
    .from(windows)
    .where(and(eq(windows.deviceNumber, deviceNumber), eq(windows.sequence, sequence)));
  return row;
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
