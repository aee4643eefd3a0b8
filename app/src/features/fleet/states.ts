import type { FleetState } from '../../api/index.ts';
import type { Tone } from '../../ui/components/notice.tsx';

interface StateWords {
  readonly tone: Tone;
  readonly label: string;
  /** What it means, for the hint of a tile. */
  readonly meaning: string;
}

export const STATE_WORDS: Readonly<Record<FleetState, StateWords>> = {
  online: { tone: 'good', label: 'Online', meaning: 'heard within two of its own intervals' },
  late: { tone: 'warn', label: 'Late', meaning: 'two intervals passed without a window' },
  silent: { tone: 'bad', label: 'Silent', meaning: 'six intervals passed without a window' },
  never: { tone: 'plain', label: 'Never heard', meaning: 'registered, and nothing came yet' },
  frozen: { tone: 'bad', label: 'Frozen', meaning: 'its key was copied' },
  revoked: { tone: 'plain', label: 'Revoked', meaning: 'its owner took it out of use' },
};

/** Millivolts as "3.71 V". */
export function volts(millivolts: number): string {
  return `${(millivolts / 1_000).toFixed(2)}\u00a0V`;
}

/** A received signal in words: dBm are for those who know them. */
export function signalWords(dbm: number): string {
  if (dbm >= -67) return 'good';
  return dbm >= -80 ? 'fair' : 'weak';
}
