import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { toHex, type SealedWindow } from '@truetonne/protocol';
import { z } from 'zod';
import {
  reportSchema,
  sourcesSchema,
  unverifiedPageSchema,
  newUploadSchema,
  uploadSchema,
  uploadsSchema,
} from '../../src/api/schemas/upload.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { openStore } from '../../src/store/database/open.ts';
import { createClient, type TestClient } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { CLAIMED_AT, DEAD_DEPLOYMENT, DOMAIN } from '../support/noChain.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { configOf, eventually, TRANSPORTS } from '../support/service.ts';
import { describeOnBothStores, type StorePlace } from '../support/stores.ts';

interface Bench {
  readonly oracle: Oracle;
  readonly client: TestClient;
  readonly device: TestDevice;
  readonly place: StorePlace;
  readonly post: (query: string, body: string) => Promise<{ status: number; body: unknown }>;
  /** Posts a file and waits until it is read. */
  readonly upload: (query: string, body: string) => Promise<z.infer<typeof uploadSchema>>;
}

async function openBench(place: StorePlace, allowUnsigned = true): Promise<Bench> {
  const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
  const database = await openStore(place, () => undefined);
  await seedProject(database, 1);
  await seedDevice(database, device, CLAIMED_AT, 1);
  await database.close();
  const { databaseUrl } = place;
  const transports = { ...TRANSPORTS, allowUnsigned };
  const oracle = await startOracle(
    configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl, transports }),
  );
  const client = createClient(oracle.url);
  const post: Bench['post'] = async (query, body) => {
    const response = await fetch(`${oracle.url}/v1/uploads?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', ...client.own },
      body,
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const upload: Bench['upload'] = async (query, body) => {
    const answer = await post(query, body);
    assert.ok(answer.status === 202 || answer.status === 200, JSON.stringify(answer));
    const { id } = newUploadSchema.strict().parse(answer.body);
    return eventually(
      () => client.get(`/v1/uploads/${id}`, uploadSchema.strict()),
      ({ endedAt }) => endedAt !== null,
    );
  };
  return { oracle, client, device, place, post, upload };
}

const hexRow = (window: SealedWindow, separator = ','): string =>
  [window.headerBytes, window.signature, window.readingsBytes].map(toHex).join(separator);

const report = (bench: Bench, id: string, query = '') =>
  bench.client.get(`/v1/uploads/${id}/report${query}`, reportSchema.strict());

const HEAD = 'header,signature,readings';

describeOnBothStores('CSV uploads', (store) => {
  it('store windows as hex and report on each row, once for each file', async () => {
    const bench = await openBench(await store.place());
    const [first, second, third] = [
      bench.device.seal({ count: 2 }),
      bench.device.seal(),
      bench.device.seal(),
    ];
    await bench.client.post([first]);
    const spoiled = hexRow(second).replace(toHex(second.signature), toHex(first.signature));
    const file = [HEAD, hexRow(first), hexRow(second), spoiled, hexRow(third), 'x,y,z', ''].join(
      '\r\n',
    );
    const done = await bench.upload('kind=windows', file);
    assert.deepEqual(done.counts, { rows: 5, accepted: 2, duplicate: 1, refused: 2 });
    const { lines } = await report(bench, done.id);
    assert.deepEqual(
      lines.map(({ line, status, sequence, code }) => [line, status, sequence, code]),
      [
        [2, 'duplicate', '1', ''],
        [3, 'accepted', '2', ''],
        [4, 'refused', '2', 'SIGNATURE_INVALID'],
        [5, 'accepted', '3', ''],
        [6, 'refused', '', 'BODY_MALFORMED'],
      ],
    );
    const refused = await report(bench, done.id, '?status=refused&limit=1');
    assert.equal(refused.lines[0]?.field, 'signature');
    const next = await report(bench, done.id, `?status=refused&cursor=${refused.nextCursor ?? ''}`);
    assert.deepEqual(
      next.lines.map(({ line }) => line),
      [6],
    );
    const text = await (await fetch(`${bench.oracle.url}${done.report}&format=csv`)).text();
    assert.equal(text.split('\n').length, 7);

    const again = await bench.post('kind=windows', file);
    assert.deepEqual([again.status, uploadSchema.parse(again.body).id], [200, done.id]);
    const { uploads } = await bench.client.get('/v1/uploads', uploadsSchema.strict());
    assert.deepEqual(
      uploads.map(({ id }) => id),
      [done.id],
    );
    assert.ok(!existsSync(join(bench.place.dataFolder, 'uploads', `${done.id}.csv`)));
    await bench.oracle.stop();
  });

  it('join rows of readings to their window, with other separators, quotes, BOM and commas', async () => {
    const bench = await openBench(await store.place());
    const row = (window: SealedWindow, index: number): string => {
      const reading = window.readings[index];
      assert.ok(reading);
      const kwh = (wh: bigint): string => (Number(wh) / 1000).toFixed(3).replace('.', ',');
      return [
        `"${toHex(window.headerBytes)}"`,
        toHex(window.signature),
        String(reading.at),
        kwh(reading.exportWh),
        kwh(reading.importWh),
        '"operational"',
        'a remark; with "" quotes'.replace(/^.*$/, '"$&"'),
      ].join(';');
    };
    const windows = [bench.device.seal({ count: 3 }), bench.device.seal({ count: 2 })];
    const rows = windows.flatMap((window) => window.readings.map((_, index) => row(window, index)));
    const head = 'Kopf;signature;Zeit;"Zähler";Bezug;system_status;Bemerkung';
    const names = {
      Kopf: 'header',
      Zeit: 'timestamp',
      Zähler: 'total_energy_kwh',
      Bezug: 'imported_energy_kwh',
    };
    const mapping = `&mapping=${encodeURIComponent(JSON.stringify(names))}`;
    const done = await bench.upload(`kind=windows${mapping}`, `\uFEFF${head}\n${rows.join('\n')}`);
    assert.deepEqual(
      [done.code, done.counts],
      [null, { rows: 5, accepted: 5, duplicate: 0, refused: 0 }],
    );
    assert.equal((await bench.client.window(bench.device.deviceId, 2)).count, 2);

    const tab = await bench.upload(
      'kind=windows&separator=tab',
      `${HEAD.replaceAll(',', '\t')}\n${hexRow(bench.device.seal(), '\t')}\n`,
    );
    assert.equal(tab.counts?.accepted, 1);

    const { headerBytes, signature, readings } = bench.device.seal();
    const [reading] = readings;
    assert.ok(reading);
    const [exported, imported] = [reading.exportWh, reading.importWh].map(
      (wh) => `"${(Number(wh) / 1000).toFixed(3).replace('.', ',')}"`,
    );
    const cells = [toHex(headerBytes), toHex(signature), reading.at, exported, imported];
    const columns = 'header,signature,timestamp,total_energy_kwh,imported_energy_kwh,system_status';
    const quoted = `${columns}\n${cells.join()},operational\n`;
    assert.equal((await bench.upload('kind=windows', quoted)).counts?.refused, 1);
    const told = await bench.upload('kind=windows&decimal=comma', quoted);
    assert.equal(told.counts?.accepted, 1);
    await bench.oracle.stop();
  });

  it('refuse files that can not be read, and say why', async () => {
    const bench = await openBench(await store.place());
    const codeOf = async (query: string, body: string) => {
      const { status, code, detail } = await bench.upload(query, body);
      assert.equal(status, 'failed');
      return [code, detail?.includes('column header') ?? false];
    };
    assert.deepEqual(await codeOf('kind=windows', 'a,b\n1,2\n'), ['BODY_MALFORMED', true]);
    assert.deepEqual(await codeOf('kind=windows', ''), ['UPLOAD_EMPTY', false]);
    assert.deepEqual(await codeOf('kind=windows', `${HEAD}\n`), ['UPLOAD_EMPTY', false]);
    assert.deepEqual(await codeOf('kind=windows', `${HEAD}\n"open`), ['FILE_MALFORMED', false]);
    const bad = async (query: string) =>
      (await bench.client.refused(`/v1/uploads?${query}`, { method: 'POST', body: 'x' })).code;
    assert.equal(await bad('kind=x'), 'PARAMETER_INVALID');
    assert.equal(await bad('kind=windows&mapping={'), 'PARAMETER_INVALID');
    assert.equal(await bad('kind=windows&mapping=%7B%22a%22%3A%22b%22%7D'), 'PARAMETER_INVALID');
    assert.equal(
      (await bench.client.refused('/v1/uploads/00000000-0000-4000-8000-000000000000')).code,
      'JOB_UNKNOWN',
    );
    await bench.oracle.stop();
  });

  it('take unsigned readings for display only, and only where that is allowed', async () => {
    const strict = await openBench(await store.place(), false);
    const flat = {
      device_id: 'ESP32-7',
      timestamp: CLAIMED_AT,
      total_energy_kwh: 1.5,
      voltage: 230,
    };
    for (const path of ['/v1/unverified', '/v1/windows']) {
      const { status, body } = await strict.client.postJson(path, flat);
      assert.deepEqual(
        [status, z.object({ code: z.string() }).parse(body).code],
        [403, 'UNSIGNED_NOT_ALLOWED'],
      );
    }
    assert.equal((await strict.post('kind=readings', 'x')).status, 403);
    await strict.oracle.stop();

    const bench = await openBench(await store.place());
    const posted = await bench.client.postJson('/v1/unverified', [
      flat,
      { ...flat, timestamp: CLAIMED_AT + 60 },
    ]);
    assert.deepEqual(posted.body, { label: 'unverified', stored: 2, duplicate: 0 });
    const file = `device_id,timestamp,ac_power_kw,efficiency
ESP32-7,${CLAIMED_AT + 60},1,2
ESP32-7,2016-07-01T02:00:00+02:00,"4.2",97.5
ESP32-7,yesterday,1,2
ESP32-8,${CLAIMED_AT},1.1234567,2
`;
    const done = await bench.upload('kind=readings', file);
    assert.deepEqual(done.counts, { rows: 4, accepted: 0, duplicate: 2, refused: 2 });
    const page = await bench.client.get(
      '/v1/unverified/ESP32-7?limit=1',
      unverifiedPageSchema.strict(),
    );
    assert.deepEqual(page.readings[0], {
      ...{
        label: 'unverified',
        source: 'ESP32-7',
        at: CLAIMED_AT,
        exportWh: '1500',
        importWh: null,
      },
      ...{ status: 0, fields: { voltageMv: '230000' }, uploadId: null },
      receivedAt: page.readings[0]?.receivedAt ?? 0,
    });
    const rest = await bench.client.get(
      `/v1/unverified/ESP32-7?cursor=${page.nextCursor ?? ''}`,
      unverifiedPageSchema.strict(),
    );
    assert.deepEqual(
      rest.readings.map(({ at }) => at),
      [CLAIMED_AT + 60],
    );
    const sources = await bench.client.get('/v1/unverified?limit=1', sourcesSchema.strict());
    const [source, lastAt] = ['ESP32-7', CLAIMED_AT + 60];
    assert.deepEqual(sources, { sources: [{ source, lastAt }], nextCursor: null });
    assert.equal((await bench.client.project(1)).totals.readings, 0);
    await bench.oracle.stop();
  });

  it('go on with a file after the process stopped, and store no window twice', async () => {
    const bench = await openBench(await store.place());
    const rows = Array.from({ length: 1_500 }, () => hexRow(bench.device.seal()));
    const answer = await bench.post('kind=windows', [HEAD, ...rows].join('\n'));
    const { id } = uploadSchema.parse(answer.body);
    await bench.oracle.stop();
    const { databaseUrl, dataFolder } = bench.place;
    const oracle = await startOracle(configOf(DEAD_DEPLOYMENT, dataFolder, { databaseUrl }));
    const client = createClient(oracle.url);
    const again = { headers: bench.client.own };
    const done = await eventually(
      async () => {
        const response = await fetch(`${oracle.url}/v1/uploads/${id}`, again);
        return uploadSchema.strict().parse(await response.json());
      },
      ({ endedAt }) => endedAt !== null,
    );
    assert.deepEqual([done.status, done.counts?.rows, done.counts?.refused], ['done', 1_500, 0]);
    await eventually(
      () => client.project(1),
      ({ totals }) => totals.windows === 1_500,
    );
    await oracle.stop();
  });
});
