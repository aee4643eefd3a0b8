import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSucceeds, createWebCryptoVerifier } from '@truetonne/protocol';
import { groupReadings, sealHistory } from './history.ts';
import { createKey } from './key.ts';
import { readSerfSeries } from './plants/serf.ts';
import { DOMAIN, hasCode, OWNER } from '../test/samples.ts';

/** Month at the plant (UTC-7) of a moment in Unix seconds. */
function monthAt(seconds: number): string {
  return new Date((seconds - 7 * 3600) * 1000).toISOString().slice(0, 7);
}

test('the series has 10,000 readings and the independent sums of its source', () => {
  const { startedAt, readings } = readSerfSeries();
  const last = readings.at(-1);
  assert.equal(readings.length, 10_000);
  assert.equal(startedAt, Date.parse('2016-07-01T00:00:00-07:00') / 1000);
  assert.equal(last?.at, Date.parse('2016-10-13T04:00:00-07:00') / 1000);
  // Sums of the file: 2,941,907.5484 Wh of positive and 3,551.7203 Wh of negative power x 0.25 h.
  assert.equal(last?.exportWh, 2_941_907n);
  assert.equal(last?.importWh, 3_551n);
});

test('readings follow each other every 900 s and state the measured power to the mW', () => {
  const { startedAt, readings } = readSerfSeries();
  readings.forEach(({ at }, index) => {
    assert.equal(at, startedAt + 900 * (index + 1));
  });
  // First row of the file: -2.8601 W.
  assert.deepEqual(readings[0]?.fields, { activePowerMw: -2_860n });
});

test('hourly windows succeed each other from the claim on and verify', async () => {
  const key = createKey();
  const { claim, windows } = sealHistory({
    key,
    domain: DOMAIN,
    owner: OWNER,
    readingsPerWindow: 4,
  });
  const verify = createWebCryptoVerifier();
  assert.equal(windows.length, 2_500);
  assert.equal(claim.claim.claimedAt, windows[0]?.header.openedAt);
  for (const [index, window] of windows.entries()) {
    const before = windows[index - 1];
    if (before !== undefined) assertSucceeds(before, window);
  }
  const checked = windows.filter((_, index) => index % 100 === 0);
  for (const { headerBytes, signature } of checked) {
    assert.equal(await verify(key.publicKey, headerBytes, signature), true);
  }
});

test('no window straddles a month at the plant, whatever its size', () => {
  const { readings } = readSerfSeries();
  for (const size of [1, 4, 7, 96, 256]) {
    const groups = groupReadings(readings, size);
    assert.equal(groups.flat().length, 10_000);
    for (const group of groups) {
      const months = new Set(group.map(({ at }) => monthAt(at - 1)));
      assert.equal(months.size, 1);
      assert.ok(group.length <= size);
    }
  }
});

test('a size that no window can have is refused', () => {
  const options = { key: createKey(), domain: DOMAIN, owner: OWNER };
  assert.throws(() => sealHistory({ ...options, readingsPerWindow: 0 }), RangeError);
  const tooMany = () => sealHistory({ ...options, readingsPerWindow: 257 });
  assert.throws(tooMany, hasCode('COUNT_OUT_OF_RANGE'));
});
