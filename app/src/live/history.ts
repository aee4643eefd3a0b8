import {
  fetchOracleDevices,
  fetchOwnDevices,
  fetchReadings,
  type OracleDevice,
} from '../api/index.ts';
import type { History, Sample } from './reading.ts';
import { TRACE_LENGTH } from './state.ts';
import type { LiveSource } from './store.ts';

/** How far back the chart begins, in seconds before a device's last reading. */
const HISTORY_SECONDS = 4 * 3_600;

/** In a larger fleet lines begin with what comes: a request for each device would flood the oracle. */
export const DEVICES_WITH_HISTORY = 50;

type HeardDevice = OracleDevice & {
  readonly lastReading: NonNullable<OracleDevice['lastReading']>;
};

async function historyOf(oracleUrl: string, device: HeardDevice): Promise<readonly Sample[]> {
  const { deviceId, projectId, lastReading } = device;
  const from = Math.max(0, lastReading.at - HISTORY_SECONDS);
  const scope = { deviceId, from, limit: TRACE_LENGTH };
  const { items } = await fetchReadings(oracleUrl, scope, undefined);
  return items.map(({ at, exportWh, importWh, fields: { activePowerMw } }) => ({
    projectId,
    deviceId,
    at,
    activePowerMw,
    exportWh,
    importWh,
    gramsEstimate: undefined,
  }));
}

function lastSampleOf({ deviceId, projectId, lastReading }: HeardDevice): Sample {
  return { deviceId, projectId, ...lastReading, gramsEstimate: undefined };
}

/** A device whose last reading is older has no power "now". */
const RECENT_SECONDS = 7 * 86_400;

/** All devices, or those of the wallets that keep an organisation's books. */
async function devicesOf({
  oracleUrl,
  organisation,
}: LiveSource): Promise<readonly OracleDevice[]> {
  const devices = await fetchOracleDevices(oracleUrl);
  if (organisation === undefined) return devices;
  const own = new Set<string>(
    (await fetchOwnDevices(oracleUrl, organisation)).map(({ deviceId }) => deviceId),
  );
  return devices.filter(({ deviceId }) => own.has(deviceId));
}

/** What the devices measured last, so that the page does not begin empty. */
export async function fetchHistory(source: LiveSource): Promise<History> {
  const { oracleUrl } = source;
  const since = Date.now() / 1000 - RECENT_SECONDS;
  const devices = await devicesOf(source);
  const recent = devices.filter(
    (device): device is HeardDevice => (device.lastReading?.at ?? 0) >= since,
  );
  if (recent.length > DEVICES_WITH_HISTORY)
    return { samples: recent.map(lastSampleOf), hasTraces: false };
  const histories = await Promise.all(recent.map((device) => historyOf(oracleUrl, device)));
  return { samples: histories.flat(), hasTraces: true };
}
