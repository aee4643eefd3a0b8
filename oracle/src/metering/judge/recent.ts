import type { AcceptedWindow } from '../ingest/writer.ts';
import type { ArrivedWindow } from './walk.ts';

/**
 * Readings kept in memory between their commit and their judgement: on the order of 100 MB. Windows differ in
 * size by a factor of 256, so they are no measure.
 */
const MAX_READINGS = 200_000;

/** The newest windows, so that judging them needs neither reading nor parsing them again. */
export interface RecentWindows {
  readonly add: (accepted: readonly AcceptedWindow[]) => void;
  /** A window that is here and was not taken out. */
  readonly find: (deviceNumber: number, sequence: number) => ArrivedWindow | undefined;
  /** Takes a device's windows out that follow on a sequence without a gap, up to the mark. */
  readonly takeRow: (deviceNumber: number, after: number, mark: number) => readonly ArrivedWindow[];
}

export function createRecentWindows(): RecentWindows {
  const recent = new Map<string, AcceptedWindow>();
  let readings = 0;
  const drop = (key: string): void => {
    readings -= recent.get(key)?.window.header.count ?? 0;
    recent.delete(key);
  };
  return {
    add(accepted) {
      for (const one of accepted) {
        const { sequence, count } = one.window.header;
        const key = keyOf(one.deviceNumber, sequence);
        drop(key);
        recent.set(key, one);
        readings += count;
      }
      // A map hands its keys out in the order in which they came.
      for (const key of recent.keys()) {
        if (readings <= MAX_READINGS) break;
        drop(key);
      }
    },
    find: (deviceNumber, sequence) => recent.get(keyOf(deviceNumber, sequence)),
    takeRow(deviceNumber, after, mark) {
      const row: ArrivedWindow[] = [];
      for (let sequence = after + 1; ; sequence++) {
        const key = keyOf(deviceNumber, sequence);
        const found = recent.get(key);
        if (found === undefined || found.id > mark) return row;
        drop(key);
        row.push(found);
      }
    },
  };
}

function keyOf(deviceNumber: number, sequence: number): string {
  return `${deviceNumber}.${sequence}`;
}
