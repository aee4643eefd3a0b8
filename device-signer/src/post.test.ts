import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { SealedWindow } from '@truetonne/protocol';
import { backoffMs, deliverPending, postWindows } from './deliver.ts';
import type { Device } from './device.ts';
import { overHttp, postOnce } from './post.ts';
import { acceptedResult, makeTemporaryFolder, startFakeOracle } from '../test/fakeOracle.ts';
import { hasCode, openNewDevice, readingAfter } from '../test/samples.ts';

/** A port of the loopback address on which nothing listens (IANA: discard). */
const NOBODY = 'http://127.0.0.1:9';

function sealMinutes(device: Device, count: number): readonly SealedWindow[] {
  return Array.from({ length: count }, () => {
    const next = device.head().sequence + 1;
    return device.seal([readingAfter(next, BigInt(next))]);
  });
}

function openWith(context: TestContext, count: number): Device {
  const device = openNewDevice(makeTemporaryFolder(context));
  sealMinutes(device, count);
  return device;
}

test('windows arrive as they were sealed, and again as duplicates', async (context) => {
  const oracle = await startFakeOracle(context);
  const device = openWith(context, 3);
  const windows = device.pending(3);
  const first = await postOnce(oracle.url, windows);
  const second = await postOnce(oracle.url, windows);
  assert.deepEqual(
    first.map(({ status }) => status),
    Array(3).fill('accepted'),
  );
  assert.deepEqual(
    second.map(({ status }) => status),
    Array(3).fill('duplicate'),
  );
  assert.deepEqual(oracle.accepted, windows);
});

test('delivered windows are settled, at most 100 a request', async (context) => {
  const oracle = await startFakeOracle(context);
  const device = openWith(context, 130);
  const first = await deliverPending(device, overHttp(oracle.url));
  assert.deepEqual(first, { delivered: 100, refused: [], waitingFor: undefined });
  assert.equal(device.pendingCount(), 30);
  await deliverPending(device, overHttp(oracle.url));
  assert.equal(device.pendingCount(), 0);
  assert.equal(oracle.accepted.length, 130);
});

test('nothing is sent when nothing waits', async (context) => {
  const oracle = await startFakeOracle(context);
  const device = openWith(context, 0);
  const result = await deliverPending(device, overHttp(oracle.url));
  assert.deepEqual(result, { delivered: 0, refused: [], waitingFor: undefined });
  assert.equal(oracle.requests(), 0);
});

test('an oracle that is away loses nothing', async (context) => {
  const device = openWith(context, 2);
  const result = await deliverPending(device, overHttp(NOBODY));
  assert.equal(result.delivered, 0);
  assert.match(result.waitingFor ?? '', /does not answer .*127\.0\.0\.1:9/);
  assert.equal(device.pendingCount(), 2);
});

for (const status of [408, 429, 500, 503]) {
  test(`HTTP ${status} means later, not never`, async (context) => {
    const oracle = await startFakeOracle(context);
    oracle.answer(() => ({ status, body: { code: 'INTERNAL' } }));
    const device = openWith(context, 1);
    await assert.rejects(postOnce(oracle.url, device.pending(1)), hasCode('ORACLE_UNREACHABLE'));
    await deliverPending(device, overHttp(oracle.url));
    assert.equal(device.pendingCount(), 1);
  });
}

test('a refusal that names no code is of something on the way, and loses nothing', async (context) => {
  const oracle = await startFakeOracle(context);
  oracle.answer(() => ({ status: 403, body: '<h1>Forbidden</h1>' }));
  const device = openWith(context, 2);
  const { refused } = await deliverPending(device, overHttp(oracle.url));
  assert.deepEqual([refused, device.pendingCount()], [[], 2]);
});

test('an answer that is no answer is not taken for acceptance', async (context) => {
  const oracle = await startFakeOracle(context);
  const device = openWith(context, 2);
  for (const body of ['hello', null, {}, { results: [] }, { results: 'accepted' }]) {
    oracle.answer(() => ({ status: 200, body }));
    await assert.rejects(postOnce(oracle.url, device.pending(2)), hasCode('ORACLE_UNREACHABLE'));
  }
});

test('a refused window is put aside with its code and the others go on', async (context) => {
  const oracle = await startFakeOracle(context);
  const device = openWith(context, 3);
  oracle.answer((windows) => ({
    status: 422,
    body: {
      code: 'WINDOWS_REFUSED',
      results: windows.map((window) =>
        window.header.sequence === 2
          ? { status: 'refused', code: 'CHAIN_BROKEN', detail: 'previousHash' }
          : acceptedResult(window),
      ),
    },
  }));
  const result = await deliverPending(device, overHttp(oracle.url));
  assert.equal(result.delivered, 2);
  assert.deepEqual(
    result.refused.map(({ sequence, code }) => [sequence, code]),
    [[2, 'CHAIN_BROKEN']],
  );
  assert.equal(device.pendingCount(), 0);
});

test('a request refused as a whole is halved until the bad window is known', async (context) => {
  const oracle = await startFakeOracle(context);
  oracle.answer((windows) =>
    windows.some(({ header }) => header.sequence === 5)
      ? { status: 400, body: { code: 'SIGNATURE_INVALID', detail: 'not its signature' } }
      : undefined,
  );
  const device = openWith(context, 8);
  const result = await deliverPending(device, overHttp(oracle.url));
  assert.equal(result.delivered, 7);
  assert.deepEqual(
    result.refused.map(({ sequence, code }) => [sequence, code]),
    [[5, 'SIGNATURE_INVALID']],
  );
});

test('a refusal that passes by itself holds all later windows back, in order', async (context) => {
  const oracle = await startFakeOracle(context);
  oracle.answer((windows) => ({
    status: 422,
    body: {
      results: windows.map((window) =>
        window.header.sequence < 3
          ? acceptedResult(window)
          : { status: 'refused', problem: { code: 'TIME_FUTURE', detail: 'closes later' } },
      ),
    },
  }));
  const device = openWith(context, 4);
  const result = await deliverPending(device, overHttp(oracle.url));
  assert.equal(result.delivered, 2);
  assert.match(result.waitingFor ?? '', /^TIME_FUTURE/);
  assert.deepEqual(
    device.pending(9).map(({ header }) => header.sequence),
    [3, 4],
  );
});

test('posting a history waits for the device to be known and ends with all of it there', async (context) => {
  const oracle = await startFakeOracle(context);
  const windows = openWith(context, 150).pending(150);
  let unknown = 2;
  oracle.answer(() =>
    unknown-- > 0
      ? { status: 404, body: { code: 'DEVICE_UNKNOWN', detail: 'not yet' } }
      : undefined,
  );
  await postWindows(oracle.url, windows);
  assert.deepEqual(oracle.accepted, windows);
});

test('posting a history ends with the code of the first refusal', async (context) => {
  const oracle = await startFakeOracle(context);
  const windows = openWith(context, 3).pending(3);
  oracle.answer(() => ({ status: 400, body: { code: 'DOMAIN_MISMATCH', detail: 'elsewhere' } }));
  await assert.rejects(postWindows(oracle.url, windows), hasCode('DOMAIN_MISMATCH'));
});

test('waits double up to half a minute, and a random half spreads them', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((failures) => backoffMs(failures, () => 1));
  assert.deepEqual(longest, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  assert.equal(
    backoffMs(1, () => 0),
    250,
  );
});
