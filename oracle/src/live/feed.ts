import type { Hex } from '@truetonne/protocol';
import type { AcceptedWindow } from '../ingest/writer.ts';
import type { Database, Session } from '../store/database.ts';
import { startLoop, type Loop } from '../loop.ts';
import { countBetween, findNewestId, readStream } from '../store/history.ts';
import { readingsOf } from '../store/readings.ts';
import { readDevices, readProjects } from '../store/registry.ts';
import type { WindowRow } from '../store/schema.ts';
import type { LiveDevice, LiveWindow } from './events.ts';

/** Newest windows that are kept in memory, so that watchers who keep up cost no query. */
const TAIL_SIZE = 5_000;

/** How often windows are looked for that another process stored. */
const LOOK = { pauseMs: 1_000, leastMs: 100 };

/** Windows read from the store at once for a watcher who is behind. */
const PAGE = 500;

/** What a watcher wants to see; `undefined` is everything. */
export interface WatchFilter {
  readonly projectId: number | undefined;
  readonly deviceId: Hex | undefined;
}

/** Windows in the order of their arrival, from any point on. */
export interface LiveFeed {
  readonly start: (session: Session) => Promise<void>;
  /** Reads devices and projects again, after the chain brought news. */
  readonly reload: (session: Session) => Promise<void>;
  /** Tells of windows that this process stored. Those of other processes are found all the same. */
  readonly publish: (accepted: readonly AcceptedWindow[]) => void;
  readonly stop: () => Promise<void>;
  /** The next windows after an id that pass the filter, and the id up to which nothing was left out. */
  readonly readAfter: (
    windowId: number,
    filter: WatchFilter,
  ) => Promise<{ readonly windows: readonly LiveWindow[]; readonly through: number }>;
  readonly newestId: () => number;
  readonly deviceOf: (deviceNumber: number) => LiveDevice | undefined;
  /** Calls back at every publication until the returned function is called. */
  readonly onNews: (listener: () => void) => () => void;
}

/** On PostgreSQL other processes may store windows as well; PGlite is this process's alone. */
export function createFeed(database: Database): LiveFeed {
  const shared = database.kind === 'postgres';
  let devices: ReadonlyMap<number, LiveDevice> = new Map();
  /** Every window after `tailFrom` is in the tail. */
  let tail: LiveWindow[] = [];
  let tailFrom = 0;
  const listeners = new Set<() => void>();

  const newestId = (): number => tail.at(-1)?.id ?? tailFrom;
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  let waiting: AcceptedWindow[] = [];
  let looking: Loop | undefined;

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
    else {
      tail = [];
      tailFrom = upTo;
    }
    notify();
    return false;
  }

  function append(accepted: readonly AcceptedWindow[]): void {
    tail.push(...accepted.map(toLive));
    if (tail.length <= 2 * TAIL_SIZE) return;
    tailFrom = tail.at(-TAIL_SIZE - 1)?.id ?? tailFrom;
    tail = tail.slice(-TAIL_SIZE);
  }

  const passes = (deviceNumber: number, filter: WatchFilter): boolean => {
    const device = devices.get(deviceNumber);
    if (device === undefined) return false;
    const { projectId, deviceId } = filter;
    return (
      (projectId === undefined || device.projectId === projectId) &&
      (deviceId === undefined || device.deviceId === deviceId)
    );
  };

  return {
    async start(session) {
      tailFrom = await findNewestId(session);
      // A database that does not answer is asked again a second later.
      if (shared) looking = startLoop(look, LOOK, () => undefined);
    },
    async reload(session) {
      devices = await readLiveDevices(session);
    },
    publish(accepted) {
      if (shared) {
        waiting.push(...accepted);
        looking?.wake();
        return;
      }
      append(accepted);
      notify();
    },
    async stop() {
      await looking?.stop();
    },
    async readAfter(windowId, filter) {
      const through = newestId();
      if (windowId >= tailFrom) {
        const start = firstAfter(tail, windowId);
        const windows = tail.slice(start).filter((one) => passes(one.deviceNumber, filter));
        return { windows, through };
      }
      const filtered = filter.projectId !== undefined || filter.deviceId !== undefined;
      const numbers = [...devices.keys()].filter((number) => passes(number, filter));
      const rows = await readStream(database, windowId, filtered ? numbers : undefined, PAGE);
      const last = rows.at(-1)?.id ?? 0;
      const all = rows.length < PAGE;
      return { windows: rows.map(fromRow), through: all ? Math.max(through, last) : last };
    },
    newestId,
    deviceOf: (deviceNumber) => devices.get(deviceNumber),
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function readLiveDevices(session: Session): Promise<ReadonlyMap<number, LiveDevice>> {
  const factors = new Map((await readProjects(session)).map((row) => [row.id, row.factorUgPerWh]));
  return new Map(
    (await readDevices(session)).map(
      ({ number, deviceId, projectId, claimExportWh, claimImportWh }) => {
        const factorUgPerWh = projectId === null ? null : (factors.get(projectId) ?? null);
        return [number, { deviceId, projectId, claimExportWh, claimImportWh, factorUgPerWh }];
      },
    ),
  );
}

/** Index of the first window after an id, by halving: ids ascend. */
function firstAfter(tail: readonly LiveWindow[], windowId: number): number {
  let [low, high] = [0, tail.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tail[middle]?.id ?? 0) > windowId) high = middle;
    else low = middle + 1;
  }
  return low;
}

function toLive({ id, deviceNumber, window }: AcceptedWindow): LiveWindow {
  return { id, deviceNumber, sequence: window.header.sequence, readings: window.readings };
}

function fromRow({ id, deviceNumber, sequence, bytes }: WindowRow): LiveWindow {
  return { id, deviceNumber, sequence, readings: readingsOf(bytes) };
}
