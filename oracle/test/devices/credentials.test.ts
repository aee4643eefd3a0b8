import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeCredentialRequest } from '@truetonne/protocol';
import { createDirectory } from '../../src/metering/ingest/directory.ts';
import { saveRevocation } from '../../src/store/registry.ts';
import { assertCredential, issueCredential } from '../../src/transports/credentials.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { CLAIMED_AT, DOMAIN } from '../support/noChain.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { describeOnBothStores, type TestStore } from '../support/stores.ts';

const NOW = 1_800_000_000;
const LIFETIME = 1_000;

async function prepare(store: TestStore) {
  const database = await store.empty();
  const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
  const other = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
  await seedProject(database, 1);
  await seedDevice(database, device, CLAIMED_AT, 1);
  await seedDevice(database, other, CLAIMED_AT, 1);
  const directory = createDirectory();
  await directory.reload(database);
  let now = NOW;
  const context = {
    ...{ database, directory, domain: DOMAIN, now: () => now, credentialSeconds: LIFETIME },
  };
  const ask = (requestedAt: number, signer: TestDevice = device) => {
    const { deviceId } = device;
    const request = encodeCredentialRequest({ domain: DOMAIN, deviceId, requestedAt });
    return issueCredential(context, deviceId, request, signer.sign(request));
  };
  const enter = (password: string) => assertCredential(context, device.deviceId, password);
  const reload = () => directory.reload(database);
  return {
    database,
    device,
    other,
    context,
    ask,
    enter,
    reload,
    at: (time: number) => (now = time),
  };
}

const isCode = (code: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === code;

describeOnBothStores('broker passwords', (store) => {
  it('are given to a device that proves its key, kept as a hash, and end', async () => {
    const { database, device, ask, enter, at } = await prepare(store);
    const { password, expiresAt, username } = await ask(NOW);
    assert.deepEqual([username, expiresAt], [device.deviceId.slice(2), NOW + LIFETIME]);
    assert.equal((await enter(password)).id, device.deviceId);
    const [row] = await database.run('SELECT password_hash FROM mqtt_credentials', []);
    assert.ok(row?.[0] instanceof Uint8Array && row[0].length === 32);
    assert.ok(!Buffer.from(row[0]).toString('base64url').includes(password));
    await assert.rejects(enter(`${password}x`), isCode('CREDENTIAL_INVALID'));
    at(NOW + LIFETIME);
    await assert.rejects(enter(password), isCode('CREDENTIAL_INVALID'));
  });

  it('replace the one before, and a request is used once', async () => {
    const { ask, enter, at } = await prepare(store);
    const first = await ask(NOW);
    await assert.rejects(ask(NOW), isCode('CREDENTIAL_REQUEST_STALE'));
    await assert.rejects(ask(NOW - 1), isCode('CREDENTIAL_REQUEST_STALE'));
    at(NOW + 1);
    const second = await ask(NOW + 1);
    await assert.rejects(enter(first.password), isCode('CREDENTIAL_INVALID'));
    await enter(second.password);
  });

  it('are refused to other keys, other times, and a clock of 1970 or 2106', async () => {
    const { ask, other } = await prepare(store);
    await assert.rejects(ask(NOW, other), isCode('SIGNATURE_INVALID'));
    for (const time of [0, NOW - 301, NOW + 301, 4_294_967_295]) {
      await assert.rejects(ask(time), isCode('CREDENTIAL_REQUEST_STALE'), String(time));
    }
  });

  it('end with the device', async () => {
    const { database, device, ask, enter, reload } = await prepare(store);
    const { password } = await ask(NOW);
    await saveRevocation(database, device.deviceId, NOW);
    await reload();
    await assert.rejects(enter(password), isCode('DEVICE_REVOKED'));
    await assert.rejects(ask(NOW + 1), isCode('DEVICE_REVOKED'));
  });
});
