import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertSucceeds, TonneError, WINDOW_FLAGS, type SealedWindow } from '@truetonne/protocol';
import { prepareFleet, startFleet, type FleetOptions } from './fleet.ts';
import { makeTemporaryFolder, startFakeOracle } from '../test/fakeOracle.ts';
import { DOMAIN, hasCode, OWNER, REGISTRY } from '../test/samples.ts';

/** Seven in the morning at the plant: the sun is about to rise. */
const STARTED_AT = Date.parse('2025-11-10T07:00:00-07:00') / 1000;

function planOf(folder: string, count = 2) {
  return { folder, count, domain: DOMAIN, owner: OWNER, startedAt: STARTED_AT };
}

function optionsOf(folder: string, oracleUrl: string): FleetOptions {
  return { folder, oracleUrl, speed: 6_000, log: () => undefined };
}

async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

function windowsOf(windows: readonly SealedWindow[], deviceId: string | undefined) {
  return windows.filter(({ header }) => header.deviceId === deviceId);
}

/** Sequence, hash chain, times and registers follow each other, but for gaps that were not measured. */
function assertChain(windows: readonly SealedWindow[]): void {
  windows.forEach((window, index) => {
    const before = windows[index - 1];
    if (before !== undefined) assertSucceeds(before, window);
  });
}

test('a fleet is prepared once and answers the same claims again', (context) => {
  const folder = makeTemporaryFolder(context);
  const first = prepareFleet(planOf(folder));
  const again = prepareFleet({ ...planOf(folder), startedAt: STARTED_AT + 999 });
  assert.deepEqual(again, first);
  assert.equal(first.length, 2);
  assert.equal(first[0]?.claim.claimedAt, STARTED_AT);
});

test('a fleet of another registry or owner is not taken over', (context) => {
  const folder = makeTemporaryFolder(context);
  prepareFleet(planOf(folder));
  const elsewhere = { ...planOf(folder), domain: `0x${'11'.repeat(32)}` } as const;
  assert.throws(() => prepareFleet(elsewhere), hasCode('DOMAIN_MISMATCH'));
  const stolen = { ...planOf(folder), owner: REGISTRY };
  assert.throws(() => prepareFleet(stolen), hasCode('DEVICE_ALREADY_CLAIMED'));
});

test('devices seal a window a minute and post them in order', async (context) => {
  const oracle = await startFakeOracle(context);
  const folder = makeTemporaryFolder(context);
  const claims = prepareFleet(planOf(folder));
  const fleet = startFleet(optionsOf(folder, oracle.url));
  await waitUntil(() => oracle.accepted.length >= 200);
  await fleet.stop();
  assert.deepEqual(
    fleet.deviceIds,
    claims.map(({ claim }) => claim.deviceId),
  );
  for (const deviceId of fleet.deviceIds) {
    const windows = windowsOf(oracle.accepted, deviceId);
    assert.ok(windows.length > 20);
    assertChain(windows);
    assert.equal(windows[0]?.header.openedAt, STARTED_AT);
  }
});

test('a fleet that is started again goes on where it stopped and says that it restarted', async (context) => {
  const oracle = await startFakeOracle(context);
  const folder = makeTemporaryFolder(context);
  prepareFleet(planOf(folder, 1));
  const restarted = () => oracle.accepted.some(({ header }) => header.flags !== 0);
  for (const done of [() => oracle.accepted.length >= 30, restarted]) {
    const fleet = startFleet(optionsOf(folder, oracle.url));
    // What the first life left on the disk is posted before what the second one seals.
    await waitUntil(done);
    await fleet.stop();
  }
  assertChain(oracle.accepted);
  const restarts = oracle.accepted.filter(({ header }) => header.flags !== 0);
  assert.deepEqual(
    restarts.map(({ header }) => header.flags),
    [WINDOW_FLAGS.deviceRestarted],
  );
});

test('a fleet keeps sealing while the oracle is away and posts all of it later', async (context) => {
  const oracle = await startFakeOracle(context);
  oracle.answer(() => ({ status: 503, body: {} }));
  const folder = makeTemporaryFolder(context);
  prepareFleet(planOf(folder, 1));
  const lines: string[] = [];
  const fleet = startFleet({ ...optionsOf(folder, oracle.url), log: (line) => lines.push(line) });
  await waitUntil(() => oracle.requests() >= 2);
  assert.equal(oracle.accepted.length, 0);
  oracle.answer(() => undefined);
  await waitUntil(() => oracle.accepted.length >= 50 && lines.length >= 2);
  await fleet.stop();
  assertChain(oracle.accepted);
  assert.match(lines[0] ?? '', /windows wait: The oracle does not answer .*HTTP 503/);
  assert.match(lines[1] ?? '', /posting again/);
});

test('no device seals a minute that has not passed in the real world', async (context) => {
  const oracle = await startFakeOracle(context);
  const folder = makeTemporaryFolder(context);
  prepareFleet(planOf(folder, 1));
  let reads = 0;
  const realNow = (): number => (reads++ === 0 ? STARTED_AT : STARTED_AT + 150);
  const fleet = startFleet({ ...optionsOf(folder, oracle.url), realNow });
  await waitUntil(() => oracle.accepted.length >= 2);
  await sleep(50);
  await fleet.stop();
  assert.deepEqual(
    oracle.accepted.map(({ header }) => header.closedAt),
    [STARTED_AT + 60, STARTED_AT + 120],
  );
});

test('a folder without devices and a fleet that runs elsewhere are refused', async (context) => {
  const oracle = await startFakeOracle(context);
  const folder = makeTemporaryFolder(context);
  const options = optionsOf(folder, oracle.url);
  assert.throws(() => startFleet(options), hasCode('CONFIGURATION_INVALID'));
  prepareFleet(planOf(folder));
  const fleet = startFleet(options);
  assert.throws(() => startFleet(options), hasCode('DATA_IN_USE'));
  await fleet.stop();
});

test('a device that can not go on stops the fleet and says why', async (context) => {
  const folder = makeTemporaryFolder(context);
  prepareFleet(planOf(folder));
  const failing = (): Promise<Response> => Promise.reject(new TonneError('INTERNAL'));
  const broken = (): number => {
    throw new RangeError('no clock');
  };
  const fleet = startFleet({
    ...optionsOf(folder, 'http://127.0.0.1:9'),
    fetch: failing,
    realNow: broken,
  });
  await assert.rejects(fleet.ended, /no clock/);
  assert.equal(existsSync(join(folder, 'device-001', 'lock')), false);
});

test('the fleet process ends cleanly on SIGTERM', async (context) => {
  const oracle = await startFakeOracle(context);
  const folder = makeTemporaryFolder(context);
  prepareFleet(planOf(folder));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fleet.ts')], {
    env: { ...process.env, FLEET_STATE: folder, ORACLE_URL: oracle.url, FLEET_SPEED: '600' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await waitUntil(() => oracle.accepted.length >= 4);
  child.kill('SIGTERM');
  await once(child, 'exit');
  assert.equal(child.exitCode, 0);
  assert.match(output, /registers are derived/);
  assert.match(output, /Fleet stopped/);
  assert.equal(existsSync(join(folder, 'device-001', 'lock')), false);
});
