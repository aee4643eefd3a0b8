import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import {
  createWebCryptoVerifier,
  readChainRecord,
  TonneError,
  verifyBatch,
  type Hex,
} from '@truetonne/protocol';
import { startOracle, type Oracle } from '../../src/index.ts';
import { roles, startChain, type TestChain } from '../support/chain.ts';
import { createClient, type TestClient } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { makeDataFolder, type TestFolder } from '../support/folders.ts';
import { configOf, eventually } from '../support/service.ts';

const at = (text: string): number => Date.parse(`${text}-07:00`) / 1000;
const YEAR_END = at('2017-01-01T00:00:00');
const isCode = (code: string) => (error: unknown) =>
  error instanceof TonneError && error.code === code;

describe('on a real chain', () => {
  const folders: TestFolder[] = [];
  let chain: TestChain;
  let folder: TestFolder;
  let oracle: Oracle;
  let client: TestClient;

  const makeFolder = async (): Promise<TestFolder> => {
    const made = await makeDataFolder();
    folders.push(made);
    return made;
  };
  const addDevice = async (projectId: number, claimedAt: number): Promise<TestDevice> => {
    const owner = roles.owner.address;
    const device = createTestDevice({ domain: chain.domain, claimedAt, owner });
    await chain.claim(device);
    await chain.bind(device, projectId);
    await eventually(
      () => client.devices(),
      // Its claim may be in the store before its binding is.
      (devices) =>
        devices.some(({ deviceId, status }) => deviceId === device.deviceId && status === 'bound'),
    );
    return device;
  };
  const confirmed = (projectId: number, count: number) =>
    eventually(
      () => client.batches(projectId),
      (batches) => batches.length === count && batches.every(({ phase }) => phase === 'confirmed'),
    );
  const close = (projectId: number, until: number) =>
    client.postJson(`/v1/projects/${projectId}/close`, { until });

  async function verify(batchId: string): Promise<void> {
    const record = await readChainRecord(chain.client, chain.deployment.registry, BigInt(batchId));
    const response = await fetch(`${oracle.url}/v1/batches/${batchId}/file`);
    const file = Buffer.from(await response.arrayBuffer());
    const fileDigest: Hex = `0x${createHash('sha256').update(file).digest('hex')}`;
    const verifySignature = createWebCryptoVerifier();
    const result = await verifyBatch({
      content: gunzipSync(file),
      fileDigest,
      record,
      verifySignature,
    });
    assert.deepEqual(result.verified ? [] : result.failure, []);
  }

  before(async () => {
    chain = await startChain();
    folder = await makeFolder();
    oracle = await startOracle(configOf(chain.deployment, folder.path));
    client = createClient(oracle.url);
  });
  after(async () => {
    await oracle.stop();
    await chain.stop();
    for (const one of folders) one.remove();
  });

  it('a device crosses New Year without credit for the window in between', async () => {
    const projectId = await chain.addProject();
    const straddling = await addDevice(projectId, YEAR_END - 3_900);
    const sharp = await addDevice(projectId, YEAR_END - 3_600);
    const hour = { seconds: 3600, exportWh: 1_000n };
    await client.post([straddling.seal(hour), straddling.seal(hour), straddling.seal(hour)]);
    await client.post([sharp.seal(hour), sharp.seal(hour)]);
    await close(projectId, YEAR_END + 86_400);
    const batches = await confirmed(projectId, 3);
    assert.deepEqual(
      batches.map(({ vintage, crossing, exportedWh, deductedWh }) => [
        vintage,
        crossing,
        exportedWh,
        deductedWh,
      ]),
      [
        [2016, false, '2000', '0'],
        [2017, true, '1000', '1000'],
        [2017, false, '2000', '0'],
      ],
    );
    for (const { batchId } of batches) await verify(batchId);
    const status = await client.status(straddling.deviceId, 2);
    assert.deepEqual([status.state, status.reason?.code], ['excluded', 'VINTAGE_SPAN']);
  });

  it('energy from before the crediting period moves the device, and what comes after it waits for ever', async () => {
    const creditingFrom = YEAR_END + 10 * 86_400;
    const creditingUntil = creditingFrom + 7_200;
    const projectId = await chain.addProject({ creditingFrom, creditingUntil });
    const device = await addDevice(projectId, creditingFrom - 3_600);
    await client.post(
      Array.from({ length: 4 }, () => device.seal({ seconds: 3_600, exportWh: 700n })),
    );
    await close(projectId, creditingUntil + 86_400);
    const batches = await confirmed(projectId, 2);
    assert.deepEqual(
      batches.map(({ crossing, exportedWh, deductedWh }) => [crossing, exportedWh, deductedWh]),
      [
        [true, '700', '700'],
        [false, '1400', '0'],
      ],
    );
    for (const { batchId } of batches) await verify(batchId);
    const states = [];
    for (const sequence of [1, 2, 3, 4]) {
      const { state, reason } = await client.status(device.deviceId, sequence);
      states.push(reason?.code ?? state);
    }
    assert.deepEqual(states, [
      'OUTSIDE_CREDITING_PERIOD',
      'batched',
      'batched',
      'OUTSIDE_CREDITING_PERIOD',
    ]);
  });

  it('a jump that the capacity can not explain is deducted, and holds nothing up', async () => {
    const projectId = await chain.addProject();
    const device = await addDevice(projectId, YEAR_END);
    await client.post([
      device.seal({ exportWh: 100n }),
      device.seal({ exportWh: 9_000n }),
      device.seal({ seconds: 86_400, exportWh: 50n }),
    ]);
    await close(projectId, YEAR_END + 2 * 86_400);
    const [batch] = await confirmed(projectId, 1);
    assert.deepEqual(
      [batch?.exportedWh, batch?.deductedWh, batch?.windowCount],
      ['9150', '9000', 3],
    );
    await verify(batch?.batchId ?? '');
  });

  it('more imported than exported is owed in the next batch', async () => {
    const projectId = await chain.addProject();
    const device = await addDevice(projectId, YEAR_END);
    const night = device.seal({ exportWh: 0n, importWh: 60n });
    await client.post([night]);
    await close(projectId, night.header.closedAt);
    await confirmed(projectId, 1);
    const day = device.seal({ exportWh: 1_000n });
    await client.post([day]);
    await close(projectId, day.header.closedAt);
    const batches = await confirmed(projectId, 2);
    assert.deepEqual(
      batches.map(({ creditableWh }) => creditableWh),
      ['0', '940'],
    );
    for (const { batchId } of batches) await verify(batchId);
  });

  it('an oracle that starts with nothing learns from the chain and goes on', async () => {
    const projectId = await chain.addProject();
    const device = await addDevice(projectId, YEAR_END);
    const [first, second] = [device.seal(), device.seal()];
    await client.post([first]);
    await close(projectId, first.header.closedAt);
    await confirmed(projectId, 1);
    await oracle.stop();
    folder = await makeFolder();
    oracle = await startOracle(configOf(chain.deployment, folder.path));
    client = createClient(oracle.url);
    const [foreign] = await confirmed(projectId, 1);
    assert.deepEqual([foreign?.own, foreign?.exportedWh, foreign?.fileSize], [false, '100', null]);
    const file = await client.refused(`/v1/batches/${foreign?.batchId ?? ''}/file`);
    assert.deepEqual([file.status, file.code], [404, 'FILE_MISSING']);
    assert.equal((await client.device(device.deviceId)).credited.sequence, 1);
    await client.post([first, second]);
    await eventually(
      () => client.device(device.deviceId),
      ({ judged }) => judged?.sequence === 2,
    );
    const window = await client.window(device.deviceId, 1);
    assert.deepEqual([window.batchId, window.proof], [foreign?.batchId, null]);
    assert.equal(window.readings[0]?.state, 'batched');
    await close(projectId, second.header.closedAt);
    const [, own] = await confirmed(projectId, 2);
    assert.deepEqual([own?.own, own?.exportedWh, own?.deductedWh], [true, '100', '0']);
    await verify(own?.batchId ?? '');
  });

  it('its data is not taken for that of another registry', async () => {
    await oracle.stop();
    const other = { ...chain.deployment, registry: `0x${'77'.repeat(20)}` } as const;
    await assert.rejects(
      startOracle(configOf(other, folder.path)),
      isCode('CONFIGURATION_INVALID'),
    );
    oracle = await startOracle(configOf(chain.deployment, folder.path));
    const second = await makeFolder();
    const port = Number(new URL(oracle.url).port);
    await assert.rejects(
      startOracle(configOf(chain.deployment, second.path, { port })),
      isCode('PORT_TAKEN'),
    );
    await assert.rejects(
      startOracle(configOf(chain.deployment, folder.path)),
      isCode('DATA_IN_USE'),
    );
  });
});
