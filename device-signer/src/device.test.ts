import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertSucceeds } from '@truetonne/protocol';
import { claimDevice, openDevice } from './device.ts';
import { lockFolder } from './durable.ts';
import { createKeyIn } from './key.ts';
import { makeTemporaryFolder } from '../test/fakeOracle.ts';
import {
  CLAIMED_AT,
  DOMAIN,
  hasCode,
  OWNER,
  openNewDevice,
  readingAfter,
  REGISTRY,
} from '../test/samples.ts';

const CLAIM = { domain: DOMAIN, owner: OWNER, claimedAt: CLAIMED_AT, exportWh: 0n, importWh: 0n };

/** What a crash at this moment would leave: a copy without the lock of this living process. */
function copyAsCrashed(folder: string, copy: string): string {
  cpSync(folder, copy, { recursive: true });
  rmSync(join(copy, 'lock'));
  return copy;
}

test('a device begins at its claim', (context) => {
  const device = openNewDevice(makeTemporaryFolder(context));
  assert.equal(device.head().sequence, 0);
  assert.equal(device.head().closedAt, CLAIMED_AT);
  assert.equal(device.pendingCount(), 0);
});

test('a device that is opened again goes on with the next sequence number', (context) => {
  const folder = makeTemporaryFolder(context);
  const device = openNewDevice(folder);
  const first = device.seal([readingAfter(1, 1n)]);
  device.close();
  const again = openDevice(folder);
  assert.deepEqual(again.pending(10), [first]);
  assertSucceeds(first, again.seal([readingAfter(2, 2n)]));
});

test('settled windows are gone and the sequence goes on after them', (context) => {
  const folder = makeTemporaryFolder(context);
  const device = openNewDevice(folder);
  const first = device.seal([readingAfter(1, 1n)]);
  device.settle([{ window: first, refused: false }]);
  assert.equal(device.pendingCount(), 0);
  device.close();
  const again = openDevice(folder);
  assert.deepEqual(again.head(), device.head());
  assertSucceeds(first, again.seal([readingAfter(2, 2n)]));
});

test('a refused window is put aside and its sequence number is used up', (context) => {
  const folder = makeTemporaryFolder(context);
  const device = openNewDevice(folder);
  const window = device.seal([readingAfter(1, 1n)]);
  device.settle([{ window, refused: true }]);
  device.close();
  assert.deepEqual(readdirSync(join(folder, 'refused')), ['0000000001.window']);
  assert.equal(openDevice(folder).head().sequence, 1);
});

test('a crash between storing an answer and removing its files loses and repeats nothing', (context) => {
  const folder = makeTemporaryFolder(context);
  const device = openNewDevice(folder);
  const windows = [1, 2, 3].map((minute) => device.seal([readingAfter(minute, BigInt(minute))]));
  const crashed = copyAsCrashed(folder, makeTemporaryFolder(context));
  device.settle(windows.slice(0, 2).map((window) => ({ window, refused: false })));
  cpSync(join(folder, 'device.json'), join(crashed, 'device.json'));
  const again = openDevice(crashed);
  assert.deepEqual(again.pending(10), windows.slice(2));
  assert.equal(again.head().sequence, 3);
});

test('a device killed at any moment never gives a sequence number out twice', async (context) => {
  const folder = makeTemporaryFolder(context);
  openNewDevice(folder).close();
  const printed: string[] = [];
  for (const milliseconds of [5, 20, 50]) {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../test/sealForever.ts'), folder],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => printed.push(line));
    const ended = Promise.all([once(lines, 'close'), once(child, 'exit')]);
    await once(lines, 'line');
    await sleep(milliseconds);
    child.kill('SIGKILL');
    await ended;
  }
  const device = openDevice(folder);
  const windows = device.pending(device.pendingCount());
  windows.forEach((window, index) => {
    const before = windows[index - 1];
    if (before !== undefined) assertSucceeds(before, window);
  });
  const kept = new Set<string>(windows.map(({ headerHash }) => headerHash));
  assert.ok(printed.length >= 3);
  assert.deepEqual(
    printed.filter((hash) => !kept.has(hash)),
    [],
  );
});

test('the claim is made once: the same owner gets the first one again', (context) => {
  const folder = makeTemporaryFolder(context);
  createKeyIn(folder);
  const first = claimDevice(folder, CLAIM);
  const later = claimDevice(folder, { ...CLAIM, claimedAt: CLAIMED_AT + 999 });
  assert.deepEqual(later, first);
});

test('a device that was claimed for one owner or registry is not claimed for another', (context) => {
  const folder = makeTemporaryFolder(context);
  createKeyIn(folder);
  claimDevice(folder, CLAIM);
  const other = () => claimDevice(folder, { ...CLAIM, owner: REGISTRY });
  assert.throws(other, hasCode('DEVICE_ALREADY_CLAIMED'));
  const elsewhere = () => claimDevice(folder, { ...CLAIM, domain: `0x${'11'.repeat(32)}` });
  assert.throws(elsewhere, hasCode('DOMAIN_MISMATCH'));
});

test('a folder without key or claim says what to do first', (context) => {
  const folder = makeTemporaryFolder(context);
  assert.throws(() => openDevice(folder), hasCode('CONFIGURATION_INVALID'));
  createKeyIn(folder);
  assert.throws(() => openDevice(folder), /run `claim` first/);
  assert.equal(existsSync(join(folder, 'lock')), false);
});

test('a spoilt state file is named, not guessed at', (context) => {
  const folder = makeTemporaryFolder(context);
  openNewDevice(folder).close();
  const path = join(folder, 'device.json');
  for (const spoilt of [
    '',
    '{}',
    'null',
    '{"claim":"0x00","signature":"zz","settledHeader":null}',
  ]) {
    writeFileSync(path, spoilt);
    assert.throws(() => openDevice(folder), hasCode('CONFIGURATION_INVALID'), spoilt);
  }
});

test('two processes can not seal with one state folder', (context) => {
  const folder = makeTemporaryFolder(context);
  const device = openNewDevice(folder);
  assert.throws(() => openDevice(folder), hasCode('DATA_IN_USE'));
  device.close();
  openDevice(folder).close();
});

test('the lock of a process that no longer runs does not hold', (context) => {
  const folder = makeTemporaryFolder(context);
  // This process's number, but begun at another time: numbers are used again after a restart.
  writeFileSync(join(folder, 'lock'), `process ${process.pid} started 1`);
  lockFolder(folder)();
  writeFileSync(join(folder, 'lock'), 'unreadable');
  lockFolder(folder)();
  assert.equal(existsSync(join(folder, 'lock')), false);
});
