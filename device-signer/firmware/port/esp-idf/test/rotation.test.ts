import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { deviceIdOf, fromHex, parseWindow, verifyRotation, type Hex } from '@truetonne/protocol';
import { DOMAIN } from '../../../../test/samples.ts';
import { makeBuildFolder } from '../../toolchain.ts';
import {
  assertChain,
  buildPort,
  MINUTE,
  readClaim,
  runPort,
  STARTED_AT,
  startReceiver,
  verifySignature,
  STORED,
} from './port.ts';

const folder = mkdtempSync(join(tmpdir(), 'truetonne-rotation-'));
let overHttp: string;
let overMqtt: string;

before(async () => {
  [overHttp, overMqtt] = await Promise.all([buildPort(folder, 'http'), buildPort(folder, 'mqtt')]);
});

after(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A device with one window that nobody has yet. */
const BEGIN = [`time ${STARTED_AT}`, 'open', 'claim', ...MINUTE, 'seal'];
const later = (seconds: number): string => `time ${STARTED_AT + seconds}`;

/** The rotation in a line that a successor prints. Throws unless the old key signed it for the new one. */
async function readRotation(lines: readonly string[]) {
  const { publicKey, claim } = readClaim(lines);
  const line = lines.find((text) => text.startsWith('{')) ?? '';
  // Proof: fromHex refuses what is no hex.
  const said = JSON.parse(line) as Partial<
    Record<'rotation' | 'oldPublicKey' | 'oldSignature', Hex>
  >;
  if (said.rotation === undefined) return { publicKey, claim, oldKey: undefined };
  const oldKey = fromHex(said.oldPublicKey ?? '0x');
  const signed = {
    bytes: fromHex(said.rotation),
    publicKey: oldKey,
    signature: fromHex(said.oldSignature ?? '0x'),
  };
  const { successor } = await verifyRotation(signed, DOMAIN, verifySignature);
  assert.equal(successor, deviceIdOf(publicKey));
  return { publicKey, claim, oldKey };
}

test('a new key takes over at the next start, and what the old one sealed is sent', async (context) => {
  const receiver = await startReceiver(context);
  const flash = makeBuildFolder(context);
  const first = readClaim(
    await runPort(overHttp, flash, [...BEGIN, 'wait 1000', 'rotate', 'sample 1 1']),
  );
  const lines = await runPort(
    overHttp,
    flash,
    [later(120), 'open', 'claim', ...MINUTE, 'seal', 'deliver'],
    receiver,
  );
  const { publicKey, claim, oldKey } = await readRotation(lines);
  assert.deepEqual(oldKey, first.publicKey);
  assert.equal(lines.at(-1), 'deliver OK 0');
  const [old, own] = receiver.bodies.map((body) => parseWindow(new Uint8Array(body), DOMAIN));
  assert.ok(old !== undefined && own !== undefined);
  await assertChain([old], first.claim, first.publicKey);
  await assertChain([own], claim, publicKey);
  assert.deepEqual([old.header.exportWh, own.header.exportWh], [5n, 10n]);
});

test('a second rotation makes another key, and the key before it is gone', async (context) => {
  const flash = makeBuildFolder(context);
  const keys = [
    readClaim(await runPort(overHttp, flash, [...BEGIN, 'wait 1000', 'rotate'])).publicKey,
  ];
  for (const start of [120, 240]) {
    const lines = await runPort(overHttp, flash, [
      later(start),
      'open',
      'claim',
      'wait 1000',
      'rotate',
    ]);
    const { publicKey, oldKey } = await readRotation(lines);
    assert.deepEqual(oldKey, keys.at(-1));
    keys.push(publicKey);
  }
  assert.equal(new Set(keys.map(String)).size, 3);
});

test('over MQTT windows of the old key go over HTTP: no broker takes them from the new one', async (context) => {
  const receiver = await startReceiver(context);
  receiver.answer = (path) =>
    path.endsWith('mqtt-credentials') ? [200, { password: 'secret' }] : [200, STORED];
  const flash = makeBuildFolder(context);
  const first = readClaim(await runPort(overMqtt, flash, [...BEGIN, 'wait 1000', 'rotate']));
  const lines = await runPort(
    overMqtt,
    flash,
    [
      ...[later(120), 'open', 'claim', ...MINUTE, 'seal', 'deliver', 'connected 1'],
      ...['deliver', 'deliver', 'puback', 'deliver', 'wait 2000', 'deliver'],
    ],
    receiver,
  );
  const published = lines.filter((line) => line.startsWith('publish'));
  assert.equal(published.length, 1);
  assert.equal(lines.at(-1), 'deliver OK 0');
  const posted = receiver.bodies.at(receiver.paths.indexOf('/v1/windows'));
  const { header } = parseWindow(new Uint8Array(posted ?? []), DOMAIN);
  assert.equal(header.deviceId, deviceIdOf(first.publicKey));
});

/** A rotation whose power goes in the change of storage after so many, and what the next starts make of it. */
async function cutRotation(context: TestContext, changes: number): Promise<boolean> {
  const flash = makeBuildFolder(context);
  const first = readClaim(await runPort(overHttp, flash, BEGIN));
  const cut = await runPort(overHttp, flash, [later(120), 'open', `cut ${changes}`, 'rotate']);
  const next = await runPort(overHttp, flash, [later(180), 'open', 'claim', ...MINUTE, 'seal']);
  assert.deepEqual([next[0], next.at(-1)], ['open OK', 'seal OK'], `cut after ${changes}`);
  let { publicKey, oldKey } = await readRotation(next);
  if (oldKey === undefined) {
    // Nothing was named yet: the old key is in use and may be rotated still.
    assert.deepEqual(publicKey, first.publicKey);
    await runPort(overHttp, flash, [later(300), 'open', 'rotate']);
    ({ publicKey, oldKey } = await readRotation(
      await runPort(overHttp, flash, [later(360), 'open', 'claim']),
    ));
  }
  assert.deepEqual(oldKey, first.publicKey);
  assert.notDeepEqual(publicKey, first.publicKey);
  return !cut.includes('rotate OK');
}

test('power that goes at any moment of a rotation leaves one key in use, and no key named twice', async (context) => {
  let changes = 0;
  while (await cutRotation(context, changes)) changes++;
  assert.ok(changes > 5, `${changes} moments`);
  context.diagnostic(`${changes} moments`);
});
