import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { goalBasesSchema, goalSchema } from '../../src/api/schemas/goal.ts';
import { activitySchema } from '../../src/api/schemas/inventory.ts';
import { auditEntrySchema } from '../../src/api/schemas/organisation.ts';
import { periodSchema } from '../../src/api/schemas/period.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { openStore } from '../../src/store/database/open.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { addMember, openBooks, type Person, signInAs } from '../support/people.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores, type StorePlace } from '../support/stores.ts';

const BODY = {
  ...{ name: 'Near term', kind: 'absolute', path: 'linear', scopes: ['3'] },
  ...{ baseYear: 2020, targetYear: 2030, reductionPercent: '42', thresholdPercent: '5' },
};
const WHY = { kind: 'structure', reason: 'The Leeds works were bought' };

type Goal = z.infer<typeof goalSchema>;

describeOnBothStores('goals', (store) => {
  let now = Math.floor(Date.now() / 1000);
  let place: StorePlace;
  let oracle: Oracle;
  let owner: Person;
  let organisation: string;
  let query: string;
  let workspaceId: string;
  const start = async (): Promise<void> => {
    const { databaseUrl, dataFolder } = place;
    const config = configOf(DEAD_DEPLOYMENT, dataFolder, { databaseUrl, now: () => now });
    oracle = await startOracle(config);
    owner = await signInAs(oracle.url, owner?.wallet);
  };
  before(async () => {
    place = await store.place();
    await start();
  });
  after(() => oracle.stop());

  const renew = async (): Promise<void> => {
    ({ organisation, query, workspaceId } = await openBooks(owner));
  };
  const body = (date: string, kg: string) => ({
    ...{ workspaceId, method: 'reported', category: '15', date },
    items: [
      {
        inputs: { total: { value: kg, unit: 'kg' } },
        factor: { kind: 'reported', gwpSet: 'AR6', source: 'report' },
      },
    ],
  });
  /** Something that happens, a second after what happened before. */
  const emit = (date: string, kg: string) => {
    now += 1;
    return owner.get(`/v1/activities${query}`, activitySchema, {
      ...{ method: 'POST', body: body(date, kg) },
    });
  };
  const write = (path: string, method: string, version: number, more?: unknown) => {
    now += 1;
    const headers = { 'if-match': `"v${version}"` };
    return { path: `${path}${query}`, asked: { method, headers, body: more } };
  };
  const set = (change: object = {}) =>
    owner.get(`/v1/goals${query}`, goalSchema.strict(), {
      ...{ method: 'POST', body: { ...BODY, ...change } },
    });
  const read = ({ id }: Goal) => owner.get(`/v1/goals/${id}${query}`, goalSchema.strict());
  const bases = async ({ id }: Goal) =>
    (await owner.get(`/v1/goals/${id}/bases${query}`, goalBasesSchema.strict())).bases;
  const taking = ({ id, version }: Goal, wish: object) =>
    write(`/v1/goals/${id}/bases`, 'POST', version, wish);
  const take = (goal: Goal, wish: object) => {
    const { path, asked } = taking(goal, wish);
    return owner.get(path, goalSchema.strict(), asked);
  };
  const refused = (goal: Goal, wish: object, person = owner) => {
    const { path, asked } = taking(goal, wish);
    return person.refused(path, asked);
  };
  const all = ({ base: { nowKgCo2e: totalKgCo2e } }: Goal) => ({ ...WHY, totalKgCo2e });

  it('have a status that comes from the inventory', async () => {
    await renew();
    const goal = await set({ path: 'sbti-1.5' });
    assert.deepEqual([goal.status, goal.base.state], ['no-base', 'not-fixed']);
    await emit('2020-06-30', '1000');
    await emit('2024-06-30', '900');
    const behind = await read(goal);
    assert.deepEqual([behind.status, behind.progressPercent], ['behind', '23.8']);
    assert.equal(behind.years.find(({ year }) => year === 2024)?.allowedKgCo2e, '832');
    for (const wrong of [{ reductionPercent: '30' }, { thresholdPercent: '5.1' }]) {
      const change = { ...BODY, path: 'sbti-1.5', ...wrong };
      const { path, asked } = write(`/v1/goals/${goal.id}`, 'PUT', 1, change);
      assert.equal(await owner.refused(path, asked), 'GOAL_INVALID');
    }
  });

  it('are sent anew when the inventory changes how they stand', async () => {
    await renew();
    const goal = await set();
    const path = `/v1/goals/${goal.id}${query}`;
    const etag = (await owner.ask(path)).headers.get('etag') ?? '';
    const headers = { 'if-none-match': etag };
    assert.equal((await owner.ask(path, { headers })).status, 304);
    await emit('2020-06-30', '1000');
    assert.equal((await owner.ask(path, { headers })).status, 200);
    const change = { method: 'PUT', headers: { 'if-match': etag }, body: BODY };
    assert.equal((await owner.ask(path, change)).status, 200, 'the goal itself is as it was read');
  });

  it('state their threshold: none is assumed', async () => {
    await renew();
    const { thresholdPercent, ...silent } = BODY;
    assert.equal(thresholdPercent, '5');
    const asked = { method: 'POST', body: silent };
    assert.equal(await owner.refused(`/v1/goals${query}`, asked), 'BODY_MALFORMED');
    const zero = { method: 'POST', body: { ...BODY, thresholdPercent: '0' } };
    assert.equal(await owner.refused(`/v1/goals${query}`, zero), 'GOAL_INVALID');
  });

  it('keep their base, and only tell of what moves the base year by less than the threshold', async () => {
    await renew();
    await emit('2020-06-30', '1000');
    await emit('2024-06-30', '790');
    const goal = await set();
    assert.deepEqual([goal.base.state, goal.base.taken?.kgCo2e], ['unchanged', '1000']);
    await emit('2020-07-31', '49.999999');
    const told = await read(goal);
    assert.equal(told.base.state, 'below-threshold');
    assert.deepEqual(
      [told.base.nowKgCo2e, told.base.differenceKgCo2e, told.base.differencePercent],
      ['1049.999999', '49.999999', '4.9999'],
    );
    assert.deepEqual(told.base.changes, [{ change: 'created', activities: 1 }]);
    assert.equal(told.progressPercent, goal.progressPercent);
    assert.equal(await refused(told, all(told)), 'GOAL_BASE_STANDS');
    assert.equal((await bases(goal)).length, 1);
  });

  it('take a new base by one act of an admin, recorded, from what was seen', async () => {
    await renew();
    const first = await emit('2020-06-30', '1000');
    await emit('2024-06-30', '790');
    const goal = await set();
    // Out of the year, out of the inventory, and into it: each moves the base.
    const gone = await emit('2020-02-28', '7');
    await emit('2020-03-31', '50');
    const away = write(`/v1/activities/${first.id}`, 'PUT', 1, body('2019-06-30', '1000'));
    await owner.get(away.path, activitySchema, away.asked);
    const out = write(`/v1/activities/${gone.id}`, 'DELETE', 1);
    await owner.get(out.path, z.unknown(), out.asked);
    const moved = await read(goal);
    assert.equal(moved.base.state, 'to-recalculate');
    assert.deepEqual([moved.base.nowKgCo2e, moved.base.differencePercent], ['50', '-95']);
    assert.deepEqual(moved.base.changes, [
      { change: 'changed', activities: 1 },
      { change: 'created', activities: 1 },
      { change: 'deleted', activities: 1 },
    ]);
    // Until somebody decides, the goal is measured from the base that was taken.
    assert.equal(moved.progressPercent, goal.progressPercent);

    const editor = await signInAs(oracle.url);
    await addMember(owner, organisation, editor, 'editor');
    assert.equal(await refused(moved, all(moved), editor), 'NOT_ALLOWED');
    assert.equal(await refused(moved, { ...all(moved), totalKgCo2e: '51' }), 'PRECONDITION_FAILED');
    assert.equal(await refused(moved, { ...all(moved), kind: 'first' }), 'GOAL_INVALID');
    assert.equal(await refused({ ...moved, version: 7 }, all(moved)), 'PRECONDITION_FAILED');
    assert.equal((await bases(goal)).length, 1);

    const anew = await take(moved, all(moved));
    assert.deepEqual([anew.base.state, anew.base.changes], ['unchanged', []]);
    assert.deepEqual([anew.status, anew.years[4]?.allowedKgCo2e], ['behind', '41.6']);
    const [old, young] = await bases(goal);
    assert.deepEqual([old?.kgCo2e, old?.kind, young?.kgCo2e], ['1000', 'first', '50']);
    assert.deepEqual(
      [young?.kind, young?.reason, young?.takenBy, young?.takenAt],
      [WHY.kind, WHY.reason, `wallet:${owner.address}`, now],
    );
    assert.deepEqual(young?.scopes, [{ scope: '3', kgCo2e: '50' }]);
    const page = z.object({ entries: z.array(auditEntrySchema) });
    const path = `/v1/audit${query}&action=goal.base-taken&subject=${goal.id}`;
    const [, entry] = (await owner.get(path, page)).entries;
    assert.deepEqual([entry?.actor, entry?.at], [`wallet:${owner.address}`, now]);
    assert.match(JSON.stringify(entry?.detail), /"?kgCo2e\\?":\\?"50\\?"/);
    assert.equal(await refused(anew, all(anew)), 'GOAL_BASE_STANDS');
  });

  it('take their first base later when the base year was empty, and never of nothing', async () => {
    await renew();
    const goal = await set();
    const wish = { kind: 'first', reason: 'audited', totalKgCo2e: '12' };
    assert.equal(await refused(goal, { ...wish, totalKgCo2e: '0' }), 'GOAL_INVALID');
    await emit('2020-06-30', '12');
    assert.equal(await refused(goal, { ...wish, kind: 'error' }), 'GOAL_INVALID');
    const fixed = await take(goal, wish);
    assert.deepEqual([fixed.base.state, fixed.base.taken?.reason], ['unchanged', 'audited']);
    assert.deepEqual([fixed.version, fixed.base.taken?.number], [2, 1]);
  });

  it('are measured from another base when their year changes, and from the same when their name does', async () => {
    await renew();
    await emit('2020-06-30', '1000');
    await emit('2021-06-30', '800');
    const goal = await set();
    const change = async (version: number, wish: object): Promise<Goal> => {
      const { path, asked } = write(`/v1/goals/${goal.id}`, 'PUT', version, wish);
      return owner.get(path, goalSchema.strict(), asked);
    };
    const named = await change(1, { ...BODY, name: 'Later' });
    assert.equal(named.base.taken?.number, 1);
    const later = await change(2, { ...BODY, baseYear: 2021 });
    assert.deepEqual([later.base.taken?.number, later.base.taken?.kgCo2e], [2, '800']);
    const empty = await change(3, { ...BODY, baseYear: 2022 });
    assert.deepEqual(
      [empty.base.state, empty.base.taken, empty.status],
      ['not-fixed', null, 'no-base'],
    );
    assert.deepEqual(
      (await bases(goal)).map(({ baseYear }) => baseYear),
      [2020, 2021],
    );
  });

  it('compare no base with a total under other warming potentials', async () => {
    await renew();
    await emit('2020-06-30', '1000');
    const goal = await set();
    const { path, asked } = write('/v1/organisation', 'PATCH', 1, { gwpSet: 'AR5' });
    await owner.get(path, z.unknown(), asked);
    const other = await read(goal);
    assert.deepEqual([other.base.state, other.base.differenceKgCo2e], ['other-set', null]);
    assert.deepEqual([other.base.taken?.gwpSet, other.status], ['AR6', 'no-base']);
  });

  it('say which restatement moved their base year, and that one is open', async () => {
    await renew();
    const wrong = await emit('2020-06-30', '1000');
    await emit('2020-07-31', '10');
    now += 1;
    const period = await owner.get(`/v1/periods${query}`, periodSchema, {
      ...{ method: 'POST', body: { firstDay: '2020-01-01', lastDay: '2020-12-31' } },
    });
    const goal = await set();
    assert.deepEqual(goal.base.periods, []);
    const act = (verb: string, version: number, more?: unknown) => {
      const { path, asked } = write(`/v1/periods/${period.id}/${verb}`, 'POST', version, more);
      return owner.get(path, periodSchema, asked);
    };
    await act('reopen', 1, { reason: 'A meter was read twice' });
    const { path, asked } = write(`/v1/activities/${wrong.id}`, 'DELETE', 1);
    await owner.get(path, z.unknown(), asked);
    const open = await read(goal);
    assert.deepEqual(
      open.base.periods.map(({ state, reasons }) => [state, reasons]),
      [['reopened', []]],
    );
    await act('restate', 2);
    const { base } = await read(goal);
    assert.deepEqual(
      [base.state, base.taken?.kgCo2e, base.nowKgCo2e],
      ['to-recalculate', '1010', '10'],
    );
    assert.deepEqual(
      base.periods.map(({ periodId, state, reasons }) => [periodId, state, reasons]),
      [[period.id, 'closed', ['A meter was read twice']]],
    );
  });

  it('that were set before a threshold was asked for have no base until one is stated', async () => {
    await renew();
    await emit('2020-06-30', '1000');
    const goal = await set();
    await oracle.stop();
    const database = await openStore(place, () => undefined);
    await database.run('DELETE FROM goal_bases WHERE goal_id = $1', [goal.id]);
    await database.run('UPDATE goals SET threshold_percent = NULL WHERE id = $1', [goal.id]);
    await database.close();
    await start();
    const old = await read(goal);
    assert.deepEqual([old.thresholdPercent, old.base.state], [null, 'not-fixed']);
    assert.equal(old.status, 'unfinished');
    assert.equal(await refused(old, { ...all(old), kind: 'first' }), 'GOAL_INVALID');
    const { path, asked } = write(`/v1/goals/${goal.id}`, 'PUT', 1, BODY);
    const stated = await owner.get(path, goalSchema.strict(), asked);
    assert.deepEqual([stated.base.state, stated.base.taken?.kgCo2e], ['unchanged', '1000']);
  });
});
