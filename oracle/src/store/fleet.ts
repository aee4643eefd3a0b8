import { fromHex, toHex, type Hex } from '@truetonne/protocol';
import type { Session } from './database/database.ts';

/** A device as the fleet sees it; times in Unix seconds. */
export interface FleetDevice {
  readonly number: number;
  readonly deviceId: Hex;
  readonly projectId: number | null;
  readonly revoked: boolean;
  readonly frozen: boolean;
  /** Sequence numbers of it that were used twice. */
  readonly equivocations: number;
  readonly presence: Presence | undefined;
}

interface Presence {
  readonly lastSeenAt: number;
  readonly lastSequence: number;
  readonly lastClosedAt: number;
  readonly cadenceSeconds: number;
  readonly firmware: number | null;
  readonly batteryMv: number | null;
  readonly signalDbm: number | null;
}

const SELECT = `
  SELECT number, device_id, project_id, revoked_from IS NOT NULL, frozen_sequence IS NOT NULL,
    (SELECT count(*) FROM equivocations WHERE equivocations.device_number = number),
    last_seen_at, last_sequence, last_closed_at, cadence_seconds, firmware, battery_mv, signal_dbm
  FROM devices LEFT JOIN presences ON presences.device_number = number
  WHERE ($1::int IS NULL OR project_id = $1) AND ($2::bytea IS NULL OR device_id = $2)
  ORDER BY number`;

/** Devices of a project or of all, by number. */
export async function readFleet(
  { run }: Session,
  filter: { readonly projectId?: number | undefined; readonly deviceId?: Hex | undefined },
): Promise<readonly FleetDevice[]> {
  const { projectId, deviceId } = filter;
  const id = deviceId === undefined ? null : Buffer.from(fromHex(deviceId));
  const rows = await run(SELECT, [projectId ?? null, id], 'select-fleet');
  return rows.map(toDevice);
}

function toDevice(row: readonly unknown[]): FleetDevice {
  const [number, id, projectId, revoked, frozen, equivocations, ...presence] = row;
  if (!(id instanceof Uint8Array)) throw new TypeError('bytes expected');
  return {
    number: Number(number),
    deviceId: toHex(id),
    projectId: toNumber(projectId),
    revoked: revoked === true,
    frozen: frozen === true,
    equivocations: Number(equivocations),
    presence: toPresence(presence),
  };
}

function toPresence(columns: readonly unknown[]): Presence | undefined {
  const [seen, sequence, closed, cadence, firmware, battery, signal] = columns.map(toNumber);
  if (seen === null || seen === undefined) return undefined;
  return {
    lastSeenAt: seen,
    lastSequence: sequence ?? 0,
    lastClosedAt: closed ?? 0,
    cadenceSeconds: cadence ?? 0,
    firmware: firmware ?? null,
    batteryMv: battery ?? null,
    signalDbm: signal ?? null,
  };
}

function toNumber(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

/** A reason that was found of a device, and when the reading was, Unix seconds. */
export interface LastReason {
  readonly deviceNumber: number;
  readonly reason: string;
  readonly at: number;
}

/** The newest findings and flags of each device, at most three of each. */
export async function readLastReasons(
  { run }: Session,
  deviceNumbers: readonly number[],
): Promise<readonly LastReason[]> {
  if (deviceNumbers.length === 0) return [];
  const newest = (table: string): string => `
    SELECT wanted.number, ${table}_newest.reason, ${table}_newest.at
    FROM unnest($1::int[]) AS wanted (number)
    CROSS JOIN LATERAL (
      SELECT reason, at FROM ${table} WHERE device_number = wanted.number
      ORDER BY sequence DESC, reading_index DESC LIMIT 3) AS ${table}_newest`;
  const rows = await run(
    `${newest('findings')} UNION ALL ${newest('flags')} ORDER BY 1, 3 DESC`,
    [[...deviceNumbers]],
    'last-reasons',
  );
  return rows.map(([number, reason, at]) => ({
    deviceNumber: Number(number),
    reason: String(reason),
    at: Number(at),
  }));
}
