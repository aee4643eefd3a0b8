import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { dryRunSchema } from '../../src/api/schemas/methodology.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { roles, startChain, type TestChain } from '../support/chain.ts';
import { createClient, type TestClient } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { signInAs, type Person } from '../support/people.ts';
import { configOf, eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const START = Date.parse('2016-07-03T00:00:00-07:00') / 1000;
const DAY = { seconds: 86_400, exportWh: 10_000n };

const answer = z.looseObject({ checks: z.string().nullable() });

describeOnBothStores('a meter that checks another one and is bound to its project', (store) => {
  let chain: TestChain;
  let oracle: Oracle;
  let client: TestClient;
  let owner: Person;
  let projectId: number;
  let [main, check]: TestDevice[] = [];

  before(async () => {
    chain = await startChain();
    projectId = await chain.addProject();
    const { dataFolder, databaseUrl } = await store.place();
    oracle = await startOracle(configOf(chain.deployment, dataFolder, { databaseUrl }));
    client = createClient(oracle.url);
    owner = await signInAs(oracle.url, roles.owner);
  });
  after(async () => {
    await oracle.stop();
    await chain.stop();
  });

  const claim = async (): Promise<TestDevice> => {
    const options = { domain: chain.domain, claimedAt: START, owner: roles.owner.address };
    const device = createTestDevice(options);
    await chain.claim(device);
    return device;
  };
  const statusIs = (device: TestDevice, status: string) =>
    eventually(
      async () => (await client.devices()).find(({ deviceId }) => deviceId === device.deviceId),
      (found) => found?.status === status,
    );
  const pathOf = ({ deviceId }: TestDevice): string => `/v1/devices/${deviceId}/check-meter`;
  const name = (device: TestDevice, checkId: string) => ({
    path: pathOf(device),
    asked: { method: 'PUT', body: { deviceId: checkId, accuracyClass: '0.5' } },
  });
  const closeUntil = async (until: number, batches: number) => {
    await client.postJson(`/v1/projects/${projectId}/close`, { until });
    const all = await eventually(
      () => client.batches(projectId),
      (found) => found.filter(({ phase }) => phase === 'confirmed').length === batches,
    );
    const last = all.at(-1);
    assert.ok(last);
    return client.batch(last.batchId);
  };

  it('is credited for nothing while it checks, so that the energy counts once', async () => {
    [main, check] = [await claim(), await claim()];
    await chain.bind(main, projectId);
    await statusIs(main, 'bound');
    await statusIs(check, 'claimed');
    const { path, asked } = name(main, check.deviceId);
    await owner.get(path, answer, asked);
    assert.equal((await client.get(pathOf(check), answer)).checks, main.deviceId);
    const windows = [main.seal(DAY), main.seal(DAY)];
    const same = [check.seal(DAY), check.seal(DAY)];
    await client.post([...windows, ...same]);
    await chain.bind(check, projectId);
    await statusIs(check, 'bound');
    const status = await eventually(
      () => client.status(same[0]?.header.deviceId ?? '', 1),
      ({ state }) => state !== 'received',
    );
    const batch = await closeUntil(START + 2 * 86_400, 1);
    assert.deepEqual(
      [batch.exportedWh, batch.deductedWh, batch.creditableWh],
      ['40000', '20000', '20000'],
    );
    assert.deepEqual(
      [status.state, status.reason?.code, status.deductedWh],
      ['excluded', 'CHECK_METER_NOT_CREDITED', '10000'],
    );
    const found = await client.batchFindings(batch.batchId);
    assert.deepEqual(
      found.map(({ deviceId, sequence, index, reason }) => [
        deviceId,
        sequence,
        index,
        reason.code,
      ]),
      [1, 2].map((sequence) => [check?.deviceId, sequence, null, 'CHECK_METER_NOT_CREDITED']),
    );
  });

  it('is credited for nothing under any other version of a methodology either', async () => {
    const [batch] = await client.batches(projectId);
    const { versions } = await client.get(`/v1/batches/${batch?.batchId}/dry-run`, dryRunSchema);
    const results = versions.flatMap(({ result }) => (result === null ? [] : [result]));
    assert.ok(results.length > 0);
    for (const { reasons } of results) {
      const left = reasons.find(({ code }) => code === 'CHECK_METER_NOT_CREDITED');
      assert.equal(left?.deductedWh, '20000');
    }
  });

  it('is credited for nothing that it measured before the pair ended', async () => {
    assert.ok(main && check);
    await owner.get(pathOf(main), answer, { method: 'DELETE' });
    await client.post([main.seal(DAY), check.seal(DAY)]);
    const { creditableWh } = await closeUntil(START + 3 * 86_400, 2);
    assert.equal(creditableWh, '10000');
  });

  it('is not named any more once it is bound', async () => {
    assert.ok(main && check);
    const { path, asked } = name(main, check.deviceId);
    assert.equal(await owner.refused(path, asked), 'CHECK_METER_BOUND');
  });

  it('is let go when it is handed over: its new owner is not held by the old one', async () => {
    const [first, second] = [await claim(), await claim()];
    await chain.bind(first, projectId);
    await statusIs(first, 'bound');
    await statusIs(second, 'claimed');
    const { path, asked } = name(first, second.deviceId);
    await owner.get(path, answer, asked);
    await chain.life.offer(second.deviceId, roles.buyer.address);
    await chain.life.accept(second.deviceId);
    await eventually(
      () => client.get(pathOf(second), answer),
      ({ checks }) => checks === null,
    );
  });
});
