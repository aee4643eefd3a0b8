import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { after, before, it } from 'node:test';
import { encodeWindow } from '@truetonne/protocol';
import { z } from 'zod';
import { createApi } from '../../src/api/app.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createParts, type Parts } from '../../src/service/parts.ts';
import { closeServer, createHttpServer, listen } from '../../src/service/server.ts';
import type { Database } from '../../src/store/database/database.ts';
import { openStore } from '../../src/store/database/open.ts';
import { saveReplacement } from '../../src/store/life.ts';
import { equivocations } from '../../src/store/tables/schema.ts';
import { insertWindows } from '../../src/store/windows.ts';
import { createClient, readPages, type TestClient } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { CLAIMED_AT, DEAD_DEPLOYMENT, DOMAIN } from '../support/noChain.ts';
import { describedRoutes, isList, type Described } from '../support/openapi.ts';
import { ask } from '../support/people.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

/** Arrays that are parts of one thing, as long as it is, or come with the release. */
const WHOLE: readonly string[] = [
  // Of one reading, window or batch, which holds at most so many devices.
  ...['/v1/devices/{id}/latest', '/v1/readings/{id}/status', '/v1/windows/{deviceId}/{sequence}'],
  ...['/v1/batches/{id}/comparison', '/v1/batches/{id}/monitoring-report'],
  ...['/v1/batches/{id}/cad-trust', '/v1/batches/{id}/statements'],
  // Versions, factors, codes and units that are checked in or published with a release.
  ...['/v1/methodologies', '/v1/methodology-difference', '/v1/batches/{id}/dry-run'],
  ...['/v1/projects/{id}/dry-run', '/v1/reasons', '/v1/factor-sets', '/v1/methods', '/v1/units'],
  '/v1/gases',
  // As many as the time that was asked for has days or hours, which is bounded.
  ...['/v1/devices/{id}/energy', '/v1/projects/{id}/energy'],
  ...['/v1/entitlements/{wallet}', '/health'],
];

/** What no list ever answered as its cursor: other forms, more than a column holds, statements. */
const HOSTILE = [
  ...['', ' ', '-1', '+1', '1.5', '1e3', '0x10', 'null', '١', '..', '1.1.1.1', '%00', '🂡'],
  ...['99999999999999999999', '9007199254740993', '1;DROP TABLE devices', "1' OR '1'='1"],
];

const SEEDED = 7;

interface List {
  readonly path: string;
  readonly rows: string;
  readonly key: string;
}

