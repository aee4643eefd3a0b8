/** The fleet as the oracle sees it: who is heard, who is not, and what waits. */
import { hex, integer, listOf, object, oneOf, optional, text } from '../parse.ts';
import { askOracle } from './client.ts';
import { cursorPage, itemsUnder, withQuery, type CursorPage } from './page.ts';

export const FLEET_STATES = ['online', 'late', 'silent', 'never', 'frozen', 'revoked'] as const;
export type FleetState = (typeof FLEET_STATES)[number];

const fleetDevice = object({
  deviceId: hex,
  projectId: optional(integer),
  state: oneOf(...FLEET_STATES),
  lastSeenAt: optional(integer),
  lastSequence: optional(integer),
  firmware: optional(text),
  batteryMv: optional(integer),
  signalDbm: optional(integer),
  equivocations: integer,
  lastReasons: listOf(object({ code: text, at: integer })),
  waiting: optional(object({ count: integer, since: integer, reason: text, deadline: integer })),
});
export type FleetDevice = ReturnType<typeof fleetDevice>;

const summary = object({
  online: integer,
  late: integer,
  silent: integer,
  never: integer,
  frozen: integer,
  revoked: integer,
});
/** How many devices are in each state. */
export type FleetSummary = ReturnType<typeof summary>;

const alert = object({
  id: integer,
  kind: text,
  deviceId: hex,
  projectId: optional(integer),
  since: integer,
  endedAt: optional(integer),
  detail: text,
});
export type Alert = ReturnType<typeof alert>;

export interface FleetFilter {
  readonly projectId?: number | undefined;
  readonly state?: FleetState | undefined;
  /** What the id begins with, 0x included. */
  readonly device?: string | undefined;
}

const PAGE_SIZE = '50';

export interface FleetPage extends CursorPage<FleetDevice> {
  readonly summary: FleetSummary;
}

export async function fetchFleet(
  oracleUrl: string,
  { projectId, state, device }: FleetFilter,
  cursor: string | undefined,
): Promise<FleetPage> {
  const query = { project: projectId?.toString(), state, device, limit: PAGE_SIZE, cursor };
  const path = withQuery('/v1/fleet', query);
  return askOracle(oracleUrl, path, (value, place) => ({
    ...cursorPage('devices', fleetDevice)(value, place),
    ...object({ summary })(value, place),
  }));
}

export interface AlertFilter {
  readonly projectId: number | undefined;
  /** Those that go on, or those that are over. */
  readonly open: boolean;
}

/** Alerts, the newest first. */
export function fetchAlerts(
  oracleUrl: string,
  filter: AlertFilter,
  cursor: string | undefined,
): Promise<CursorPage<Alert>> {
  const { projectId, open } = filter;
  const query = { project: projectId?.toString(), open: String(open), limit: PAGE_SIZE, cursor };
  return askOracle(oracleUrl, withQuery('/v1/alerts', query), cursorPage('alerts', alert));
}

const signedHeader = object({ header: hex, headerHash: hex, signature: hex });

const equivocation = object({
  sequence: integer,
  receivedAt: integer,
  a: signedHeader,
  b: signedHeader,
});
/** Two signed headers with one sequence number: the proof that a key was copied. */
export type StoredEquivocation = ReturnType<typeof equivocation>;

/** One is enough to freeze the device; `undefined` when there is none. */
export async function fetchEquivocation(
  oracleUrl: string,
  deviceId: string,
): Promise<StoredEquivocation | undefined> {
  const path = withQuery(`/v1/devices/${deviceId}/equivocations`, { limit: '1' });
  return (await askOracle(oracleUrl, path, itemsUnder('equivocations', equivocation)))[0];
}
