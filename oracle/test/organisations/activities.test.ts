import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { WebSocket } from 'ws';
import { z } from 'zod';
import {
  activityPage,
  activitySchema,
  explainedSchema,
  explanationSchema,
  inventorySchema,
} from '../../src/api/schemas/inventory.ts';
import { workspaceSchema } from '../../src/api/schemas/organisation.ts';
import { problemSchema } from '../../src/api/schemas/shared.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { addMember, openBooks, type Person, signInAs } from '../support/people.ts';
import { APP_ORIGIN, configOf, eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

/** 2.5 kg CO2 and 0.1 g CH4 a litre; CH4 of no stated origin weighs 27.9 under AR6. */
const DIESEL = {
  kind: 'own',
  factor: {
    ...{ name: 'Diesel', source: 'supplier certificate 17', unit: 'L' },
    gases: [
      { gas: 'CO2', value: '2.5', massUnit: 'kg' },
      { gas: 'CH4', value: '0.1', massUnit: 'g' },
    ],
  },
} as const;
const KG_PER_LITRE = 2.5 + 0.0001 * 27.9;

describeOnBothStores('activities and the inventory', (store) => {
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
  const fuel = (litres: string, change: object = {}) => ({
    ...{ workspaceId, method: 'stationary-combustion', date: '2024-06-30', site: 'Kiel' },
    ...{ items: [{ inputs: { fuel: { value: litres, unit: 'L' } }, factor: DIESEL }] },
    ...change,
  });
  const log = (body: unknown, who = owner) =>
    who.get(`/v1/activities${query}`, activitySchema.strict(), { method: 'POST', body });
  const inventory = (more = '') =>
    owner.get(`/v1/inventory${query}&from=2024-01&until=2024-12${more}`, inventorySchema.strict());
  const total = async (): Promise<string> => (await inventory()).scopes[0]?.kgCo2e ?? '0';

  it('show the result before it is saved, opened to its factor and rounding', async () => {
    await renew();
    const answer = await owner.get(`/v1/activities/preview${query}`, explainedSchema, {
      ...{ method: 'POST', body: fuel('1000') },
    });
    const [line] = answer.lines;
    assert.equal(line?.kgCo2e, String(1000 * KG_PER_LITRE));
    const [item] = line?.items ?? [];
    assert.match(item?.rounding ?? '', /nanogram/);
    assert.match(JSON.stringify(item), /supplier certificate 17/);
    assert.equal((await inventory()).scopes.length, 0);
  });

  it('say how uncertain each line is, where all that it is of states that', async () => {
    await renew();
    const stated = { kind: 'own', factor: { ...DIESEL.factor, uncertaintyPercent: '4' } };
    const certain = (factor: object, uncertaintyPercent = '3') => ({
      ...{ inputs: { fuel: { value: '1000', unit: 'L', uncertaintyPercent } }, factor },
    });
    const { id, lines } = await log(fuel('0', { items: [certain(stated)] }));
    // 3 % and 4 % make 5 % (IPCC 2006 Guidelines, volume 1, equation 3.1) of 2,502.79 kg.
    assert.deepEqual(lines[0]?.uncertainty, { halfWidthKgCo2e: '125.1395' });
    const path = `/v1/activities/${id}/explanation${query}`;
    const [line] = (await owner.get(path, explanationSchema)).lines;
    assert.deepEqual(line?.uncertainty, { halfWidthKgCo2e: '125.1395' });
    assert.match(
      JSON.stringify(line.items[0]?.['factor']),
      /"percent":"4","source":"supplier certificate 17"/,
    );
    const exact = { kind: 'own', factor: { ...DIESEL.factor, uncertaintyPercent: '0' } };
    const zero = await log(fuel('0', { items: [certain(exact, '0')] }));
    assert.deepEqual(zero.lines[0]?.uncertainty, { halfWidthKgCo2e: '0' }, 'zero is a value');
    const unknown = await log(fuel('0', { items: [certain(DIESEL)] }));
    assert.equal(unknown.lines[0]?.uncertainty, null);
  });

  it('cite how uncertain a public factor is with where that is from, or not at all', async () => {
    await renew();
    const id = 'epa-hub@2024/stationary/distillate-fuel-oil-no.-2/gallon';
    const inputs = { fuel: { value: '100', unit: 'gal_us', uncertaintyPercent: '0' } };
    const burnt = (uncertainty: object) =>
      fuel('0', { items: [{ inputs, factor: { kind: 'id', id, uncertainty } }] });
    const [line] = (await log(burnt({ percent: '10', source: 'Laboratory, report 12' }))).lines;
    const tenth = (Number(line?.kgCo2e) / 10).toFixed(6);
    assert.equal(Number(line?.uncertainty?.halfWidthKgCo2e).toFixed(6), tenth);
    for (const bad of [
      { percent: '10' },
      { percent: '10', source: '' },
      { percent: '-1', source: 'x' },
    ]) {
      const sent = { method: 'POST', body: burnt(bad) };
      assert.equal(await owner.refused(`/v1/activities${query}`, sent), 'BODY_MALFORMED');
    }
  });

  it('count in the inventory by scope, category, site, gas and month at once', async () => {
    await renew();
    await log(fuel('1000'));
    await log(fuel('500', { date: '2024-01-31', site: 'Lübeck' }));
    const { scopes, groups } = await inventory('&by=category,site,gas&monthly=true');
    assert.deepEqual(
      scopes.map(({ scope, kgCo2e, lines, gwpSet }) => [scope, kgCo2e, lines, gwpSet]),
      [['1', '3754.185', 2, 'AR6']],
    );
    const shown = groups.map(({ by, key, month, kgCo2e, kg }) => [by, key, month, kgCo2e, kg]);
    assert.deepEqual(
      shown.filter(([by]) => by === 'site'),
      [
        ['site', 'Lübeck', '2024-01', '1251.395', null],
        ['site', 'Kiel', '2024-06', '2502.79', null],
      ],
    );
    assert.ok(shown.some((row) => row.join() === 'gas,CH4,2024-06,2.79,0.1'));
    assert.ok(shown.some((row) => row.join() === 'category,stationary,2024-01,1251.395,'));
  });

  it('show gases that count in no scope where the sums have them, so that the others add up', async () => {
    await renew();
    const released = { value: '1', unit: 'kg' };
    const factor = { kind: 'gas', gas: 'HCFC-22' };
    const leak = { method: 'fugitive-release', items: [{ inputs: { released }, factor }] };
    await log(fuel('0', leak));
    const biogenic = {
      ...DIESEL.factor,
      gases: [{ gas: 'CO2_biogenic', value: '2', massUnit: 'kg' }],
    };
    const wood = { fuel: { value: '3', unit: 'L' } };
    await log(fuel('0', { items: [{ inputs: wood, factor: { kind: 'own', factor: biogenic } }] }));
    const { scopes, groups } = await inventory('&by=gas');
    const shown = [...scopes, ...groups].map((sum) => [
      'key' in sum ? sum.key : 'all',
      ...[sum.kgCo2e, sum.biogenicKgCo2, sum.otherGasesKgCo2e],
    ]);
    assert.deepEqual(shown, [
      ['all', '0', '6', '1960'],
      ['CO2_biogenic', '0', '6', '0'],
      ['HCFC22', '0', '0', '1960'],
    ]);
    for (const [gas, method] of [
      ['CO2_biogenic', 'stationary-combustion'],
      ['HCFC22', 'fugitive-release'],
      ['CO2', undefined],
    ] as const) {
      const found = await owner.get(`/v1/activities${query}&scope=1&gas=${gas}`, activityPage);
      const methods = found.activities.map(({ input }) => input.method);
      assert.deepEqual(methods, method === undefined ? [] : [method], gas);
    }
    const unnamed = `/v1/activities${query}&scope=1&supplierId=none`;
    assert.equal((await owner.get(unnamed, activityPage)).activities.length, 2);
  });

  it('change from the version that was read, keep every version, and go', async () => {
    await renew();
    const made = await log(fuel('1000'));
    const path = `/v1/activities/${made.id}${query}`;
    const put = (litres: string, match: string) =>
      owner.ask(path, { method: 'PUT', body: fuel(litres), headers: { 'if-match': match } });
    assert.equal((await put('2000', '"v1"')).status, 200);
    assert.equal((await put('3000', '"v1"')).status, 412);
    assert.equal(await total(), '5005.58');
    const history = await owner.get(
      `/v1/activities/${made.id}/history${query}`,
      z.object({ versions: z.array(activitySchema.strict()) }),
    );
    assert.deepEqual(
      history.versions.map(({ version, lines }) => [version, lines[0]?.kgCo2e]),
      [
        [2, '5005.58'],
        [1, '2502.79'],
      ],
    );
    const gone = await owner.ask(path, { method: 'DELETE', headers: { 'if-match': '"v2"' } });
    assert.equal(gone.status, 200);
    assert.deepEqual((await inventory()).scopes, []);
    assert.equal(await owner.refused(path), 'ACTIVITY_UNKNOWN');
  });

  it('are computed once for a request that is sent twice', async () => {
    await renew();
    const send = () =>
      owner.ask(`/v1/activities${query}`, {
        ...{ method: 'POST', body: fuel('1000'), headers: { 'idempotency-key': 'once' } },
      });
    const answers = await Promise.all([send(), send(), send()]);
    assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1);
    assert.equal(await total(), '2502.79');
  });

  it('add up the same whoever writes at the same time', async () => {
    await renew();
    const editor = await signInAs(oracle.url);
    await addMember(owner, organisation, editor, 'editor');
    const all = Array.from({ length: 12 }, (_, index) =>
      log(fuel('100', { date: `2024-0${1 + (index % 3)}-10` }), index % 2 === 0 ? owner : editor),
    );
    await Promise.all(all);
    assert.equal(await total(), '3003.348');
  });

  it('come in pages', async () => {
    await renew();
    for (const litres of ['1', '2', '3']) await log(fuel(litres));
    const first = await owner.get(`/v1/activities${query}&limit=2`, activityPage.strict());
    assert.equal(first.activities.length, 2);
    const rest = await owner.get(
      `/v1/activities${query}&limit=2&cursor=${first.nextCursor ?? ''}`,
      activityPage.strict(),
    );
    assert.equal(rest.activities.length, 1);
    assert.equal(rest.nextCursor, null);
    const none = await owner.get(`/v1/activities${query}&scope=3`, activityPage.strict());
    assert.equal(none.activities.length, 0);
  });

  it('open to what they came from, and say when a rule changed since', async () => {
    await renew();
    const made = await log(fuel('1000'));
    const path = `/v1/activities/${made.id}/explanation${query}`;
    assert.equal((await owner.get(path, explanationSchema)).current, true);
    await owner.ask(`/v1/organisation${query}`, {
      ...{ method: 'PATCH', body: { gwpSet: 'AR4' }, headers: { 'if-match': '"v1"' } },
    });
    assert.equal((await owner.get(path, explanationSchema)).current, false);
    assert.equal(await total(), '2502.79');
    const again = await owner.get(
      `/v1/activities/recalculate${query}`,
      z.object({ changed: z.array(z.string()), failed: z.array(z.unknown()) }),
      { method: 'POST' },
    );
    assert.deepEqual(again.changed, [made.id]);
    const { scopes } = await inventory();
    // CH4 weighs 25 under AR4; the total of AR6 is gone with its line.
    assert.deepEqual(
      scopes.map(({ gwpSet, kgCo2e }) => [gwpSet, kgCo2e]),
      [['AR4', '2502.5']],
    );
  });

  it('are seen live by whoever looks at the totals, and by nobody else', async () => {
    await renew();
    const url = `${oracle.url.replace('http', 'ws')}/v1/live/inventory`;
    const search = `?organisation=${organisation}&from=2024-01&until=2024-12`;
    const watch = (headers: Record<string, string>) =>
      new WebSocket(`${url}${search}`, { headers });
    const refusal = async (headers: Record<string, string>): Promise<number | undefined> => {
      const socket = watch(headers);
      socket.on('error', () => undefined);
      return new Promise((resolve) => {
        socket.on('unexpected-response', (_, { statusCode }) => {
          resolve(statusCode);
        });
      });
    };
    const { cookie } = owner;
    const stranger = await signInAs(oracle.url);
    assert.equal(await refusal({}), 401);
    assert.equal(await refusal({ cookie, origin: 'https://evil.example' }), 403);
    assert.equal(await refusal({ cookie: stranger.cookie, origin: APP_ORIGIN }), 404);

    const socket = watch({ cookie, origin: APP_ORIGIN });
    const seen: string[] = [];
    socket.on('message', (data: Buffer) => {
      const { scopes } = inventorySchema.omit({ groups: true }).parse(JSON.parse(data.toString()));
      seen.push(scopes[0]?.kgCo2e ?? '0');
    });
    await eventually(
      () => Promise.resolve(seen),
      ({ length }) => length > 0,
    );
    await log(fuel('1000'));
    await eventually(
      () => Promise.resolve(seen),
      (totals) => totals.at(-1) === '2502.79',
    );
    assert.equal(seen[0], '0');
    socket.close();
  });

  for (const [what, change, code, hint] of [
    ['a unit with a typo', { unit: 'litr' }, 'UNIT_UNKNOWN', /perhaps/],
    ['a unit that does not fit', { unit: 'kWh' }, 'UNIT_MISMATCH', /kWh/],
    ['NaN', { value: 'NaN' }, 'QUANTITY_INVALID', /NaN/],
    ['1e400', { value: '1e400' }, 'QUANTITY_INVALID', /1e400/],
    ['a negative figure', { value: '-5' }, 'QUANTITY_INVALID', /-5/],
  ] as const) {
    it(`are refused with ${what}`, async () => {
      const inputs = { fuel: Object.assign({ value: '5', unit: 'L' }, change) };
      const body = fuel('1', { items: [{ inputs, factor: DIESEL }] });
      const answer = await owner.ask(`/v1/activities${query}`, { method: 'POST', body });
      const problem = problemSchema.parse(answer.body);
      assert.equal(problem.code, code);
      assert.match(problem.detail, hint);
    });
  }

  it('are refused for days that have not been, are none, or are before 1990', async () => {
    for (const [date, code] of [
      ['2999-01-01', 'ACTIVITY_IN_FUTURE'],
      ['2023-02-29', 'ACTIVITY_DATE_INVALID'],
      ['yesterday', 'ACTIVITY_DATE_INVALID'],
      ['0024-06-30', 'ACTIVITY_TOO_OLD'],
      ['1989-12-31', 'ACTIVITY_TOO_OLD'],
    ] as const) {
      const body = fuel('1', { date });
      assert.equal(
        await owner.refused(`/v1/activities${query}`, { method: 'POST', body }),
        code,
        date,
      );
    }
  });

  it('are refused in a workspace that is closed or is not ours', async () => {
    const other = await owner.get(`/v1/workspaces${query}`, workspaceSchema, {
      ...{ method: 'POST', body: { name: 'Past' } },
    });
    await owner.ask(`/v1/workspaces/${other.id}/close${query}`, { method: 'POST' });
    const into = (id: string) =>
      owner.refused(`/v1/activities${query}`, {
        ...{ method: 'POST', body: fuel('1', { workspaceId: id }) },
      });
    assert.equal(await into(other.id), 'WORKSPACE_CLOSED');
    assert.equal(await into('999999'), 'WORKSPACE_UNKNOWN');
  });
});
