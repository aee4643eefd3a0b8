import { decodeHeader, type Reading } from '@truetonne/protocol';
import type { Session } from '../../store/database/database.ts';
import type { NewPresence } from '../../store/presences.ts';
import type { Arrival } from '../../store/ranges.ts';
import { readWindowsAt } from '../../store/ranges.ts';
import { readingsOf } from '../../store/readings.ts';
import type { RecentWindows } from './recent.ts';

/** What the newest window of each device says about the device itself. */
export async function readPresences(
  session: Session,
  recent: RecentWindows,
  arrivals: readonly Arrival[],
): Promise<readonly NewPresence[]> {
  const newest = new Map<number, Arrival>();
  for (const arrival of arrivals) {
    const known = newest.get(arrival.deviceNumber);
    if (known === undefined || arrival.sequence > known.sequence)
      newest.set(arrival.deviceNumber, arrival);
  }
  const presences: NewPresence[] = [];
  const unknown: Arrival[] = [];
  for (const arrival of newest.values()) {
    const window = recent.find(arrival.deviceNumber, arrival.sequence)?.window;
    if (window === undefined) unknown.push(arrival);
    else presences.push(toPresence(arrival, window.header, window.readings.at(-1)));
  }
  const bytes = await readWindowsAt(session, unknown);
  for (const arrival of unknown) {
    const found = bytes.get(arrival.deviceNumber);
    if (found === undefined) continue;
    presences.push(toPresence(arrival, decodeHeader(found), readingsOf(found).at(-1)));
  }
  return presences;
}

function toPresence(
  { deviceNumber, sequence, receivedAt }: Arrival,
  { openedAt, closedAt }: { readonly openedAt: number; readonly closedAt: number },
  last: Reading | undefined,
): NewPresence {
  const { firmware, batteryMv, signalDbm } = last?.fields ?? {};
  return {
    ...{ deviceNumber, lastSequence: sequence, lastSeenAt: receivedAt, lastClosedAt: closedAt },
    // A device seals a window after each of these, so the next one is due after as long again.
    cadenceSeconds: closedAt - openedAt,
    firmware: toNumber(firmware),
    batteryMv: toNumber(batteryMv),
    signalDbm: toNumber(signalDbm),
  };
}

function toNumber(value: bigint | undefined): number | null {
  return value === undefined ? null : Number(value);
}
