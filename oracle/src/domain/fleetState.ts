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
export interface Patience {
  readonly intervals: number;
  readonly seconds: number;
}

/** A missed window is late; six missed ones and five minutes are silence. */
export const FLEET_POLICY: Readonly<Record<'lateAfter' | 'silentAfter', Patience>> = {
  lateAfter: { intervals: 2, seconds: 60 },
  silentAfter: { intervals: 6, seconds: 300 },
};

/**
 * The longest interval that is believed, seconds. A window that opened before weeks without power is as
 * long as they were, and says nothing of when the next one is due.
 */
export const LONGEST_INTERVAL = 86_400;

/** What is taken for the interval of a device of which nothing came yet, seconds. */
export const UNKNOWN_INTERVAL = 3_600;
