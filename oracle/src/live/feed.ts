import type { Hex } from '@truetonne/protocol';
import type { AcceptedWindow } from '../metering/ingest/writer.ts';
import type { Database, Session } from '../store/database/database.ts';
import { readStream } from '../store/history.ts';
import { readingsOf } from '../store/readings.ts';
import { countDevices, readDevices, readProjects } from '../store/registry.ts';
import type { WindowRow } from '../store/tables/schema.ts';
import type { LiveDevice, LiveWindow } from './events.ts';
import { createTail } from './tail.ts';

/** Windows read from the store at once for a watcher who is behind. */
const PAGE = 100;

/** What a watcher wants to see; `undefined` is everything. */
export interface WatchFilter {
  readonly projectId: number | undefined;
  readonly deviceId: Hex | undefined;
  /** Those of devices that one of these owns. */
  readonly wallets: ReadonlySet<Hex> | undefined;
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

export function createFeed(database: Database): LiveFeed {
  let devices: ReadonlyMap<number, LiveDevice> = new Map();
  /** Devices that are not known although everything was read: the chain took them back. */
  let strangers: ReadonlySet<number> = new Set();
  const listeners = new Set<() => void>();
  const tail = createTail(database, () => {
    for (const listener of listeners) listener();
  });
  const passes = (deviceNumber: number, filter: WatchFilter): boolean => {
    const device = devices.get(deviceNumber);
    if (device === undefined) return false;
    const { projectId, deviceId, wallets } = filter;
    return (
      (projectId === undefined || device.projectId === projectId) &&
      (deviceId === undefined || device.deviceId === deviceId) &&
      (wallets === undefined || wallets.has(device.owner))
    );
  };

  /** Another process may know a device, and store its windows, before this one has heard of it. */
  async function know(windows: readonly Pick<LiveWindow, 'deviceNumber'>[]): Promise<void> {
    const isNew = ({ deviceNumber }: Pick<LiveWindow, 'deviceNumber'>): boolean =>
      !devices.has(deviceNumber) && !strangers.has(deviceNumber);
    if (!windows.some(isNew)) return;
    devices = await readLiveDevices(database);
    const unknown = windows.filter(isNew).map(({ deviceNumber }) => deviceNumber);
    strangers = new Set([...strangers, ...unknown]);
  }

  return {
    start: tail.start,
    stop: tail.stop,
    publish: tail.publish,
    newestId: tail.newestId,
    async reload(session) {
      devices = await readLiveDevices(session);
      strangers = new Set();
    },
    async readAfter(windowId, filter) {
      const through = tail.newestId();
      const kept = tail.findAfter(windowId);
      if (kept !== undefined) {
        await know(kept);
        return { windows: kept.filter((one) => passes(one.deviceNumber, filter)), through };
      }
      if ((await countDevices(database)) !== devices.size)
        devices = await readLiveDevices(database);
      const filtered = Object.values(filter).some((wanted) => wanted !== undefined);
      const numbers = [...devices.keys()].filter((number) => passes(number, filter));
      const rows = await readStream(database, windowId, filtered ? numbers : undefined, PAGE);
      const last = rows.at(-1)?.id ?? 0;
      const all = rows.length < PAGE;
      return { windows: rows.map(fromRow), through: all ? Math.max(through, last) : last };
    },
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
      ({ number, deviceId, owner, projectId, claimExportWh, claimImportWh }) => {
        const factorUgPerWh = projectId === null ? null : (factors.get(projectId) ?? null);
        const claim = { claimExportWh, claimImportWh };
        return [number, { deviceId, owner, projectId, ...claim, factorUgPerWh }];
      },
    ),
  );
}

function fromRow({ id, deviceNumber, sequence, bytes }: WindowRow): LiveWindow {
  return { id, deviceNumber, sequence, readings: readingsOf(bytes) };
}
