import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { after, before, it } from 'node:test';
import { createApi } from '../../src/api/app.ts';
import { FLEET_STATES } from '../../src/domain/fleetState.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createParts, type Parts } from '../../src/service/parts.ts';
import { closeServer, createHttpServer, listen } from '../../src/service/server.ts';
import type { Database } from '../../src/store/database/database.ts';
import { openStore } from '../../src/store/database/open.ts';
import { createClient, readPages, type TestClient } from '../support/client.ts';
import { countAsked, type Asked } from '../support/countedDatabase.ts';
import { CLAIMED_AT, DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { seedProject } from '../support/seed.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const DEVICES = 5_000;
const NOW = CLAIMED_AT + 86_400;
const PAGE = 50;

/** Two of three are of project 1; by tens one is frozen, one revoked, one never seen, the others fall silent; all is judged. */
const SEED_DEVICES = `
  INSERT INTO devices (device_id, owner, public_key, claim_hash, claimed_at, claim_export_wh,
    claim_import_wh, project_id, capacity_w, frozen_sequence, revoked_from, credited_sequence,
    credited_closed_at, credited_export_wh, credited_import_wh)
  SELECT sha256(place::text::bytea), '\\x01', '\\x02', '\\x03', ${CLAIMED_AT}, 0, 0,
    1 + (place % 3) / 2, 6000, CASE WHEN place % 10 = 0 THEN 1 END,
    CASE WHEN place % 10 < 2 THEN ${CLAIMED_AT} END, 1, ${CLAIMED_AT}, 0, 0
  FROM generate_series(1, ${DEVICES}) AS place`;

const SEED_PRESENCES = `
  INSERT INTO presences (device_number, last_seen_at, last_sequence, last_closed_at, cadence_seconds)
  SELECT number, ${NOW} - number % 700, 1, ${CLAIMED_AT}, 60 FROM devices WHERE number % 10 <> 2`;

describeOnBothStores(`a fleet of ${DEVICES} devices`, (store) => {
  let database: Database;
  let parts: Parts;
  let server: Server;
  let client: TestClient;
  let asked: () => Asked;

  before(async () => {
    const { dataFolder, databaseUrl } = await store.place();
    const config = configOf(DEAD_DEPLOYMENT, dataFolder, { databaseUrl, now: () => NOW });
    database = await openStore(config, () => undefined);
    await seedProject(database, 1);
    await seedProject(database, 2);
    await database.run(SEED_DEVICES, []);
    await database.run(SEED_PRESENCES, []);
    parts = await createParts(config, database, createLog('silent'));
    const counted = countAsked(database);
    asked = counted.asked;
    server = createHttpServer(createApi({ ...parts.api, database: counted.database }));
    client = createClient(await listen(server, '127.0.0.1', 0));
  });
  after(async () => {
    await closeServer(server);
    await parts.stop();
    await database.close();
  });

  const wholeList = async (query: string) =>
    (await readPages(async (page) => client.fleet(`?${query}&${page.toString()}`), 1_000)).flatMap(
      (page) => page.devices,
    );

  it('reads no more rows for a page than it shows, and the totals', async () => {
    for (const query of ['', '&project=2', '&state=late', '&device=0x0']) {
      const before = asked().rows;
      const { devices, nextCursor } = await client.fleet(`?limit=${PAGE}${query}`);
      assert.equal(devices.length, PAGE);
      assert.notEqual(nextCursor, null);
      const rows = asked().rows - before;
      assert.ok(rows <= PAGE + 1 + FLEET_STATES.length, `${query}: ${rows} rows`);
    }
  });

  it('shows each device once, page by page', async () => {
    const ids = (await wholeList('')).map(({ deviceId }) => deviceId);
    assert.equal(ids.length, DEVICES);
    assert.equal(new Set(ids).size, DEVICES);
  });

  it('has totals that are those of all pages, of a project and of all', async () => {
    for (const query of ['project=1', 'project=2', '']) {
      const { summary } = await client.fleet(`?limit=1&${query}`);
      const all = await wholeList(query);
      const found = Map.groupBy(all, ({ state }) => state);
      for (const state of FLEET_STATES) {
        assert.ok(summary[state] > 0, state);
        assert.equal(summary[state], found.get(state)?.length, state);
      }
    }
  });

  it('finds by state and beginning of the id what looking through all finds', async () => {
    const all = await wholeList('');
    for (const state of FLEET_STATES)
      assert.deepEqual(
        await wholeList(`state=${state}`),
        all.filter((one) => one.state === state),
      );
    for (const idStart of ['0x', '0xa', '0xab', '0xfff', all[7]?.deviceId ?? ''])
      assert.deepEqual(
        await wholeList(`device=${idStart}`),
        all.filter(({ deviceId }) => deviceId.startsWith(idStart)),
      );
  });
});
