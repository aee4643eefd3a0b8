import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { activitySchema, explanationSchema } from '../../src/api/schemas/inventory.ts';
import { periodSchema } from '../../src/api/schemas/period.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { addMember, ask, openBooks, type Person, signInAs, withKey } from '../support/people.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const HEAT = {
  ...{ name: 'District heat', source: 'Stadtwerke Kiel, label of 2024', region: 'DEU' },
  ...{ activity: 'Heat/District Heat', unit: 'kWh', basis: 'combustion' },
  ...{ scope: '2-location', category: 'steam', validFrom: 2024, validTo: 2025 },
  gases: [{ gas: 'CO2', value: '0.2', massUnit: 'kg' }],
};
const uploaded = z.object({ id: z.string(), version: z.number(), sha256: z.string() });
const replaced = uploaded.extend({
  recalculated: z.number(),
  failed: z.array(z.object({ id: z.string(), code: z.string() })),
});
const found = z.object({
  factors: z.array(
    z.looseObject({
      id: z.string(),
      set: z.string(),
      published: z.string(),
      privateId: z.string(),
    }),
  ),
});

describeOnBothStores('factors of an organisation’s own', (store) => {
  let oracle: Oracle;
  let owner: Person;
  let query: string;
  let organisation: string;
  let workspaceId: string;
  before(async () => {
    const place = await store.place();
    const { databaseUrl } = place;
    oracle = await startOracle(configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl }));
    owner = await signInAs(oracle.url);
  });
  after(() => oracle.stop());

  const renew = async (): Promise<void> => {
    ({ organisation, query, workspaceId } = await openBooks(owner));
  };
  const upload = (change: object = {}) =>
    owner.get(`/v1/private-factors${query}`, uploaded, {
      ...{ method: 'POST', body: { ...HEAT, ...change } },
    });
  const search = (more = '', who = owner) => who.get(`/v1/private-factors${query}${more}`, found);
  const change = (id: string, version: number, method: 'PUT' | 'DELETE', value?: string) => {
    const gases = [{ gas: 'CO2', value, massUnit: 'kg' }];
    return owner.ask(`/v1/private-factors/${id}${query}`, {
      ...{ method, headers: { 'if-match': `"v${version}"` } },
      ...(method === 'PUT' && { body: { ...HEAT, gases } }),
    });
  };
  const heat = (factor: object, date = '2024-06-30') => ({
    ...{ workspaceId, method: 'purchased-energy', category: 'steam', date, region: 'DEU' },
    ...{ market: { instruments: [], residual: 'none-published' } },
    items: [{ inputs: { energy: { value: '1000', unit: 'kWh' } }, factor }],
  });
  const log = (factor: object, date?: string) =>
    owner.get(`/v1/activities${query}`, activitySchema, {
      method: 'POST',
      body: heat(factor, date),
    });
  const read = (id: string) => owner.get(`/v1/activities/${id}${query}`, activitySchema);

  it('are found by their words and compute, with version and hash kept', async () => {
    await renew();
    const { id, version, sha256 } = await upload();
    assert.equal(version, 1);
    const [factor] = (await search('&text=district&region=DEU&year=2024')).factors;
    assert.equal(factor?.set, `private@${id}.1`);
    assert.equal(factor.published, '0.2 kg CO2 per kWh');
    assert.equal((await search('&year=2020')).factors.length, 0);
    const named = await log({ kind: 'id', id: factor.id });
    assert.equal(named.lines[0]?.kgCo2e, '200');
    assert.deepEqual(named.factors[0], { id: factor.id, rule: 'named', setId: `private@${id}.1` });
    const searched = await log({ kind: 'search', activity: 'heat/district heat', region: 'DEU' });
    assert.equal(searched.lines[0]?.kgCo2e, '200');
    const detail = await owner.ask(`/v1/private-factors/${id}${query}`);
    const { versions } = z
      .object({ versions: z.array(z.object({ factor: z.unknown(), sha256: z.string() })) })
      .parse(detail.body);
    const text = JSON.stringify(versions[0]?.factor);
    assert.equal(sha256, `0x${createHash('sha256').update(text).digest('hex')}`);
    // The seal names set and hash.
    const closed = await owner.get(`/v1/periods${query}`, periodSchema, {
      ...{ method: 'POST', body: { firstDay: '2024-01-01', lastDay: '2024-12-31' } },
    });
    const set = { id: `private@${id}.1`, sha256: sha256.slice(2) };
    assert.deepEqual(closed.inventories[0]?.factorSets, [set]);
  });

  it('of the market cover what a supplier delivers, and are no factor by location', async () => {
    await renew();
    const rate = { ...HEAT, name: 'Tariff', activity: 'heat/tariff', scope: '2-market' };
    const gases = [{ gas: 'CO2', value: '0.05', massUnit: 'kg' }];
    await upload();
    await upload({ ...rate, gases });
    await upload({ ...rate, name: 'Residual mix', activity: 'heat/residual mix' });
    const found = (await search('&scope=2-market')).factors;
    const idOf = (name: string) => ({
      kind: 'id',
      id: found.find((one) => one['name'] === name)?.id,
    });
    const byLabel = { kind: 'search', activity: 'heat/district heat', region: 'DEU' };
    const supplied = {
      ...{ kind: 'supplier-rate', evidence: 'Tariff 7', region: 'DEU', vintageYear: 2024 },
      ...{ energy: { value: '600', unit: 'kWh' }, factor: idOf('Tariff') },
    };
    const market = { instruments: [supplied], residual: idOf('Residual mix') };
    const send = (change: object) => ({ method: 'POST', body: { ...heat(byLabel), ...change } });
    const { lines } = await owner.get(`/v1/activities${query}`, activitySchema, send({ market }));
    assert.deepEqual(
      lines.map(({ scope, kgCo2e, notes }) => [scope, kgCo2e, notes.join()]),
      [
        ['2-location', '200', ''],
        // 600 x 0.05 and 400 x 0.2.
        ['2-market', '110', 'instrument-supplier-rate,residual-mix'],
      ],
    );
    const located = await owner.refused(`/v1/activities${query}`, send(heat(idOf('Tariff'))));
    assert.equal(located, 'FACTOR_NOT_APPLICABLE');
  });

  it('of Scope 2 hold nothing from upstream, and are of a kind of energy that is bought', async () => {
    await renew();
    for (const change of [{ basis: 'lifecycle' }, { category: 'stationary' }]) {
      const body = { ...HEAT, scope: '2-market', ...change };
      const sent = { method: 'POST', body };
      assert.equal(
        await owner.refused(`/v1/private-factors${query}`, sent),
        'PARAMETER_INVALID',
        JSON.stringify(change),
      );
    }
    assert.equal((await search()).factors.length, 0);
  });

  it('keep what was computed with them under another name', async () => {
    await renew();
    const { id } = await upload();
    const { id: activity } = await log({ kind: 'id', id: (await search()).factors[0]?.id ?? '' });
    const body = { ...HEAT, name: 'Heat of Kiel', gases: [{ ...HEAT.gases[0], value: '0.3' }] };
    const answer = await owner.get(`/v1/private-factors/${id}${query}`, replaced, {
      ...{ method: 'PUT', headers: { 'if-match': '"v1"' }, body },
    });
    assert.deepEqual([answer.recalculated, answer.failed], [1, []]);
    assert.equal((await read(activity)).lines[0]?.kgCo2e, '300');
  });

  it('change as new versions, with every activity that uses them but in closed periods', async () => {
    await renew();
    const { id } = await upload();
    const factor = { kind: 'id', id: (await search()).factors[0]?.id ?? '' };
    const closed = await log(factor, '2024-03-31');
    const open = await log(factor, '2025-03-31');
    await owner.get(`/v1/periods${query}`, periodSchema, {
      ...{ method: 'POST', body: { firstDay: '2024-01-01', lastDay: '2024-12-31' } },
    });
    assert.equal((await change(id, 9, 'PUT', '0.3')).status, 412);
    const answer = replaced.parse((await change(id, 1, 'PUT', '0.3')).body);
    assert.deepEqual([answer.version, answer.recalculated], [2, 1]);
    assert.deepEqual(
      answer.failed.map((one) => [one.id, one.code]),
      [[closed.id, 'PERIOD_LOCKED']],
    );
    const after = await read(open.id);
    assert.deepEqual([after.change, after.lines[0]?.kgCo2e], ['recalculated', '300']);
    assert.equal(after.factors[0]?.setId, `private@${id}.2`);
    assert.equal((await read(closed.id)).lines[0]?.kgCo2e, '200');
    const path = `/v1/activities/${closed.id}/explanation${query}`;
    assert.equal((await owner.get(path, explanationSchema)).current, false);
  });

  it('that are withdrawn take nothing from the activities that used them', async () => {
    await renew();
    const { id } = await upload();
    const factor = { kind: 'id', id: (await search()).factors[0]?.id ?? '' };
    const used = await log(factor);
    assert.equal((await change(id, 1, 'DELETE')).status, 200);
    assert.equal((await search()).factors.length, 0);
    const again = { method: 'POST', body: heat(factor) };
    assert.equal(await owner.refused(`/v1/activities${query}`, again), 'PRIVATE_FACTOR_WITHDRAWN');
    assert.equal((await read(used.id)).lines[0]?.kgCo2e, '200');
    const done = await owner.get(
      `/v1/activities/recalculate${query}`,
      z.object({ changed: z.array(z.string()), failed: z.array(z.object({ code: z.string() })) }),
      { method: 'POST' },
    );
    assert.deepEqual(
      done.failed.map(({ code }) => code),
      ['PRIVATE_FACTOR_WITHDRAWN'],
    );
    const path = `/v1/activities/${used.id}/explanation${query}`;
    const kept = await owner.get(path, explanationSchema);
    assert.equal(kept.current, false);
    assert.equal(kept.lines[0]?.kgCo2e, '200');
    assert.equal((await change(id, 1, 'PUT', '0.3')).status, 409);
  });

  it('are nobody else’s: not in the public search, not by id, not by another tenant', async () => {
    await renew();
    const { id } = await upload({ name: 'Zwiebelkuchen' });
    const factor = { kind: 'id', id: (await search()).factors[0]?.id ?? '' };
    const open = await ask(oracle.url, '/v1/factors?text=zwiebel');
    assert.ok(!JSON.stringify(open.body).includes('Zwiebel'));
    const thief = await signInAs(oracle.url);
    const { query: theirs, workspaceId: place } = await openBooks(thief);
    assert.equal(await thief.refused(`/v1/private-factors${query}`), 'ORGANISATION_UNKNOWN');
    const path = `/v1/private-factors/${id}${theirs}`;
    assert.equal(await thief.refused(path), 'PRIVATE_FACTOR_UNKNOWN');
    const body = { ...heat(factor), workspaceId: place };
    assert.equal(
      await thief.refused(`/v1/activities${theirs}`, { method: 'POST', body }),
      'EMISSION_FACTOR_UNKNOWN',
    );
    const viewer = await signInAs(oracle.url);
    await addMember(owner, organisation, viewer, 'viewer');
    assert.equal((await search('', viewer)).factors.length, 1);
    const write = { method: 'POST', body: HEAT };
    assert.equal(await viewer.refused(`/v1/private-factors${query}`, write), 'NOT_ALLOWED');
  });

  it('are uploaded and withdrawn by a key for factors, and not by one for activities', async () => {
    await renew();
    const keyFor = async (scope: string) => {
      const expiresAt = Math.floor(Date.now() / 1000) + 3600;
      const { key } = await owner.get(`/v1/keys${query}`, z.object({ key: z.string() }), {
        ...{ method: 'POST', body: { name: scope, scopes: [scope], expiresAt } },
      });
      return withKey(oracle.url, key);
    };
    const write = { method: 'POST', body: HEAT };
    const activities = await keyFor('activities:write');
    assert.equal(await activities.refused('/v1/private-factors', write), 'NOT_ALLOWED');
    const factors = await keyFor('factors:write');
    const { id } = await factors.get('/v1/private-factors', uploaded, write);
    const withdraw = { method: 'DELETE', headers: { 'if-match': '"v1"' } };
    assert.equal((await factors.ask(`/v1/private-factors/${id}`, withdraw)).status, 200);
  });

  for (const [what, wrong, code] of [
    ['without a source', { source: ' ' }, 'BODY_MALFORMED'],
    ['per a unit that is none', { unit: 'kWhh' }, 'UNIT_UNKNOWN'],
    [
      'with a negative mass',
      { gases: [{ gas: 'CO2', value: '-1', massUnit: 'kg' }] },
      'QUANTITY_INVALID',
    ],
    [
      'in CO2e of no set',
      { gases: [{ gas: 'CO2e', value: '1', massUnit: 'kg' }] },
      'INPUT_MISSING',
    ],
    ['that ends before it begins', { validFrom: 2025, validTo: 2024 }, 'PARAMETER_INVALID'],
    ['as a margin', { basis: 'margin' }, 'BODY_MALFORMED'],
  ] as const) {
    it(`are refused ${what}, and nothing is kept`, async () => {
      await renew();
      const body = { ...HEAT, ...wrong };
      assert.equal(
        await owner.refused(`/v1/private-factors${query}`, { method: 'POST', body }),
        code,
      );
      assert.equal((await search()).factors.length, 0);
    });
  }
});
