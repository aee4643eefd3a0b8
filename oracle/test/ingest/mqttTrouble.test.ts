import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { encodeCredentialRequest, encodeWindow, TonneError } from '@truetonne/protocol';
import { createDirectory } from '../../src/metering/ingest/directory.ts';
import { createLimits } from '../../src/metering/ingest/limits.ts';
import { createVerifier } from '../../src/metering/ingest/verifier.ts';
import { createWindowWriter } from '../../src/metering/ingest/writer.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createLog } from '../../src/runtime/log.ts';
import type { Database } from '../../src/store/database/database.ts';
import { openStore } from '../../src/store/database/open.ts';
import { saveRevocation } from '../../src/store/registry.ts';
import { issueCredential } from '../../src/transports/credentials.ts';
import { startBroker, type EmbeddedBroker } from '../../src/transports/mqtt/broker.ts';
import { joinWindows } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { makeDataFolder, type TestFolder } from '../support/folders.ts';
import { connectDevice, type BrokerAccess } from '../support/mqtt.ts';
import { CLAIMED_AT, DOMAIN } from '../support/noChain.ts';
import { seedDevice, seedProject } from '../support/seed.ts';

const LIMITS = { deviceWindows: 100, ownerWindows: 0, seconds: 2 };

/** A broker on a store whose commits can be held back, or made to fail. */
let folder: TestFolder;
let database: Database;
let broker: EmbeddedBroker;
let gate: Promise<void> = Promise.resolve();
let fails = false;
const now = (): number => Math.floor(Date.now() / 1000);
const directory = createDirectory();
const verifier = createVerifier(1);
const newDevice = (): TestDevice => createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
const [device, steady, leaving] = [newDevice(), newDevice(), newDevice()];

before(async () => {
  folder = await makeDataFolder();
  database = await openStore({ dataFolder: folder.path, databaseUrl: undefined }, () => undefined);
  await seedProject(database, 1);
  for (const one of [device, steady, leaving]) await seedDevice(database, one, CLAIMED_AT, 1);
  await directory.reload(database);
  const plain = createWindowWriter(database, () => undefined);
  const writer = {
    ...plain,
    write: async (windows: Parameters<typeof plain.write>[0]) => {
      await gate;
      if (fails) throw new TonneError('STORE_UNAVAILABLE');
      return plain.write(windows);
    },
  };
  const acceptance = {
    ...{ database, directory, verifier, writer, domain: DOMAIN, now },
    ...{ limits: createLimits(LIMITS), metrics: createMetrics() },
  };
  const log = createLog('silent');
  broker = await startBroker({ acceptance, log, host: '127.0.0.1', port: 0 });
});
after(async () => {
  await broker.stop();
  await verifier.stop();
  await database.close();
  folder.remove();
});

/** Each request is of a later second than the one before. */
let requests = 0;

async function accessOf(one: TestDevice): Promise<BrokerAccess> {
  const { deviceId } = one;
  const request = encodeCredentialRequest({
    domain: DOMAIN,
    deviceId,
    requestedAt: now() + requests++,
  });
  const context = { database, directory, domain: DOMAIN, now, credentialSeconds: 60 };
  return issueCredential(context, deviceId, request, one.sign(request));
}

const countStored = async (): Promise<number> =>
  Number((await database.run('SELECT count(*) FROM windows', []))[0]?.[0]);

describe('a PUBACK', () => {
  it('waits for the commit, however long that takes', async () => {
    const connection = await connectDevice(broker.port, await accessOf(device));
    const held = Promise.withResolvers<void>();
    gate = held.promise;
    const before = await countStored();
    let acknowledged = false;
    const published = connection.publish(encodeWindow(device.seal())).then(() => {
      acknowledged = true;
    });
    await sleep(500);
    assert.deepEqual([acknowledged, await countStored()], [false, before]);
    held.resolve();
    await published;
    assert.equal(await countStored(), before + 1);
    await connection.close();
  });

  it('never comes when the store fails: the connection ends and the device sends again', async () => {
    const window = device.seal();
    const own = await accessOf(device);
    const first = await connectDevice(broker.port, own);
    fails = true;
    await assert.rejects(first.expect(first.publish(encodeWindow(window))));
    fails = false;
    await first.close();
    const again = await connectDevice(broker.port, own);
    await again.publish(encodeWindow(window));
    await again.close();
  });
});

describe('a device', () => {
  it('that floods is slowed down, loses nothing, and leaves others alone', async () => {
    const [flooding, calm] = [
      await connectDevice(broker.port, await accessOf(device)),
      await connectDevice(broker.port, await accessOf(steady)),
    ];
    const before = await countStored();
    const flood = Array.from({ length: 250 }, () => device.seal());
    let ended = false;
    const flooded = flooding.publish(joinWindows(flood)).then(() => {
      ended = true;
    });
    await sleep(200);
    await calm.publish(encodeWindow(steady.seal()));
    assert.equal(ended, false);
    await flooded;
    assert.equal(await countStored(), before + 251);
    await flooding.close();
    await calm.close();
  });

  it('that is revoked is disconnected and let in no more', async () => {
    const access = await accessOf(leaving);
    const connection = await connectDevice(broker.port, access);
    await saveRevocation(database, leaving.deviceId, now());
    await directory.reload(database);
    broker.review();
    await connection.closed;
    await assert.rejects(connectDevice(broker.port, access));
  });
});
