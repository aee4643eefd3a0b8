import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { toHex, type SealedWindow } from '@truetonne/protocol';
import { z } from 'zod';
import { VISITOR_TOKEN } from '../../src/api/fileOwner.ts';
import { exportSchema, exportsSchema, newExportSchema } from '../../src/api/schemas/fleet.ts';
import { newUploadSchema, uploadSchema, uploadsSchema } from '../../src/api/schemas/upload.ts';
import { startOracle, type OracleConfig } from '../../src/index.ts';
import { openStore } from '../../src/store/database/open.ts';
import { createTestDevice } from '../support/device.ts';
import { CLAIMED_AT, DEAD_DEPLOYMENT, DOMAIN } from '../support/noChain.ts';
import {
  ask,
  createOrganisation,
  signInAs,
  withKey,
  type Answered,
  type Person,
} from '../support/people.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { configOf, eventually, TRANSPORTS } from '../support/service.ts';
import { describeOnBothStores, type StorePlace } from '../support/stores.ts';
import { visitor } from '../support/visitor.ts';

type Ask = Person['ask'];

/** An oracle with two devices, and what is needed to hand files in there. */
async function openBench(place: StorePlace, more: Partial<OracleConfig> = {}) {
  const [device, other] = [0, 1].map(() =>
    createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT }),
  );
  assert.ok(device && other);
  const database = await openStore(place, () => undefined);
  await seedProject(database, 1);
  await seedDevice(database, device, CLAIMED_AT, 1);
  await seedDevice(database, other, CLAIMED_AT, 1);
  await database.close();
  const { databaseUrl, dataFolder } = place;
  const config = configOf(DEAD_DEPLOYMENT, dataFolder, { databaseUrl, ...more });
  let oracle = await startOracle(config);
  return {
    ...{ device, other },
    url: oracle.url,
    restart: async () => {
      await oracle.stop();
      oracle = await startOracle({ ...config, port: Number(new URL(oracle.url).port) });
    },
    stop: () => oracle.stop(),
  };
}

const fileOf = (...windows: readonly SealedWindow[]): string =>
  [
    'header,signature,readings',
    ...windows.map((one) => [one.headerBytes, one.signature, one.readingsBytes].map(toHex).join()),
  ].join('\n');

const upload = (as: Ask, file: string): Promise<Answered> =>
  as('/v1/uploads?kind=windows', {
    ...{ method: 'POST', body: file, headers: { 'content-type': 'text/csv' } },
  });

const EXPORT = { kind: 'readings', projectId: 1, from: 0, to: 2_000_000_000, format: 'csv' };
const startExport = (as: Ask): Promise<Answered> =>
  as('/v1/exports', { method: 'POST', body: EXPORT });

const begun = ({ status, body }: Answered): z.infer<typeof newUploadSchema> => {
  assert.ok(status === 202 || status === 200, JSON.stringify(body));
  return newUploadSchema.strict().parse(body);
};
const begunExport = ({ body }: Answered) => newExportSchema.strict().parse(body);

const stateOf = async (as: Ask, id: string) =>
  uploadSchema.strict().parse((await as(`/v1/uploads/${id}`)).body);
const exportOf = async (as: Ask, id: string) =>
  exportSchema.strict().parse((await as(`/v1/exports/${id}`)).body);

const untilRead = (as: Ask, id: string) =>
  eventually(
    () => stateOf(as, id),
    ({ endedAt }) => endedAt !== null,
  );
const untilWritten = (as: Ask, id: string) =>
  eventually(
    () => exportOf(as, id),
    ({ endedAt }) => endedAt !== null,
  );

const codeOf = ({ body }: Answered) => z.looseObject({ code: z.string() }).parse(body).code;

const listed = async (as: Ask) => [
  ...uploadsSchema.parse((await as('/v1/uploads')).body).uploads,
  ...exportsSchema.parse((await as('/v1/exports')).body).exports,
];

