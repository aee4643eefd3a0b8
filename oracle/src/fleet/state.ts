/** How a device is, as an operator sees it. `never`: nothing came of it yet. */
export type FleetState = 'online' | 'late' | 'silent' | 'never' | 'frozen' | 'revoked';

export const FLEET_STATES: readonly FleetState[] = [
  'online',
  'late',
  'silent',
  'never',
  'frozen',
  'revoked',
];

/** After how many of its own intervals, and seconds of grace, a device is late or silent. */
export interface FleetPolicy {
  readonly lateAfter: { readonly intervals: number; readonly seconds: number };
  readonly silentAfter: { readonly intervals: number; readonly seconds: number };
}

/** A missed window is late; six missed ones and five minutes are silence. */
export const FLEET_POLICY: FleetPolicy = {
  lateAfter: { intervals: 2, seconds: 60 },
  silentAfter: { intervals: 6, seconds: 300 },
};

/** What decides a device's state; times in Unix seconds. */
export interface FleetFacts {
  readonly frozen: boolean;
  readonly revoked: boolean;
  /** When its newest window came, and how long its windows last. */
  readonly presence: { readonly lastSeenAt: number; readonly cadenceSeconds: number } | undefined;
}

/** The state of a device at a time (Unix seconds): what the registry says comes before what it sends. */
export function fleetStateOf(
  { frozen, revoked, presence }: FleetFacts,
  now: number,
  { lateAfter, silentAfter }: FleetPolicy,
): FleetState {
  if (frozen) return 'frozen';
  if (revoked) return 'revoked';
  if (presence === undefined) return 'never';
  const quiet = now - presence.lastSeenAt;
  const limitOf = (limit: FleetPolicy['lateAfter']): number =>
    limit.intervals * presence.cadenceSeconds + limit.seconds;
  if (quiet > limitOf(silentAfter)) return 'silent';
  return quiet > limitOf(lateAfter) ? 'late' : 'online';
}
