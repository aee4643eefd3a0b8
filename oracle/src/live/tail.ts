import type { AcceptedWindow } from '../metering/ingest/writer.ts';
import { startLoop, type Loop } from '../runtime/loop.ts';
import type { Database, Session } from '../store/database/database.ts';
import { countBetween, findNewestId } from '../store/history.ts';
import type { LiveWindow } from './events.ts';

/**
 * Readings of the newest windows that are kept in memory, so that watchers who keep up cost no query; up to
 * twice as many between two cuts. A window holds up to 256 of them, so windows are no measure.
 */
const TAIL_READINGS = 20_000;

/** How often windows are looked for that another process stored. */
const LOOK = { pauseMs: 1_000, leastMs: 100 };

/** The newest windows in the order of their ids. */
export interface Tail {
  readonly start: (session: Session) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Tells of windows that this process stored; those of other processes are found. */
  readonly publish: (accepted: readonly AcceptedWindow[]) => void;
  readonly newestId: () => number;
  /** Windows after an id, or `undefined` when the tail does not reach back so far. */
  readonly findAfter: (windowId: number) => readonly LiveWindow[] | undefined;
}

/**
 * On PostgreSQL other processes may store windows as well; PGlite is this process's alone. `onNews`
 * hears when the newest id has changed.
 */
export function createTail(database: Database, onNews: () => void): Tail {
  const shared = database.kind === 'postgres';
  /** Every window after `from` is in `windows`. */
  let windows: LiveWindow[] = [];
  let readings = 0;
  let from = 0;
  let waiting: AcceptedWindow[] = [];
  let looking: Loop | undefined;
  const newestId = (): number => windows.at(-1)?.id ?? from;

  function append(accepted: readonly AcceptedWindow[]): void {
    windows.push(...accepted.map(toLive));
    for (const { window } of accepted) readings += window.readings.length;
    if (readings <= 2 * TAIL_READINGS) return;
    let cut = 0;
    for (; readings > TAIL_READINGS; cut++) readings -= windows[cut]?.readings.length ?? 0;
    from = windows[cut - 1]?.id ?? from;
    windows = windows.slice(cut);
  }

  /**
   * Brings the tail up to the newest window. Ids ascend in the order of commits, so what lies between
   * ours was stored by others before: then watchers read all of it from the store.
   */
  async function look(): Promise<boolean> {
    const upTo = await findNewestId(database);
    const known = newestId();
    if (upTo <= known) return false;
    const stored = await countBetween(database, known, upTo);
    const own = waiting.filter(({ id }) => id > known && id <= upTo);
    waiting = waiting.filter(({ id }) => id > upTo);
    if (own.length === stored) append(own);
    else [windows, readings, from] = [[], 0, upTo];
    onNews();
    return false;
  }

  return {
    newestId,
    async start(session) {
      from = await findNewestId(session);
      // A database that does not answer is asked again a second later.
      if (shared) looking = startLoop(look, LOOK, () => undefined);
    },
    async stop() {
      await looking?.stop();
    },
    publish(accepted) {
      if (shared) {
        waiting.push(...accepted);
        looking?.wake();
        return;
      }
      append(accepted);
      onNews();
    },
    findAfter: (windowId) =>
      windowId < from ? undefined : windows.slice(firstAfter(windows, windowId)),
  };
}

/** Index of the first window after an id, by halving: ids ascend. */
function firstAfter(windows: readonly LiveWindow[], windowId: number): number {
  let [low, high] = [0, windows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((windows[middle]?.id ?? 0) > windowId) high = middle;
    else low = middle + 1;
  }
  return low;
}

function toLive({ id, deviceNumber, window }: AcceptedWindow): LiveWindow {
  return { id, deviceNumber, sequence: window.header.sequence, readings: window.readings };
}
