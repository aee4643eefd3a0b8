import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimHashOf, domainOf, fromHex } from '@truetonne/protocol';
import { startOracle } from '../../oracle/src/index.ts';
import { createClient } from '../../oracle/test/support/client.ts';
import { createTestDevice } from '../../oracle/test/support/device.ts';
import { makeDataFolder } from '../../oracle/test/support/folders.ts';
import { DEAD_DEPLOYMENT } from '../../oracle/test/support/noChain.ts';
import { seedDevice, seedProject } from '../../oracle/test/support/seed.ts';
import { configOf } from '../../oracle/test/support/service.ts';
import { openStore } from '../../oracle/src/store/database/open.ts';
import { build } from '../../device-signer/firmware/test/build.ts';
import {
  CHAIN_ID,
  makeHostDevice,
  OWNER,
  REGISTRY,
} from '../../device-signer/firmware/test/ttdevice.ts';

const T0 = 1_735_689_600;

/** Readings each minute with 90 Wh of export, as ttdevice takes them. */
function linesOf(from: number, count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const at = T0 + 60 * (from + index);
    return `{"timestamp":${at},"exported_wh":90,"imported_wh":0,"ac_power_kw":5.4}\n`;
  }).join('');
}

test('a C device sends to a real oracle, through an outage, and every reading is there', async (context) => {
  assert.equal(domainOf(CHAIN_ID, REGISTRY), domainOf(CHAIN_ID, DEAD_DEPLOYMENT.registry));
  const device = await makeHostDevice(await build(['ttdevice']), ['--readings', '10']);
  const signed = await device.json('claim', ['--owner', OWNER, '--time', String(T0)]);
  const { deviceId = '' } = await device.json('id');
  // An hour without an oracle, and a process that is ended in its midst.
  await device.kill(['--quiet', '--wait', '0'], linesOf(1, 30), 15);
  const taken = Number((await device.json('id'))['exportWh']) / 90;
  const rest = await device.run('run', ['--quiet', '--wait', '0'], linesOf(taken + 1, 60 - taken));
  assert.equal(rest.code, 0, rest.errors);
  assert.equal((await device.json('id'))['waiting'], 6);

  const folder = await makeDataFolder();
  const config = configOf(DEAD_DEPLOYMENT, folder.path);
  const database = await openStore(config, () => undefined);
  await seedProject(database, 1);
  const identity = {
    deviceId: `0x${deviceId.slice(2)}` as const,
    publicKey: fromHex(signed['publicKey'] ?? ''),
    claimHash: claimHashOf(fromHex(signed['claim'] ?? '')),
  };
  const domain = domainOf(CHAIN_ID, REGISTRY);
  const known = { ...createTestDevice({ domain, claimedAt: T0 }), ...identity };
  await seedDevice(database, known, T0, 1);
  await database.close();
  const oracle = await startOracle(config);
  context.after(async () => {
    await oracle.stop();
    folder.remove();
  });
  const sent = await device.run('run', ['--oracle', oracle.url, '--quiet'], linesOf(61, 10));
  assert.equal(sent.code, 0, sent.errors);
  assert.equal((await device.json('id'))['waiting'], 0, sent.errors);

  const client = createClient(oracle.url);
  const latest = await client.latest(deviceId);
  assert.deepEqual([latest.at, latest.exportWh], [T0 + 60 * 70, '6300']);
  const { readings } = await client.readings(deviceId, 'limit=100');
  assert.equal(readings.length, 70);
});
