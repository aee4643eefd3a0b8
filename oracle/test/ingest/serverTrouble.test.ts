import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { findJob } from '../../src/jobs/jobStore.ts';
import { isBrokenOff } from '../../src/jobs/run.ts';
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
  const [folder, other] = [makeFolder(), makeFolder()];
  let cluster: PostgresCluster;
  let oracle: Oracle;
  let device: TestDevice;
  let databaseUrl: string;

  before(async () => {
    cluster = await startPostgres();
    databaseUrl = await cluster.createDatabase();
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
    other.remove();
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
    const asked = await client.refused(`/v1/devices/${device.deviceId}`);
    assert.deepEqual([asked.status, asked.code], [503, 'STORE_UNAVAILABLE']);
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

  /** As a failover leaves a server that was the first one. */
  async function setReadOnly(readOnly: boolean): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('SET default_transaction_read_only = off');
    await client.query(`ALTER SYSTEM SET default_transaction_read_only = ${String(readOnly)}`);
    await client.query('SELECT pg_reload_conf()');
    await client.end();
  }

  it('is answered with 503 while it is read-only', async () => {
    const client = createClient(oracle.url);
    const window = device.seal();
    await setReadOnly(true);
    const refusal = await eventually(
      () =>
        client
          .postRefused('application/octet-stream', joinWindows([window]))
          .catch(() => undefined),
      (answer) => answer !== undefined,
    );
    assert.deepEqual([refusal?.status, refusal?.code], [503, 'STORE_UNAVAILABLE']);
    await setReadOnly(false);
    await eventually(
      () => client.post([window]).catch(() => undefined),
      (results) => /accepted|duplicate/.test(results?.[0]?.status ?? ''),
    );
  });

  it('is told from a mistake in a statement by what it says', async () => {
    const place = { dataFolder: other.path, databaseUrl };
    const database = await openStore(place, () => undefined);
    const codeOf = async (state: string): Promise<string> => {
      const raise = `DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${state}'; END $$`;
      const error: unknown = await database.run(raise, []).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      return error instanceof Error && 'code' in error ? String(error.code) : '';
    };
    const trouble = [
      '08006',
      '25006',
      '28P01',
      '3D000',
      '40001',
      '40P01',
      '53300',
      '55P03',
      '57P01',
      '58030',
    ];
    for (const state of trouble) assert.equal(await codeOf(state), 'STORE_UNAVAILABLE', state);
    for (const state of ['23505', '22003', '42601', '25001'])
      assert.equal(await codeOf(state), state);
    await database.close();
  });

  it('ends no job: what was handed in is read when it is back', async () => {
    const database = await openStore({ dataFolder: other.path, databaseUrl }, () => undefined);
    await cluster.halt();
    const error: unknown = await findJob(database, 'any').catch((thrown: unknown) => thrown);
    assert.equal(isBrokenOff(error, new AbortController().signal), true);
    await cluster.start();
    await database.close();
  });
});
