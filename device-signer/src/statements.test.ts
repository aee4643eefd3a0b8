import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  createWebCryptoVerifier,
  decodeRotation,
  meterReplacementHashOf,
  verifyMeterReplacement,
  verifyRotation,
} from '@truetonne/protocol';
import { openDevice, type Device } from './device.ts';
import { makeTemporaryFolder } from '../test/fakeOracle.ts';
import { CLAIMED_AT, DOMAIN, hasCode, openNewDevice, readingAfter } from '../test/samples.ts';

const verify = createWebCryptoVerifier();
const SUCCESSOR = `0x${'5a'.repeat(32)}` as const;

/** A device that sealed two windows, the last 2 minutes after its claim. */
function openSealed(context: TestContext): readonly [Device, string] {
  const folder = makeTemporaryFolder(context);
  const device = openNewDevice(folder);
  device.seal([readingAfter(1, 5n)]);
  device.seal([readingAfter(2, 9n)]);
  return [device, folder];
}

function reopen(device: Device, folder: string): Device {
  device.close();
  return openDevice(folder);
}

const meterAfter = (minutes: number, exportWh = 0n) => ({
  replacedAt: CLAIMED_AT + 60 * minutes,
  exportWh,
  importWh: 3n,
});

test('a replacement names the last window and the next window follows it', async (context) => {
  const [device] = openSealed(context);
  const before = device.head();
  const { statement, signature } = device.replaceMeter(meterAfter(5, 1n));
  const signed = { bytes: statement, publicKey: device.key.publicKey, signature };
  const replacement = await verifyMeterReplacement(signed, DOMAIN, verify);
  assert.deepEqual(replacement, {
    domain: DOMAIN,
    deviceId: device.key.deviceId,
    sequence: 2,
    ...meterAfter(5, 1n),
    previousHash: before.hash,
  });
  const next = device.seal([{ ...readingAfter(6, 2n), importWh: 3n }]);
  assert.equal(next.header.sequence, 3);
  assert.equal(next.header.openedAt, CLAIMED_AT + 300);
  assert.equal(next.header.previousHash, meterReplacementHashOf(statement));
});

test('registers below those of the new meter are not sealed, and below the old ones are', (context) => {
  const [device] = openSealed(context);
  device.replaceMeter(meterAfter(5, 4n));
  assert.throws(
    () => device.seal([{ ...readingAfter(6, 3n), importWh: 3n }]),
    hasCode('REGISTER_ROLLBACK'),
  );
  assert.throws(() => device.seal([readingAfter(6, 4n)]), hasCode('REGISTER_ROLLBACK'));
  assert.throws(
    () => device.seal([{ ...readingAfter(6, 4n), importWh: 3n }], { openedAt: CLAIMED_AT + 299 }),
    hasCode('TIME_OVERLAP'),
  );
  assert.equal(device.seal([{ ...readingAfter(6, 4n), importWh: 3n }]).header.exportWh, 4n);
});

test('a second replacement with no window in between follows the first', async (context) => {
  const [device] = openSealed(context);
  const first = device.replaceMeter(meterAfter(5));
  const second = device.replaceMeter(meterAfter(6));
  const { publicKey } = device.key;
  const signed = { bytes: second.statement, publicKey, signature: second.signature };
  const { sequence, previousHash } = await verifyMeterReplacement(signed, DOMAIN, verify);
  assert.deepEqual([sequence, previousHash], [2, meterReplacementHashOf(first.statement)]);
});

test('a meter is not replaced when or before the last window closed', (context) => {
  const [device] = openSealed(context);
  for (const minutes of [0, 1, 2]) {
    assert.throws(() => device.replaceMeter(meterAfter(minutes)), hasCode('TIME_OVERLAP'));
  }
  assert.equal(device.replacement(), undefined);
});

test('windows of both meters wait in order, and a device opened again goes on behind the statement', (context) => {
  const [device, folder] = openSealed(context);
  const { statement } = device.replaceMeter(meterAfter(5));
  const again = reopen(device, folder);
  assert.equal(again.pendingCount(), 2);
  assert.equal(again.head().hash, meterReplacementHashOf(statement));
  const third = again.seal([{ ...readingAfter(6, 1n), importWh: 3n }]);
  const last = reopen(again, folder);
  assert.deepEqual(
    last.pending(5).map(({ header }) => header.sequence),
    [1, 2, 3],
  );
  assert.equal(last.head().hash, third.headerHash);
  assert.deepEqual(last.replacement()?.statement, statement);
  last.settle(last.pending(3).map((window) => ({ window, refused: false })));
  assert.equal(reopen(last, folder).head().hash, third.headerHash);
});

test('settled up to the statement, the device still follows it', (context) => {
  const [device, folder] = openSealed(context);
  const { statement } = device.replaceMeter(meterAfter(5));
  device.settle(device.pending(2).map((window) => ({ window, refused: false })));
  const again = reopen(device, folder);
  assert.deepEqual([again.pendingCount(), again.head().sequence], [0, 2]);
  assert.equal(again.head().hash, meterReplacementHashOf(statement));
});

test('a crash leaves the meter replaced or not, never in between', (context) => {
  const [device, folder] = openSealed(context);
  const before = device.head().hash;
  const early = `${folder}-early`;
  context.after(() => {
    rmSync(early, { recursive: true, force: true });
  });
  cpSync(folder, early, { recursive: true });
  rmSync(join(early, 'lock'));
  const { statement } = device.replaceMeter(meterAfter(5));
  assert.equal(openDevice(early).head().hash, before);
  assert.equal(reopen(device, folder).head().hash, meterReplacementHashOf(statement));
});

test('the old key names its successor, once', async (context) => {
  const [device, folder] = openSealed(context);
  const rotatedAt = CLAIMED_AT + 150;
  const { statement, signature } = device.rotate(SUCCESSOR, rotatedAt);
  const signed = { bytes: statement, publicKey: device.key.publicKey, signature };
  const rotation = await verifyRotation(signed, DOMAIN, verify);
  const { deviceId } = device.key;
  assert.deepEqual(rotation, { domain: DOMAIN, deviceId, successor: SUCCESSOR, rotatedAt });
  const again = reopen(device, folder);
  const repeated = again.rotate(SUCCESSOR, rotatedAt + 1_000);
  assert.deepEqual(repeated, { statement, signature });
  assert.throws(
    () => again.rotate(`0x${'11'.repeat(32)}`, rotatedAt),
    hasCode('SUCCESSOR_MISMATCH'),
  );
});

test('a rotated device seals what closes before, and nothing from then on', (context) => {
  const [device] = openSealed(context);
  device.rotate(SUCCESSOR, CLAIMED_AT + 240);
  device.seal([readingAfter(3, 10n)]);
  assert.throws(() => device.seal([readingAfter(4, 11n)]), hasCode('DEVICE_REVOKED'));
  assert.equal(device.head().sequence, 3);
});

test('a rotation lies after the last window', (context) => {
  const [device] = openSealed(context);
  assert.throws(() => device.rotate(SUCCESSOR, CLAIMED_AT + 120), hasCode('TIME_OVERLAP'));
  const { statement } = device.rotate(SUCCESSOR, CLAIMED_AT + 121);
  assert.equal(decodeRotation(statement).rotatedAt, CLAIMED_AT + 121);
});
