import type { Hex } from '@truetonne/protocol';
import {
  and,
  asc,
  between,
  count,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import {
  FLEET_POLICY,
  LONGEST_INTERVAL,
  UNKNOWN_INTERVAL,
  type FleetState,
  type Patience,
} from '../domain/fleetState.ts';
import type { Session } from './database/database.ts';
import { IS_KNOWN } from './registry.ts';
import { devices, equivocations, presences, type PresenceRow } from './tables/schema.ts';

/** A device as the fleet sees it; times in Unix seconds. */
export interface FleetDevice {
  readonly number: number;
  readonly deviceId: Hex;
  readonly projectId: number | null;
  readonly state: FleetState;
  /** Sequence numbers of it that were used twice. */
  readonly equivocations: number;
  readonly presence: PresenceRow | null;
}

export interface FleetFilter {
  readonly projectId: number | undefined;
  readonly state: FleetState | undefined;
  /** What the device id begins with: 0x and up to 64 digits. */
  readonly idStart: string;
}

// `least` takes no notice of what is null.
const OWN_INTERVAL = sql`least(
  coalesce(${presences.cadenceSeconds}, ${UNKNOWN_INTERVAL}::int), ${LONGEST_INTERVAL}::int)`;

/** Whether more than its patience passed between `since` and `now`, both in Unix seconds. */
function isQuiet(now: number, since: SQL | AnyPgColumn, patience: Patience): SQL {
  const { intervals, seconds } = patience;
  return sql`${now}::bigint - ${since} > ${intervals}::int * ${OWN_INTERVAL} + ${seconds}::int`;
}

/** The state of a device at a time (Unix seconds): what the registry says comes before what it sends. */
function stateAt(now: number): SQL<FleetState> {
  const { lateAfter, silentAfter } = FLEET_POLICY;
  const quietFor = (patience: Patience): SQL => isQuiet(now, presences.lastSeenAt, patience);
  return sql<FleetState>`CASE
    WHEN ${devices.frozenSequence} IS NOT NULL THEN 'frozen'
    WHEN ${devices.revokedFrom} IS NOT NULL THEN 'revoked'
    WHEN ${presences.deviceNumber} IS NULL THEN 'never'
    WHEN ${quietFor(silentAfter)} THEN 'silent'
    WHEN ${quietFor(lateAfter)} THEN 'late'
    ELSE 'online' END`;
}

/** Devices by number, after one; no more are read than asked for. */
export function readFleet(
  { orm }: Session,
  { projectId, state, idStart }: FleetFilter,
  now: number,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly FleetDevice[]> {
  const found = stateAt(now);
  return orm
    .select({
      ...{ number: devices.number, deviceId: devices.deviceId, projectId: devices.projectId },
      ...{ state: found, presence: presences },
      equivocations: orm.$count(equivocations, eq(equivocations.deviceNumber, devices.number)),
    })
    .from(devices)
    .leftJoin(presences, eq(presences.deviceNumber, devices.number))
    .where(
      and(
        IS_KNOWN,
        gt(devices.number, after),
        projectId === undefined ? undefined : eq(devices.projectId, projectId),
        idStart === '0x' ? undefined : beginsWith(idStart),
        state === undefined ? undefined : eq(found, state),
      ),
    )
    .orderBy(asc(devices.number))
    .limit(limit);
}

/** Between the smallest and the largest id that begin so, which an index finds. */
function beginsWith(idStart: string): SQL {
  // Proof: the API lets 0x and up to 64 digits pass.
  const filledWith = (digit: string): Hex => idStart.padEnd(66, digit) as Hex;
  return between(devices.deviceId, filledWith('0'), filledWith('f'));
}

/** How many devices of a project, or of all, are in each state that any is in. */
export async function countFleet(
  { orm }: Session,
  projectId: number | undefined,
  now: number,
): Promise<ReadonlyMap<FleetState, number>> {
  const rows = await orm
    .select({ state: stateAt(now), devices: count() })
    .from(devices)
    .leftJoin(presences, eq(presences.deviceNumber, devices.number))
    .where(and(IS_KNOWN, projectId === undefined ? undefined : eq(devices.projectId, projectId)))
    .groupBy(sql`1`);
  return new Map(rows.map((row) => [row.state, row.devices]));
}

/** A device of a project that something is wrong with. */
interface Suspect {
  readonly deviceNumber: number;
  readonly projectId: number;
}

// Proof: only devices of projects are asked for.
const SUSPECT = { deviceNumber: devices.number, projectId: sql<number>`${devices.projectId}` };

/** A device of which nothing came for too long; times in Unix seconds. */
interface Silent extends Suspect {
  /** Since when its project waits for it: the last sign of life or, before one, the claim; never before it was bound. */
  readonly since: number;
  /** `null`: nothing ever came. */
  readonly lastSeenAt: number | null;
  readonly cadenceSeconds: number | null;
}

/**
 * Devices of projects of which nothing came for too long, or nothing ever. A project waits for a device
 * since it was bound at the earliest, however long before it was claimed or had sent for another one.
 */
export async function readSilent({ orm }: Session, now: number): Promise<readonly Silent[]> {
  const { lastSeenAt, cadenceSeconds } = presences;
  // Of what is null, `greatest` takes no notice.
  const since = sql<number>`greatest(coalesce(${lastSeenAt}, ${devices.claimedAt}), ${devices.boundAt})`;
  return orm
    .select({ ...SUSPECT, since: since.mapWith(Number), lastSeenAt, cadenceSeconds })
    .from(devices)
    .leftJoin(presences, eq(presences.deviceNumber, devices.number))
    .where(
      and(
        isNotNull(devices.projectId),
        inArray(stateAt(now), ['silent', 'never']),
        isQuiet(now, since, FLEET_POLICY.silentAfter),
      ),
    );
}

/** Devices of projects, not frozen yet, whose key signed two windows with one sequence number. */
export async function readCopied({
  orm,
}: Session): Promise<readonly (Suspect & { readonly sequences: number })[]> {
  return orm
    .select({ ...SUSPECT, sequences: count() })
    .from(equivocations)
    .innerJoin(devices, eq(devices.number, equivocations.deviceNumber))
    .where(and(isNotNull(devices.projectId), isNull(devices.frozenSequence)))
    .groupBy(devices.number);
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