describeOnBothStores('public lists', (store) => {
  let database: Database;
  let parts: Parts;
  let server: Server;
  let client: TestClient;
  let first: TestDevice;
  let lists: readonly List[];
  let seeded = 0;

  before(async () => {
    const { dataFolder, databaseUrl } = await store.place();
    const config = configOf(DEAD_DEPLOYMENT, dataFolder, { databaseUrl });
    database = await openStore(config, () => undefined);
    parts = await createParts(config, database, createLog('silent'));
    server = createHttpServer(createApi(parts.api));
    client = createClient(await listen(server, '127.0.0.1', 0));
    for (let number = 0; number < SEEDED; number++) await seed();
    lists = [
      { path: '/v1/devices', rows: 'devices', key: 'deviceId' },
      { path: '/v1/devices?project=1', rows: 'devices', key: 'deviceId' },
      { path: '/v1/fleet', rows: 'devices', key: 'deviceId' },
      { path: '/v1/projects', rows: 'projects', key: 'id' },
      { path: '/v1/meter-replacements', rows: 'meterReplacements', key: 'id' },
      { path: `/v1/devices/${first.deviceId}/equivocations`, rows: 'equivocations', key: 'b' },
    ];
  });
  after(async () => {
    await closeServer(server);
    await parts.stop();
    await database.close();
  });

  /** One more row in each list. */
  async function seed(): Promise<void> {
    seeded++;
    await seedProject(database, seeded);
    const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
    if (seeded === 1) first = device;
    const deviceNumber = await seedDevice(database, device, CLAIMED_AT, 1);
    const window = device.seal();
    const signed = device.replaceMeter({ exportWh: 0n, importWh: 0n, pause: 1 });
    await saveReplacement(database, {
      ...{ deviceNumber, sequence: 1, receivedAt: CLAIMED_AT, statement: signed.statement },
      ...{ statementHash: window.headerHash, signature: signed.signature },
    });
    await seedEquivocation();
  }

  /** Two and more second windows have one sequence number. */
  async function seedEquivocation(): Promise<void> {
    const window = first.seal();
    const { sequence } = window.header;
    const sent = { deviceNumber: 1, window, receivedAt: CLAIMED_AT, bytes: encodeWindow(window) };
    await insertWindows(database, [sent]);
    const others = [first.forge(window, 1n), first.forge(window, 2n), first.forge(window, 3n)];
    for (const { headerBytes, signature, headerHash } of others) {
      const bytes = Buffer.concat([headerBytes, signature]);
      const row = { deviceNumber: 1, sequence, headerHash, bytes, receivedAt: CLAIMED_AT };
      await database.orm.insert(equivocations).values(row);
    }
  }

  async function readRows({ path, rows, key }: List, limit: number, between = async () => {}) {
    const shape = z.looseObject({
      [rows]: z.array(z.looseObject({ [key]: z.unknown() })),
      nextCursor: z.string().nullable(),
    });
    const pages = await readPages(async (query) => {
      if (query.has('cursor')) await between();
      const page = await client.get(`${path}${path.includes('?') ? '&' : '?'}${query}`, shape);
      return z.looseObject({ nextCursor: z.string().nullable() }).parse(page);
    }, limit);
    return pages.map((page) =>
      z
        .array(z.looseObject({ [key]: z.unknown() }))
        .parse(page[rows])
        .map((row) => JSON.stringify(row[key])),
    );
  }

  it('are the same in pages as in one, in an order that does not change', async () => {
    for (const list of lists) {
      const [whole = []] = await readRows(list, 5_000);
      assert.ok(whole.length >= SEEDED, list.path);
      for (const limit of [1, 2, whole.length - 1, whole.length]) {
        const pages = await readRows(list, limit);
        assert.deepEqual(pages.flat(), whole, `${list.path} by ${limit}`);
        assert.equal(pages.length, Math.ceil(whole.length / limit), `${list.path} by ${limit}`);
      }
    }
  });

  it('lose and repeat no row while others come in between', async () => {
    for (const list of lists) {
      const [whole = []] = await readRows(list, 5_000);
      let inserts = 0;
      const walked = await readRows(list, 2, async () => {
        if (inserts++ < 4) await seed();
      });
      const rows = walked.flat();
      assert.ok(inserts > 2, list.path);
      assert.equal(new Set(rows).size, rows.length, `${list.path} repeats a row`);
      assert.deepEqual(
        rows.filter((row) => whole.includes(row)),
        whole,
        `${list.path} loses a row or changes the order`,
      );
    }
  });

  it('refuse a cursor that they never gave, and say so', async () => {
    for (const { path } of lists) {
      for (const cursor of HOSTILE) {
        const query = `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
        const { status, body } = await ask(client.url, `${path}${query}`);
        const { code, field } = z.looseObject({ code: z.string(), field: z.string() }).parse(body);
        assert.deepEqual([status, code, field], [400, 'PARAMETER_INVALID', 'cursor'], cursor);
      }
    }
  });

  it('are read in pages wherever an answer can grow', async () => {
    const lists = (await describedRoutes(client.url)).filter(
      ({ method, open, answer }) =>
        method === 'GET' && open && Object.values(answer.properties ?? {}).some(isList),
    );
    const inPages = ({ parameters, answer }: Described): boolean =>
      parameters.includes('query limit') &&
      parameters.includes('query cursor') &&
      answer.properties?.['nextCursor'] !== undefined;
    assert.deepEqual(
      lists
        .filter((list) => !inPages(list))
        .map(({ path }) => path)
        .sort(),
      [...WHOLE].sort(),
    );
  });

  it('find a device of the fleet by what its id begins with', async () => {
    const { devices, summary } = await client.fleet(`?device=${first.deviceId.slice(0, 12)}`);
    assert.deepEqual(
      devices.map(({ deviceId }) => deviceId),
      [first.deviceId],
    );
    assert.ok(summary.never + summary.silent + summary.late + summary.online > 1);
    assert.deepEqual((await client.fleet(`?device=0x${'0'.repeat(64)}`)).devices, []);
    for (const device of ['', 'x', '0xG', `0x${'0'.repeat(65)}`, '%'])
      assert.equal(
        (await client.refused(`/v1/fleet?device=${encodeURIComponent(device)}`)).field,
        'device',
      );
  });

  it('say of each device what it measured last', async () => {
    const [device] = await client.devices(1);
    const last = (await client.readings(first.deviceId, 'limit=5000')).readings.at(-1);
    assert.deepEqual(device?.lastReading, {
      ...{ at: last?.at, exportWh: last?.exportWh, importWh: last?.importWh, activePowerMw: null },
    });
  });
});
