import { endAlerts, openAlerts, type NewAlert } from '../../store/alerts.ts';
import type { Session } from '../../store/database/database.ts';
import { readCopied, readSilent } from '../../store/fleet.ts';

/**
 * Looks for devices of projects that something is wrong with: opens an alert where it began and ends
 * those that are over. An alert that is open is not opened again.
 */
export async function reviewFleet(session: Session, now: number): Promise<void> {
  const silent = (await readSilent(session, now)).map(
    ({ deviceNumber, projectId, since, lastSeenAt, cadenceSeconds }): NewAlert => {
      const detail =
        lastSeenAt === null
          ? `nothing ever came; its project waits since ${since}`
          : `nothing came since ${lastSeenAt}; windows last ${cadenceSeconds} s`;
      return { kind: 'device-silent', deviceNumber, projectId, since, detail };
    },
  );
  const copied = (await readCopied(session)).map(
    ({ deviceNumber, projectId, sequences }): NewAlert => {
      const detail = `${sequences} sequence numbers were used twice; anyone may freeze the device`;
      return { kind: 'key-copied', deviceNumber, projectId, since: now, detail };
    },
  );
  await openAlerts(session, [...silent, ...copied]);
  await endAlerts(session, 'device-silent', numbersOf(silent), now);
  await endAlerts(session, 'key-copied', numbersOf(copied), now);
}

function numbersOf(alerts: readonly NewAlert[]): readonly number[] {
  return alerts.map(({ deviceNumber }) => deviceNumber);
}
