import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  lt,
  max,
  type SQL,
} from 'drizzle-orm';
import { toHex, type Hex } from '@truetonne/protocol';
import type { Session } from './database/database.ts';
import { windows, type WindowRow } from './tables/schema.ts';
import { asBytes } from './ranges.ts';
import { bytesOfWindow } from './windows.ts';

const COLUMNS = { ...getTableColumns(windows), bytes: bytesOfWindow };

/** A window's place in a device's history: by closing time, then by sequence. */
export interface HistoryPlace {
  readonly closedAt: number;
  readonly sequence: number;
}

/** Named, so that the plan over all months is made once. */
const SELECT_HISTORY = `
  SELECT id, sequence, closed_at, header_hash, received_at, (
    SELECT bytes FROM window_bytes
    WHERE window_bytes.device_number = windows.device_number
      AND window_bytes.closed_at = windows.closed_at
      AND window_bytes.sequence = windows.sequence)
  FROM windows
  WHERE device_number = $1::int AND (closed_at, sequence) >= ($2::bigint, $3::bigint)
    AND closed_at >= $2::bigint
  ORDER BY closed_at, sequence LIMIT $4::int`;

/** Windows of a device from a place on, the place included. */
export async function readHistory(
  { run }: Session,
  deviceNumber: number,
  from: HistoryPlace,
  limit: number,
): Promise<readonly WindowRow[]> {
  const values = [deviceNumber, from.closedAt, from.sequence, limit];
  const rows = await run(SELECT_HISTORY, values, 'select-history');
  return rows.map(([id, sequence, closedAt, hash, receivedAt, bytes]) => ({
    id: Number(id),
    deviceNumber,
    sequence: Number(sequence),
    closedAt: Number(closedAt),
    headerHash: toHex(asBytes(hash)),
    receivedAt: Number(receivedAt),
    bytes: asBytes(bytes),
  }));
}

/** The window of a device that closes last. */
export async function findLatest(
  { orm }: Session,
  deviceNumber: number,
): Promise<WindowRow | undefined> {
  const [row] = await orm
    .select(COLUMNS)
    .from(windows)
    .where(eq(windows.deviceNumber, deviceNumber))
    .orderBy(desc(windows.closedAt), desc(windows.sequence))
    .limit(1);
  return row;
}

/** The window of a device that closes last. */
export interface LatestWindow {
  readonly receivedAt: number;
  readonly bytes: Uint8Array;
}

/** By device the window that closes last; devices without one are not among them. */
export async function readLatest(
  { run }: Session,
  deviceNumbers: readonly number[],
): Promise<ReadonlyMap<number, LatestWindow>> {
  if (deviceNumbers.length === 0) return new Map();
  const rows = await run(
    `SELECT wanted.number, latest.received_at, window_bytes.bytes
     FROM unnest($1::int[]) AS wanted (number)
     CROSS JOIN LATERAL (
       SELECT device_number, closed_at, sequence, received_at FROM windows
       WHERE device_number = wanted.number
       ORDER BY closed_at DESC, sequence DESC LIMIT 1) AS latest
     JOIN window_bytes USING (device_number, closed_at, sequence)`,
    [[...deviceNumbers]],
    'latest-windows',
  );
  return new Map(
    rows.map(([number, receivedAt, bytes]) => [
      Number(number),
      { receivedAt: Number(receivedAt), bytes: asBytes(bytes) },
    ]),
  );
}

/** Windows in the order of their arrival after an id; of all devices, or of some. */
export function readStream(
  { orm }: Session,
  afterId: number,
  deviceNumbers: readonly number[] | undefined,
  limit: number,
): Promise<readonly WindowRow[]> {
  const conditions: SQL[] = [gt(windows.id, afterId)];
  if (deviceNumbers !== undefined)
    conditions.push(inArray(windows.deviceNumber, [...deviceNumbers]));
  return orm
    .select(COLUMNS)
    .from(windows)
    .where(and(...conditions))
    .orderBy(asc(windows.id))
    .limit(limit);
}

/** Id of the newest window; 0 when there is none. */
export async function findNewestId({ orm }: Session): Promise<number> {
  const [row] = await orm.select({ id: max(windows.id) }).from(windows);
  return Number(row?.id ?? 0);
}

/** How many windows of some devices close in [from, to). */
export async function countWindows(
  { orm }: Session,
  deviceNumbers: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<number> {
  if (deviceNumbers.length === 0) return 0;
  const [row] = await orm
    .select({ windows: count() })
    .from(windows)
    .where(
      and(
        inArray(windows.deviceNumber, [...deviceNumbers]),
        gte(windows.closedAt, from),
        lt(windows.closedAt, to),
      ),
    );
  return row?.windows ?? 0;
}

/** How many windows have ids in (after, upTo]. */
export async function countBetween({ run }: Session, after: number, upTo: number): Promise<number> {
  const [row] = await run(
    'SELECT count(*) FROM windows WHERE id > $1::bigint AND id <= $2::bigint',
    [after, upTo],
    'count-between',
  );
  return Number(row?.[0] ?? 0);
}

export interface StoredHeader {
  readonly sequence: number;
  readonly headerHash: Hex;
  readonly bytes: Uint8Array;
}

/**
 * The last window of a device that closes at or before a time, and the one after it: between them they
 * hold every reading around that time.
 */
export async function readWindowsAround(
  { run }: Session,
  deviceNumber: number,
  at: number,
): Promise<readonly StoredHeader[]> {
  const rows = await run(
    `WITH before AS (
       SELECT coalesce(max(sequence), 0) AS sequence FROM windows
       WHERE device_number = $1::int AND closed_at <= $2::bigint
     )
     SELECT windows.sequence, header_hash, bytes FROM windows
     JOIN window_bytes USING (device_number, closed_at, sequence)
     WHERE device_number = $1::int AND windows.sequence
       BETWEEN (SELECT sequence FROM before) AND (SELECT sequence FROM before) + 1
     ORDER BY windows.sequence`,
    [deviceNumber, at],
    'windows-around',
  );
  return rows.map(([sequence, hash, bytes]) => ({
    ...{ sequence: Number(sequence), headerHash: toHex(asBytes(hash)), bytes: asBytes(bytes) },
  }));
}
