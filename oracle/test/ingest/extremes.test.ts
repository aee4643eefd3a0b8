import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createWebCryptoVerifier, fromHex, verifyEquivocation } from '@truetonne/protocol';
import { startOracle, type Oracle } from '../../src/index.ts';
import { openStore } from '../../src/store/database/open.ts';
import { createClient, joinWindows, type TestClient } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { CLAIMED_AT, DEAD_DEPLOYMENT, DOMAIN } from '../support/noChain.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { configOf, eventually } from '../support/service.ts';
import { describeOnBothStores, type StorePlace } from '../support/stores.ts';

/** The largest value of a register, Wh (SPEC section 4). */
const LARGEST = 2n ** 56n - 1n;

interface Bench {
  readonly oracle: Oracle;
  readonly client: TestClient;
  readonly devices: readonly TestDevice[];
  /** A device of another project. */
  readonly neighbour: TestDevice;
}

async function openBench(place: StorePlace, count: number): Promise<Bench> {
  const [neighbour, ...devices] = Array.from({ length: count + 1 }, () =>
    createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT }),
  );
  if (neighbour === undefined) assert.fail();
  const database = await openStore(place, () => undefined);
  for (const id of [1, 2]) await seedProject(database, id);
  await seedDevice(database, neighbour, CLAIMED_AT, 2);
  for (const device of devices) await seedDevice(database, device, CLAIMED_AT, 1);
  await database.close();
  const { databaseUrl, dataFolder } = place;
  const oracle = await startOracle(configOf(DEAD_DEPLOYMENT, dataFolder, { databaseUrl }));
  return { oracle, client: createClient(oracle.url), devices, neighbour };
}

/** So many that the sum of their largest values is beyond 64 bits with a sign. */
const MANY = 130;

describeOnBothStores('the ends of what a device can say', (store) => {
  it('registers at their largest value are kept and summed exactly, and bring no credit', async () => {
    const { oracle, client, devices } = await openBench(await store.place(), MANY);
    const all = { exportWh: LARGEST, importWh: LARGEST };
    await client.post(devices.map((device) => device.seal(all)));
    // At the end of its register a device goes on with what it can still say: nothing was added.
    await client.post(devices.map((device) => device.seal({ exportWh: 0n })));
    await eventually(
      () => client.project(1),
      ({ totals }) => totals.windows === 2 * MANY,
    );
    const [{ deviceId } = assert.fail()] = devices;
    const latest = await client.latest(deviceId);
    assert.deepEqual([latest.exportWh, latest.importWh], [String(LARGEST), String(LARGEST)]);
    const [hour] = await client.energy(deviceId, 'bucket=month');
    assert.deepEqual(
      [hour?.exportedWh, hour?.importedWh, hour?.deductedWh],
      [String(LARGEST), String(LARGEST), String(LARGEST)],
    );
    const days = await client.projectEnergy(1, '?bucket=day');
    const total = days.reduce((sum, { exportedWh }) => sum + BigInt(exportedWh), 0n);
    assert.equal(total, LARGEST * BigInt(MANY));
    await oracle.stop();
  });

  it('a batch closes on them, and what can never be credited holds nobody up', async () => {
    const { oracle, client, devices, neighbour } = await openBench(await store.place(), MANY);
    const [beyond, ...others] = devices;
    if (beyond === undefined) assert.fail();
    // More than any capacity gives in the time: the contract would refuse it, so it never closes.
    const windows = [beyond.seal({ exportWh: LARGEST }), neighbour.seal()];
    for (const device of others) windows.push(device.seal({ exportWh: 0n, importWh: LARGEST }));
    await client.post(windows);
    const until = CLAIMED_AT + 900;
    for (const id of [1, 2]) await client.postJson(`/v1/projects/${id}/close`, { until });
    const batchOf = async (id: number) => {
      const found = await eventually(
        () => client.batches(id),
        (batches) => batches.length > 0,
      );
      return found[0] ?? assert.fail();
    };
    const [batch, other] = [await batchOf(1), await batchOf(2)];
    assert.equal(batch.importedWh, String(LARGEST * BigInt(MANY - 1)));
    assert.deepEqual([batch.windowCount, other.exportedWh], [MANY - 1, '100']);
    await oracle.stop();
  });

  it('two devices with one key are told so, and the proof freezes them', async () => {
    const { oracle, client, devices } = await openBench(await store.place(), 1);
    const [device = assert.fail()] = devices;
    // The copy goes on from the same window with readings of its own.
    for (const exportWh of [1n, 2n, 3n]) {
      const window = device.seal();
      assert.equal((await client.post([window]))[0]?.status, 'accepted');
      const body = joinWindows([device.forge(window, exportWh)]);
      const problem = await client.postRefused('application/octet-stream', body);
      assert.deepEqual([problem.status, problem.code], [409, 'EQUIVOCATION']);
      assert.equal((await client.post([window]))[0]?.status, 'duplicate');
    }
    const { publicKey, equivocations } = await client.equivocations(device.deviceId);
    assert.deepEqual(
      equivocations.map(({ sequence }) => sequence).sort((one, other) => one - other),
      [1, 2, 3],
    );
    for (const { a, b, sequence } of equivocations) {
      const proof = {
        publicKey: fromHex(publicKey),
        ...{ headerA: fromHex(a.header), signatureA: fromHex(a.signature) },
        ...{ headerB: fromHex(b.header), signatureB: fromHex(b.signature) },
      };
      const proven = await verifyEquivocation(proof, DOMAIN, createWebCryptoVerifier());
      assert.deepEqual([proven.deviceId, proven.sequence], [device.deviceId, sequence]);
    }
    await oracle.stop();
  });
});
