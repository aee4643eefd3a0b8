import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { fetchHistory } from './history.ts';

const ORACLE = 'http://oracle';

/** An oracle with so many devices, all just heard, that answers two to a page; tells what it was asked. */
function serveFleet(count: number): string[] {
  const at = Math.floor(Date.now() / 1000);
  const lastReading = { at, exportWh: '7', importWh: '1', activePowerMw: '2000' };
  const devices = Array.from({ length: count }, (_, index) => ({
    ...{ deviceId: `0x${index.toString(16).padStart(64, '0')}`, projectId: 1, lastReading },
  }));
  const asked: string[] = [];
  mock.method(globalThis, 'fetch', (url: string) => {
    asked.push(url);
    const { pathname, searchParams } = new URL(url);
    const from = Number(searchParams.get('cursor') ?? 0);
    const end = from + 2;
    const body =
      pathname === '/v1/devices'
        ? { devices: devices.slice(from, end), nextCursor: end < count ? String(end) : null }
        : { readings: [], nextCursor: null };
    return Promise.resolve(new Response(JSON.stringify(body)));
  });
  return asked;
}

afterEach(() => mock.restoreAll());

describe('what devices measured before the page was opened', () => {
  it('is asked for of every device, of whatever page of the list it is', async () => {
    const asked = serveFleet(5);
    const { hasTraces } = await fetchHistory({ oracleUrl: ORACLE, organisation: undefined });
    assert.equal(hasTraces, true);
    const ofReadings = asked.filter((url) => url.includes('/readings?'));
    assert.deepEqual([asked.length - ofReadings.length, ofReadings.length], [3, 5]);
  });

  it('is the last reading of each in a large fleet, so that the power of none is missing', async () => {
    const asked = serveFleet(1_001);
    const { samples, hasTraces } = await fetchHistory({
      oracleUrl: ORACLE,
      organisation: undefined,
    });
    assert.equal(hasTraces, false);
    assert.equal(asked.filter((url) => url.includes('/readings?')).length, 0);
    assert.equal(new Set(samples.map(({ deviceId }) => deviceId)).size, 1_001);
    const power = samples.reduce((sum, { activePowerMw = 0n }) => sum + activePowerMw, 0n);
    assert.equal(power, 2_002_000n);
  });
});