/** A device has room for two windows, and then for none for ten minutes. */
const SLOW = {
  transports: { ...TRANSPORTS, limits: { deviceWindows: 2, ownerWindows: 0, seconds: 600 } },
};

describeOnBothStores('uploads and exports', (store) => {
  it('are seen, cancelled and deleted by their owner alone', async () => {
    const { url, device, stop } = await openBench(await store.place());
    const wallet = await signInAs(url);
    const organisation = await createOrganisation(wallet);
    const { key } = await wallet.get(
      `/v1/keys?organisation=${organisation}`,
      z.looseObject({ key: z.string() }),
      {
        ...{ method: 'POST' },
        body: { name: 'CSV', scopes: ['organisation:read'], expiresAt: 4_000_000_000 },
      },
    );
    const owners: readonly Ask[] = [wallet.ask, withKey(url, key).ask, visitor(url)];
    const strangers = [
      ...owners,
      visitor(url),
      (await signInAs(url)).ask,
      ask.bind(undefined, url),
    ];
    const file = fileOf(device.seal());
    const ids = new Set<string>();
    for (const owner of owners) {
      const { id } = begun(await upload(owner, file));
      const exported = begunExport(await startExport(owner));
      assert.equal(exported.visitorToken, null);
      await untilRead(owner, id);
      const { request } = await untilWritten(owner, exported.id);
      assert.deepEqual({ ...request, bucket: undefined }, { ...EXPORT, bucket: undefined });
      assert.deepEqual(
        (await listed(owner)).map((one) => one.id),
        [id, exported.id],
      );
      for (const stranger of strangers.filter((one) => one !== owner)) {
        for (const [room, own] of [
          ['uploads', id],
          ['exports', exported.id],
        ] as const) {
          const unknown = '00000000-0000-4000-8000-000000000000';
          const parts = room === 'uploads' ? ['', '/report'] : ['', '/file'];
          for (const [method, part] of [...parts.map((one) => ['GET', one]), ['DELETE', '']]) {
            const asked = { method: method ?? '' };
            const answer = await stranger(`/v1/${room}/${own}${part ?? ''}`, asked);
            const none = await stranger(`/v1/${room}/${unknown}${part ?? ''}`, asked);
            const told = JSON.stringify(answer.body).replaceAll(own, unknown);
            assert.deepEqual([answer.status, told], [404, JSON.stringify(none.body)]);
          }
        }
      }
      ids.add(id).add(exported.id);
    }
    assert.equal(ids.size, 6);
    await stop();
  });

  it('make whoever is nobody a visitor, and keep only the hash of its token', async () => {
    const place = await store.place();
    const { url, device, stop } = await openBench(place);
    const file = fileOf(device.seal());
    const first = begun(await upload(ask.bind(undefined, url), file));
    const { visitorToken } = first;
    assert.ok(visitorToken !== null);
    const own = visitor(url, visitorToken);
    await untilRead(own, first.id);
    const again = await upload(own, file);
    assert.deepEqual([again.status, begun(again).id], [200, first.id]);
    assert.equal(begun(again).visitorToken, null);
    // The same file of somebody else is another upload, and says nothing of the first.
    const other = await upload(ask.bind(undefined, url), file);
    assert.equal(other.status, 202);
    assert.notEqual(begun(other).id, first.id);
    assert.notEqual(begun(other).visitorToken, visitorToken);
    const nobody = await ask(url, '/v1/uploads');
    assert.deepEqual(nobody.body, { uploads: [], nextCursor: null });
    const wrong = await ask(url, '/v1/uploads', { headers: { [VISITOR_TOKEN]: 'guess' } });
    assert.deepEqual([wrong.status, codeOf(wrong)], [400, 'PARAMETER_INVALID']);
    await stop();
    const database = await openStore(place, () => undefined);
    const rows = await database.run('SELECT to_json(jobs)::text FROM jobs', []);
    assert.equal(rows.length, 2);
    assert.ok(!JSON.stringify(rows).includes(visitorToken));
    assert.ok(!JSON.stringify(rows).includes('127.0.0.1'));
    await database.close();
  });

  it('hand their file to whoever has its address, and to nobody who guesses', async () => {
    const { url, device, stop } = await openBench(await store.place());
    const own = visitor(url);
    const { id } = begun(await upload(own, fileOf(device.seal())));
    const { report } = await untilRead(own, id);
    const exported = await untilWritten(own, begunExport(await startExport(own)).id);
    for (const path of [`${report}&format=csv`, exported.url ?? '']) {
      assert.equal((await ask(url, path)).status, 200);
      const guess = await ask(url, path.replace(/key=..../, 'key=AAAA'));
      assert.deepEqual([guess.status, codeOf(guess)], [404, 'JOB_UNKNOWN']);
    }
    const [, key = ''] = /key=([^&]+)/.exec(report) ?? [];
    assert.equal((await ask(url, `/v1/exports/${exported.id}/file?key=${key}`)).status, 404);
    await stop();
  });

  it('of a wallet are written by our own pages alone', async () => {
    const { url, device, stop } = await openBench(await store.place());
    const { cookie, ask: own } = await signInAs(url);
    const { id } = begun(await upload(own, fileOf(device.seal())));
    for (const [path, asked] of [
      ['/v1/uploads?kind=windows', { method: 'POST', body: 'x' }],
      ['/v1/exports', { method: 'POST', body: EXPORT }],
      [`/v1/uploads/${id}`, { method: 'DELETE' }],
    ] as const) {
      const forged = await ask(url, path, { ...asked, headers: { cookie } });
      assert.equal(codeOf(forged), 'CSRF_TOKEN_INVALID');
    }
    await stop();
  });

  it('that are slow hold up none of others, and are cancelled at once', async () => {
    const { url, device, other, stop } = await openBench(await store.place(), SLOW);
    const [slow, quick] = [(await signInAs(url)).ask, visitor(url)];
    const many = fileOf(...Array.from({ length: 8 }, () => device.seal()));
    const { id } = begun(await upload(slow, many));
    await eventually(
      () => stateOf(slow, id),
      ({ status }) => status === 'running',
    );
    const next = begun(await upload(slow, fileOf(other.seal())));
    const besides = begun(await upload(quick, fileOf(other.seal())));
    assert.equal((await untilRead(quick, besides.id)).counts?.accepted, 1);
    assert.equal((await untilWritten(slow, begunExport(await startExport(slow)).id)).rows, 3);
    // Its owner's own next file waits for its turn.
    const states = [await stateOf(slow, id), await stateOf(slow, next.id)];
    assert.deepEqual(
      states.map(({ status }) => status),
      ['running', 'queued'],
    );
    assert.equal((await slow(`/v1/uploads/${id}`, { method: 'DELETE' })).status, 200);
    assert.equal((await untilRead(slow, next.id)).status, 'done');
    assert.equal((await stateOf(slow, id)).status, 'cancelled');
    await stop();
  });

  it('are a few at a time, of an owner and of all visitors of a network', async () => {
    const [owner, source] = [2, 3].map((jobs) => ({ jobs, bytes: 2 ** 30 }));
    assert.ok(owner && source);
    const more = { ...SLOW, jobQuota: { owner, source, keptSeconds: 100 } };
    const { url, device, stop } = await openBench(await store.place(), more);
    const many = () => fileOf(...Array.from({ length: 4 }, () => device.seal()));
    const [first, second] = [visitor(url), visitor(url)];
    const { id } = begun(await upload(first, many()));
    begun(await upload(first, many()));
    const third = await upload(first, many());
    assert.deepEqual([third.status, codeOf(third)], [429, 'JOBS_LIMITED']);
    assert.equal(third.headers.get('retry-after'), '30');
    assert.equal(codeOf(await startExport(first)), 'JOBS_LIMITED');
    begun(await upload(second, many()));
    const fourth = await upload(ask.bind(undefined, url), many());
    assert.deepEqual([fourth.status, codeOf(fourth)], [429, 'JOBS_LIMITED']);
    assert.match(JSON.stringify(fourth.body), /"field":"source"/);
    // Whoever is known is counted alone.
    begun(await upload((await signInAs(url)).ask, many()));
    await first(`/v1/uploads/${id}`, { method: 'DELETE' });
    begun(await upload(first, many()));
    await stop();
  });

  it('keep so many bytes of an owner, and make room when they are deleted', async () => {
    const now = 1_500_000_000;
    const cap = { jobs: 9, bytes: 3 * 4_096 };
    const jobQuota = { owner: cap, source: { jobs: 9, bytes: 2 ** 30 }, keptSeconds: 100 };
    const more = { jobQuota, now: () => now };
    const { url, device, stop } = await openBench(await store.place(), more);
    const own = visitor(url);
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      const { id } = begun(await upload(own, fileOf(device.seal())));
      await untilRead(own, id);
      ids.push(id);
    }
    for (const full of [await upload(own, fileOf(device.seal())), await startExport(own)]) {
      assert.deepEqual([full.status, codeOf(full)], [429, 'FILES_LIMITED']);
      assert.equal(full.headers.get('retry-after'), '100');
    }
    assert.equal((await own(`/v1/uploads/${ids[0] ?? ''}`, { method: 'DELETE' })).status, 200);
    assert.equal((await own(`/v1/uploads/${ids[0] ?? ''}`)).status, 404);
    const larger = await upload(own, 'x'.repeat(5_000));
    assert.equal(codeOf(larger), 'FILES_LIMITED');
    const exported = await untilWritten(own, begunExport(await startExport(own)).id);
    assert.equal(exported.status, 'done');
    await stop();
  });

  it('that would be larger than all that their owner may keep are not written', async () => {
    const [owner, source] = [
      { jobs: 9, bytes: 5_000 },
      { jobs: 9, bytes: 2 ** 30 },
    ];
    const jobQuota = { owner, source, keptSeconds: 100 };
    const place = await store.place();
    const { url, device, stop } = await openBench(place, { jobQuota });
    const own = visitor(url);
    for (let count = 0; count < 6; count++) {
      const { id } = begun(await upload(own, fileOf(device.seal({ count: 20 }))));
      await untilRead(own, id);
      await own(`/v1/uploads/${id}`, { method: 'DELETE' });
    }
    const failed = await untilWritten(own, begunExport(await startExport(own)).id);
    assert.deepEqual([failed.status, failed.code, failed.url], ['failed', 'FILES_LIMITED', null]);
    assert.deepEqual(readdirSync(join(place.dataFolder, 'exports')), []);
    await stop();
  });

  it('are removed with their files when their time is over', async () => {
    const place = await store.place();
    let now = 1_500_000_000;
    const { url, device, restart, stop } = await openBench(place, { now: () => now });
    const own = visitor(url);
    const { id } = begun(await upload(own, fileOf(device.seal())));
    const { keptUntil, report } = await untilRead(own, id);
    const exported = await untilWritten(own, begunExport(await startExport(own)).id);
    assert.deepEqual([keptUntil, exported.keptUntil], [now + 7 * 86_400, now + 7 * 86_400]);
    const files = (name: string) => readdirSync(join(place.dataFolder, name));
    assert.deepEqual(files('uploads'), [`${id}.report.csv`]);
    now += 7 * 86_400 - 1;
    // What was being received when a process died.
    const part = join(place.dataFolder, 'uploads', 'x.part');
    writeFileSync(part, 'half a f');
    await restart();
    assert.ok(!existsSync(part));
    assert.equal((await listed(own)).length, 2);
    now += 1;
    await restart();
    await eventually(
      () => listed(own),
      ({ length }) => length === 0,
    );
    assert.deepEqual([...files('uploads'), ...files('exports')], []);
    for (const path of [report, exported.url ?? ''])
      assert.equal(codeOf(await ask(url, path)), 'JOB_UNKNOWN');
    await stop();
  });
});
