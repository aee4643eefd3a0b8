import type { Session } from './database/database.ts';
import type { PresenceRow } from './tables/schema.ts';

/** The newest sign of life of a device; times in Unix seconds. */
export type NewPresence = PresenceRow;

/** What a newer window doesn't tell stays as an older one told it. */
const SAVE = `
  INSERT INTO presences (device_number, last_seen_at, last_sequence, last_closed_at,
    cadence_seconds, firmware, battery_mv, signal_dbm)
  SELECT * FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
    $6::bigint[], $7::bigint[], $8::bigint[])
  ON CONFLICT (device_number) DO UPDATE SET
    last_seen_at = greatest(presences.last_seen_at, excluded.last_seen_at),
    last_sequence = greatest(presences.last_sequence, excluded.last_sequence),
    last_closed_at = greatest(presences.last_closed_at, excluded.last_closed_at),
    cadence_seconds = CASE WHEN excluded.last_sequence > presences.last_sequence
      THEN excluded.cadence_seconds ELSE presences.cadence_seconds END,
    firmware = CASE WHEN excluded.last_sequence > presences.last_sequence
      THEN coalesce(excluded.firmware, presences.firmware) ELSE presences.firmware END,
    battery_mv = CASE WHEN excluded.last_sequence > presences.last_sequence
      THEN coalesce(excluded.battery_mv, presences.battery_mv) ELSE presences.battery_mv END,
    signal_dbm = CASE WHEN excluded.last_sequence > presences.last_sequence
      THEN coalesce(excluded.signal_dbm, presences.signal_dbm) ELSE presences.signal_dbm END`;

export async function savePresences(
  session: Session,
  found: readonly NewPresence[],
): Promise<void> {
  if (found.length === 0) return;
  const values = [
    found.map(({ deviceNumber }) => deviceNumber),
    found.map(({ lastSeenAt }) => lastSeenAt),
    found.map(({ lastSequence }) => lastSequence),
    found.map(({ lastClosedAt }) => lastClosedAt),
    found.map(({ cadenceSeconds }) => cadenceSeconds),
    found.map(({ firmware }) => firmware),
    found.map(({ batteryMv }) => batteryMv),
    found.map(({ signalDbm }) => signalDbm),
  ];
  await session.run(SAVE, values, 'save-presences');
}

/**
 * Which of these devices sent windows beyond those that are judged. Where a store is older than its
 * presences, the windows themselves are asked.
 */
export async function readBehind(
  { run }: Session,
  deviceNumbers: readonly number[],
): Promise<ReadonlySet<number>> {
  const rows = await run(
    `SELECT devices.number
     FROM unnest($1::int[]) AS asked (number)
     JOIN devices USING (number)
     LEFT JOIN presences ON presences.device_number = devices.number
     LEFT JOIN heads ON heads.device_number = devices.number
     WHERE coalesce(presences.last_sequence,
         (SELECT max(sequence) FROM windows WHERE windows.device_number = devices.number))
       > greatest(heads.last_sequence, devices.credited_sequence)`,
    [[...deviceNumbers]],
    'select-behind',
  );
  return new Set(rows.map(([number]) => Number(number)));
}
