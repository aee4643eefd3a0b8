import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openStore } from '../../src/store/database/open.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { createClient, joinWindows } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { makeFolder } from '../support/folders.ts';
import { CLAIMED_AT, DEAD_DEPLOYMENT, DOMAIN } from '../support/noChain.ts';
import { startPostgres, type PostgresCluster } from '../support/postgres.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { configOf, eventually } from '../support/service.ts';

describe('a PostgreSQL server that goes away', () => {
  const folder = makeFolder();
  let cluster: PostgresCluster;
  let oracle: Oracle;
  let device: TestDevice;

  before(async () => {
    cluster = await startPostgres();
    const databaseUrl = await cluster.createDatabase();
    const config = configOf(DEAD_DEPLOYMENT, folder.path, { databaseUrl });
    device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
    const database = await openStore(config, () => undefined);
    await seedProject(database, 1);
    await seedDevice(database, device, CLAIMED_AT, 1);
    await database.close();
    oracle = await startOracle(config);
  });
  after(async () => {
    await oracle.stop();
    await cluster.stop();
    folder.remove();
  });

  it('is answered with 503, and served again when it is back', async () => {
    const client = createClient(oracle.url);
    await client.post([device.seal()]);
    await cluster.restart();
    const next = device.seal();
    const posted = await eventually(
      () => client.post([next]).catch(() => undefined),
      (results) => results !== undefined,
    );
    assert.match(posted?.[0]?.status ?? '', /accepted|duplicate/);

    await cluster.halt();
    const refusal = await client.postRefused(
      'application/octet-stream',
      joinWindows([device.seal()]),
    );
    assert.deepEqual([refusal.status, refusal.code], [503, 'STORE_UNAVAILABLE']);
    const ready = await client.refused('/ready');
    assert.deepEqual([ready.status, ready.code], [503, 'STORE_UNAVAILABLE']);
    assert.equal((await client.health()).store, 'down');
    await cluster.start();
    await eventually(
      async () => (await fetch(`${oracle.url}/ready`)).status,
      (status) => status === 200,
    );
    await eventually(
      () => client.device(device.deviceId),
      ({ judged }) => judged?.sequence === 2,
    );
  });
});
