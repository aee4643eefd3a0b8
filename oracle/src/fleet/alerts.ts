import type { Session } from '../store/database/database.ts';
import { endAlerts, openAlerts, type NewAlert } from '../store/alerts.ts';
import { readFleet } from '../store/fleet.ts';
import { FLEET_POLICY, fleetStateOf } from './state.ts';

/**
 * Looks at every device that belongs to a project: opens an alert where something began to be wrong
 * and ends those that are over. An alert that is open is not opened again.
 */
export async function reviewFleet(session: Session, now: number): Promise<void> {
  const silent: NewAlert[] = [];
  const copied: NewAlert[] = [];
  for (const device of await readFleet(session, {})) {
    const { number: deviceNumber, projectId, presence, frozen, equivocations } = device;
    if (projectId === null) continue;
    if (presence !== undefined && fleetStateOf(device, now, FLEET_POLICY) === 'silent') {
      const detail = `nothing came since ${presence.lastSeenAt}; windows last ${presence.cadenceSeconds} s`;
      const since = presence.lastSeenAt;
      silent.push({ kind: 'device-silent', deviceNumber, projectId, since, detail });
    }
    if (equivocations > 0 && !frozen) {
      const detail = `${equivocations} sequence numbers were used twice; anyone may freeze the device`;
      copied.push({ kind: 'key-copied', deviceNumber, projectId, since: now, detail });
    }
  }
  await openAlerts(session, [...silent, ...copied]);
  await endAlerts(session, 'device-silent', numbersOf(silent), now);
  await endAlerts(session, 'key-copied', numbersOf(copied), now);
}

function numbersOf(alerts: readonly NewAlert[]): readonly number[] {
  return alerts.map(({ deviceNumber }) => deviceNumber);
}
