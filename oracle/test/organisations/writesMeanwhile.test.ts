import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { goalSchema } from '../../src/api/schemas/goal.ts';
import { activitySchema, inventorySchema } from '../../src/api/schemas/inventory.ts';
import { memberSchema } from '../../src/api/schemas/organisation.ts';
import { periodSchema } from '../../src/api/schemas/period.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { addMember, openBooks, type Person, signInAs } from '../support/people.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';
import { ACTIVITY, FACTOR } from '../support/tenantFill.ts';

const AT_ONCE = 12;
const times = <T>(make: (index: number) => T): T[] =>
  Array.from({ length: AT_ONCE }, (_, i) => make(i));

describeOnBothStores('writes that come at once', (store) => {
  let oracle: Oracle;
  let owner: Person;
  before(async () => {
    const place = await store.place();
    const { databaseUrl } = place;
    oracle = await startOracle(configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl }));
    owner = await signInAs(oracle.url);
  });
  after(() => oracle.stop());

  /** Of requests that all name one version: how many were done, and what the others were told. */
  const outcomes = async (asked: readonly Promise<{ status: number }>[]) => {
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    return [
      statuses.filter((one) => one < 300).length,
      ...new Set(statuses.filter((one) => one >= 300)),
    ];
  };

  it('reopen a period once, and restate it once', async () => {
    const { query, workspaceId } = await openBooks(owner);
    await owner.get(`/v1/activities${query}`, activitySchema, {
      ...{ method: 'POST', body: { ...ACTIVITY, workspaceId } },
    });
    const body = { firstDay: '2024-01-01', lastDay: '2024-12-31' };
    const { id } = await owner.get(`/v1/periods${query}`, periodSchema, { method: 'POST', body });
    const act = (verb: string, version: number, more: object) =>
      owner.ask(`/v1/periods/${id}/${verb}${query}`, {
        ...{ method: 'POST', headers: { 'if-match': `"v${version}"` }, ...more },
      });
    const reopening = times((i) => act('reopen', 1, { body: { reason: `reason ${i}` } }));
    assert.deepEqual(await outcomes(reopening), [1, 412]);
    assert.deepEqual(await outcomes(times(() => act('restate', 2, {}))), [1, 412]);
    const { version, inventories } = await owner.get(`/v1/periods/${id}${query}`, periodSchema);
    assert.deepEqual([version, inventories.length], [3, 2]);
  });

  it('repeat and hide no row of a list that is walked meanwhile', async () => {
    const { query } = await openBooks(owner);
    const goal = {
      ...{ name: 'Halve', kind: 'absolute', path: 'linear', scopes: ['1'], baseYear: 2020 },
      ...{ targetYear: 2030, reductionPercent: '50', thresholdPercent: '5' },
    };
    const set = async () =>
      (await owner.get(`/v1/goals${query}`, goalSchema, { method: 'POST', body: goal })).id;
    const ids = [await set(), await set(), await set(), await set()];
    const page = z.object({ goals: z.array(goalSchema), nextCursor: z.string().nullable() });
    const read = (more: string) => owner.get(`/v1/goals${query}&limit=2${more}`, page);
    const first = await read('');
    const drop = { method: 'DELETE', headers: { 'if-match': '"v1"' } };
    assert.equal((await owner.ask(`/v1/goals/${ids[0]}${query}`, drop)).status, 200);
    const second = await read(`&cursor=${first.nextCursor}`);
    const seen = [...first.goals, ...second.goals].map(({ id }) => id);
    assert.deepEqual(seen, ids);
    assert.equal(second.nextCursor, null);
    assert.equal(await owner.refused(`/v1/goals${query}&cursor=2.Z`), 'PARAMETER_INVALID');

    // Several of one second.
    const key = async (name: string) => {
      const body = {
        name,
        scopes: ['activities:read'],
        expiresAt: Math.floor(Date.now() / 1000) + 99,
      };
      return owner.get(`/v1/keys${query}`, z.object({ id: z.string() }), { method: 'POST', body });
    };
    const made = [await key('a'), await key('b'), await key('c')].map(({ id }) => id);
    const keys = z.object({
      keys: z.array(z.object({ id: z.string() })),
      nextCursor: z.string().nullable(),
    });
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/v1/keys${query}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const answer = await owner.get(path, keys);
      walked.push(...answer.keys.map(({ id }) => id));
      cursor = answer.nextCursor;
    }
    assert.deepEqual(walked.toSorted(), made.toSorted());
  });

  it('give a member one role', async () => {
    const { organisation, query } = await openBooks(owner);
    const guest = await signInAs(oracle.url);
    await addMember(owner, organisation, guest, 'viewer');
    const path = `/v1/members/${guest.address}${query}`;
    const headers = { 'if-match': '"v1"' };
    const change = (role: string) => owner.ask(path, { method: 'PATCH', headers, body: { role } });
    const asked = times((i) => change(i % 2 === 0 ? 'editor' : 'admin'));
    assert.deepEqual(await outcomes(asked), [1, 412]);
    assert.equal((await owner.get(path, memberSchema)).version, 2);
  });

  it('compute by the version of a factor that holds when they are stored', async () => {
    const { query, workspaceId } = await openBooks(owner);
    const heat = { ...FACTOR, scope: '1' };
    const { id } = await owner.get(`/v1/private-factors${query}`, z.object({ id: z.string() }), {
      ...{ method: 'POST', body: heat },
    });
    const path = `/v1/private-factors/${id}${query}`;
    const headers = { 'if-match': '"v1"' };
    const log = (index: number) =>
      owner.ask(`/v1/activities${query}`, {
        method: 'POST',
        body: {
          ...ACTIVITY,
          ...{ workspaceId, evidence: `bill ${index}` },
          items: [
            {
              inputs: { fuel: { value: '1', unit: 'kWh' } },
              factor: { kind: 'id', id: `private@${id}/heat` },
            },
          ],
        },
      });
    const replacing = (index: number) => {
      const gases = [{ gas: 'CO2', value: '3', massUnit: 'kg' }];
      return index === 5
        ? [owner.ask(path, { method: 'PUT', headers, body: { ...heat, gases } })]
        : [];
    };
    const asked = times((index) => [log(index), ...replacing(index)]).flat();
    assert.deepEqual(await outcomes(asked), [AT_ONCE + 1]);
    const inventory = `/v1/inventory${query}&from=2024-01&until=2024-12`;
    const { scopes } = await owner.get(inventory, inventorySchema);
    assert.equal(scopes[0]?.kgCo2e, String(AT_ONCE * 3));
    const withdraw = () => owner.ask(path, { method: 'DELETE', headers: { 'if-match': '"v2"' } });
    assert.deepEqual(await outcomes(times(withdraw)), [1, 409]);
  });
});
