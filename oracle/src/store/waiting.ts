import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Session } from './database/database.ts';
import { meterReplacements, waitingWindows } from './tables/schema.ts';
import type { Arrival } from './ranges.ts';

/** Windows that are not judged yet because one before them is missing, or a sign-off. */
export type WaitingRow = typeof waitingWindows.$inferSelect;

export async function saveWaiting(session: Session, waiting: readonly Arrival[]): Promise<void> {
  if (waiting.length === 0) return;
  await session.run(
    `INSERT INTO waiting_windows (device_number, sequence, received_at)
     SELECT * FROM unnest($1::int[], $2::bigint[], $3::bigint[]) ON CONFLICT DO NOTHING`,
    [
      waiting.map(({ deviceNumber }) => deviceNumber),
      waiting.map(({ sequence }) => sequence),
      waiting.map(({ receivedAt }) => receivedAt),
    ],
    'insert-waiting',
  );
}

/** Windows up to a device's judged sequence wait no more. */
export async function forgetWaiting(
  session: Session,
  judged: ReadonlyMap<number, number>,
): Promise<void> {
  if (judged.size === 0) return;
  await session.run(
    `DELETE FROM waiting_windows USING unnest($1::int[], $2::bigint[]) AS judged (number, sequence)
     WHERE waiting_windows.device_number = judged.number
       AND waiting_windows.sequence <= judged.sequence`,
    [[...judged.keys()], [...judged.values()]],
    'delete-waiting',
  );
}

/** Windows wait no more of devices that are judged no more: they are frozen, or of no project. */
export async function forgetWaitingOfUnjudged({ run }: Session): Promise<void> {
  await run(
    `DELETE FROM waiting_windows USING devices
     WHERE devices.number = waiting_windows.device_number
       AND (devices.project_id IS NULL OR devices.frozen_sequence IS NOT NULL)`,
    [],
  );
}

/** Stored windows after a device's judged sequence, up to the mark, wait (again). */
export async function markWaiting(
  { run }: Session,
  deviceNumber: number,
  after: number,
  mark: number,
): Promise<void> {
  await run(
    `INSERT INTO waiting_windows (device_number, sequence, received_at)
     SELECT device_number, sequence, received_at FROM windows
     WHERE device_number = $1::int AND sequence > $2::bigint AND id <= $3::bigint
     ON CONFLICT DO NOTHING`,
    [deviceNumber, after, mark],
  );
}

/** By device the highest sequence among windows that came at or before a time and still wait. */
export async function readOverdue(
  { run }: Session,
  receivedBy: number,
): Promise<ReadonlyMap<number, number>> {
  const rows = await run(
    `SELECT device_number, max(sequence) FROM waiting_windows WHERE received_at <= $1::bigint
     GROUP BY device_number`,
    [receivedBy],
    'select-overdue',
  );
  return new Map(rows.map(([number, sequence]) => [Number(number), Number(sequence)]));
}

/** Devices with a statement of replacement whose next window in the row waits. */
export async function readHeldDevices({ run }: Session): Promise<readonly number[]> {
  const rows = await run(
    `SELECT DISTINCT waiting_windows.device_number
     FROM meter_replacements
     JOIN devices ON devices.number = meter_replacements.device_number
     LEFT JOIN heads ON heads.device_number = devices.number
     JOIN waiting_windows ON waiting_windows.device_number = devices.number
       AND waiting_windows.sequence = greatest(heads.last_sequence, devices.credited_sequence) + 1`,
    [],
    'select-held',
  );
  return rows.map(([number]) => Number(number));
}

/** Which of some windows of a device wait. */
export function readWaitingOf(
  { orm }: Session,
  deviceNumber: number,
  sequences: readonly number[],
): Promise<readonly WaitingRow[]> {
  return orm
    .select()
    .from(waitingWindows)
    .where(
      and(
        eq(waitingWindows.deviceNumber, deviceNumber),
        inArray(waitingWindows.sequence, [...sequences]),
      ),
    )
    .orderBy(asc(waitingWindows.sequence));
}

/** How many windows of a device wait, and since when the first one does. */
export interface WaitingSummary {
  readonly count: number;
  /** Unix seconds. */
  readonly since: number;
}

export async function readWaitingSummaries(
  { run }: Session,
  deviceNumbers: readonly number[],
): Promise<ReadonlyMap<number, WaitingSummary>> {
  if (deviceNumbers.length === 0) return new Map();
  const rows = await run(
    `SELECT device_number, count(*), min(received_at) FROM waiting_windows
     WHERE device_number = ANY($1::int[]) GROUP BY device_number`,
    [[...deviceNumbers]],
    'waiting-summaries',
  );
  return new Map(
    rows.map(([number, count, since]) => [
      Number(number),
      { count: Number(count), since: Number(since) },
    ]),
  );
}

/** Sequences after which devices wait for a sign-off that is still to come, and since when. */
export interface PendingReplacement {
  readonly sequence: number;
  readonly since: number;
}

/** Statements that came after a time and no validator has signed off, by device the earliest. */
export async function readPendingReplacements(
  { orm }: Session,
  receivedAfter: number,
): Promise<ReadonlyMap<number, PendingReplacement>> {
  const rows = await orm
    .select()
    .from(meterReplacements)
    .orderBy(asc(meterReplacements.deviceNumber), asc(meterReplacements.sequence));
  const pending = new Map<number, PendingReplacement>();
  for (const { deviceNumber, sequence, receivedAt, signedAt } of rows) {
    if (signedAt !== null || receivedAt <= receivedAfter || pending.has(deviceNumber)) continue;
    pending.set(deviceNumber, { sequence, since: receivedAt });
  }
  return pending;
}
