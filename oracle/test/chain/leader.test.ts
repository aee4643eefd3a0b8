import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { leadOnPostgres } from '../../src/store/database/leadership.ts';
import { openStore } from '../../src/store/database/open.ts';
import { createTestDevice } from '../support/device.ts';
import { makeFolder, type TestFolder } from '../support/folders.ts';
import { CLAIMED_AT, DEAD_DEPLOYMENT, DOMAIN } from '../support/noChain.ts';
import { startPostgres, type PostgresCluster } from '../support/postgres.ts';
import { spawnOracle, type OracleProcess } from '../support/process.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { eventually } from '../support/service.ts';

let cluster: PostgresCluster;
const folders: TestFolder[] = [];
before(async () => {
  cluster = await startPostgres();
});
after(async () => {
  await cluster.stop();
  for (const folder of folders) folder.remove();
});

function newFolder(): string {
  const folder = makeFolder();
  folders.push(folder);
  return folder.path;
}

/** An oracle that tells when it leads, without its work. */
function candidate(url: string) {
  const events: string[] = [];
  const leadership = leadOnPostgres(
    url,
    {
      begin: () => void events.push('begin'),
      end: () => Promise.resolve(void events.push('end')),
    },
    () => undefined,
  );
  return { events, leads: () => events.at(-1) === 'begin', stop: leadership.stop };
}

describe('of several oracles on a database', () => {
  it('one leads, and another takes over after it', async () => {
    const url = await cluster.createDatabase();
    const first = candidate(url);
    await eventually(() => Promise.resolve(first.leads()), Boolean);
    const second = candidate(url);
    await sleep(1_500);
    assert.deepEqual(second.events, []);
    await first.stop();
    assert.deepEqual(first.events, ['begin', 'end']);
    await eventually(() => Promise.resolve(second.leads()), Boolean);
    await second.stop();
  });

  it('the leader ends its work when its connection breaks, before another begins', async () => {
    const url = await cluster.createDatabase();
    const order: string[] = [];
    const lead = (name: string) =>
      leadOnPostgres(
        url,
        {
          begin: () => void order.push(`${name} begins`),
          end: async () => {
            await sleep(500);
            order.push(`${name} ended`);
          },
        },
        () => undefined,
      );
    const first = lead('first');
    await eventually(
      () => Promise.resolve(order.length),
      (length) => length === 1,
    );
    const second = lead('second');
    await sleep(1_500);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    await client.end();
    await eventually(
      () => Promise.resolve(order.length),
      (length) => length >= 3,
    );
    assert.deepEqual(order.slice(0, 2), ['first begins', 'first ended']);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('all take windows, and each window is stored and judged once', async () => {
    const databaseUrl = await cluster.createDatabase();
    const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
    const database = await openStore({ dataFolder: newFolder(), databaseUrl }, () => undefined);
    await seedProject(database, 1);
    await seedDevice(database, device, CLAIMED_AT, 1);
    await database.close();
    const oracles: OracleProcess[] = [];
    for (const role of ['all', 'all', 'ingest']) {
      const place = { dataFolder: newFolder(), databaseUrl };
      oracles.push(await spawnOracle(DEAD_DEPLOYMENT, place, { ORACLE_ROLE: role }));
    }
    const windows = Array.from({ length: 300 }, () => device.seal());
    const clients = oracles.map(({ client }) => client);
    const answers = await Promise.all(
      clients.map(async (client, index) => {
        const results = [];
        // Each begins elsewhere, so that they meet on the way.
        const turned = [...windows.slice(index * 100), ...windows.slice(0, index * 100)];
        for (let start = 0; start < turned.length; start += 25) {
          results.push(...(await client.post(turned.slice(start, start + 25))));
        }
        return results;
      }),
    );
    const accepted = answers.flat().filter(({ status }) => status === 'accepted');
    assert.equal(accepted.length, 300);
    assert.equal(new Set(accepted.map(({ sequence }) => sequence)).size, 300);
    const [, second] = clients;
    assert.ok(second);
    await eventually(
      () => second.project(1),
      ({ totals }) => totals.windows === 300 && totals.exportedWh === '30000',
    );
    await oracles[0]?.kill();
    const late = device.seal();
    await second.post([late]);
    await eventually(
      () => second.project(1),
      ({ totals }) => totals.windows === 301,
    );
    for (const oracle of oracles) await oracle.kill();
  });
});
