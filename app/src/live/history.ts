import { fetchOracleDevices, fetchReadings, type OracleDevice } from '../api/index.ts';
import type { Sample } from './reading.ts';
import { TRACE_LENGTH } from './state.ts';

/** How far back the chart begins, in seconds before a device's last reading. */
const HISTORY_SECONDS = 4 * 3_600;

async function historyOf(oracleUrl: string, device: OracleDevice): Promise<readonly Sample[]> {
  const { deviceId, projectId, lastReadingAt } = device;
  if (lastReadingAt === undefined) return [];
  const from = Math.max(0, lastReadingAt - HISTORY_SECONDS);
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

/** A device whose last reading is older has no power "now". */
const RECENT_SECONDS = 7 * 86_400;

/** What the devices measured last, so that the page does not begin empty. */
export async function fetchHistory(oracleUrl: string): Promise<readonly Sample[]> {
  const since = Date.now() / 1000 - RECENT_SECONDS;
  const devices = await fetchOracleDevices(oracleUrl);
  const recent = devices.filter(({ lastReadingAt = 0 }) => lastReadingAt >= since);
  const histories = await Promise.all(recent.map((device) => historyOf(oracleUrl, device)));
  return histories.flat();
}
