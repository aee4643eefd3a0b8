import assert from 'node:assert/strict';
import { it } from 'node:test';
import { z } from 'zod';
import { goalSchema } from '../../src/api/schemas/goal.ts';
import { periodSchema } from '../../src/api/schemas/period.ts';
import { activitySchema, inventorySchema } from '../../src/api/schemas/inventory.ts';
import { auditEntrySchema } from '../../src/api/schemas/organisation.ts';
import { startOracle } from '../../src/index.ts';
import { GAS, loadChanged } from '../support/changedFactors.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { openBooks, signInAs } from '../support/people.ts';
import { configOf, eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

describeOnBothStores('an upgrade that brings other factors', (store) => {
  it('computes open periods anew with their history, and offers closed ones a restatement', async () => {
    const place = await store.place();
    const { databaseUrl } = place;
    let now = Math.floor(Date.now() / 1000);
    const config = configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl, now: () => now });
    let oracle = await startOracle(config);
    try {
      let owner = await signInAs(oracle.url);
      const { query, workspaceId } = await openBooks(owner);
      const log = (date: string) =>
        owner.get(`/v1/activities${query}`, activitySchema, {
          method: 'POST',
          body: {
            ...{ workspaceId, method: 'stationary-combustion', date },
            items: [
              {
                inputs: { fuel: { value: '10', unit: 'MMBtu_gross' } },
                factor: { kind: 'id', id: GAS },
              },
            ],
          },
        });
      const closed = await log('2024-03-31');
      const open = await log('2024-07-31');
      const days = { firstDay: '2024-01-01', lastDay: '2024-06-30' };
      const close = { method: 'POST', body: days };
      const period = await owner.get(`/v1/periods${query}`, periodSchema, close);
      assert.equal(period.outdated, null);
      const wish = {
        ...{ name: 'Half', kind: 'absolute', path: 'linear', scopes: ['1'], baseYear: 2024 },
        ...{ targetYear: 2030, reductionPercent: '50', thresholdPercent: '5' },
      };
      const goal = await owner.get(`/v1/goals${query}`, goalSchema, { method: 'POST', body: wish });
      assert.deepEqual([goal.base.state, goal.base.periods], ['unchanged', []]);
      const read = (id: string) => owner.get(`/v1/activities/${id}${query}`, activitySchema);
      const total = async (from: string, until: string) => {
        const path = `/v1/inventory${query}&from=${from}&until=${until}`;
        return (await owner.get(path, inventorySchema)).scopes[0]?.kgCo2e ?? '';
      };
      const before = Number(await total('2024-07', '2024-12'));

      // The same factors again: nothing is written.
      await oracle.stop();
      oracle = await startOracle(config);
      owner = await signInAs(oracle.url, owner.wallet);
      assert.equal((await read(open.id)).version, 1);

      await oracle.stop();
      // What a goal's base does not hold yet came in a later second.
      now += 1;
      oracle = await startOracle({ ...config, loadFactors: loadChanged });
      owner = await signInAs(oracle.url, owner.wallet);
      const changed = await eventually(
        () => read(open.id),
        ({ version }) => version > 1,
      );
      assert.deepEqual([changed.version, changed.change], [2, 'recalculated']);
      assert.equal(changed.actor, 'upgrade');
      const after = Number(await total('2024-07', '2024-12'));
      assert.ok(Math.abs(after - 2 * before) < 1e-6, `${before} became ${after}`);
      const versions = z.object({ versions: z.array(activitySchema) });
      const history = await owner.get(`/v1/activities/${open.id}/history${query}`, versions);
      assert.deepEqual(history.versions[1]?.lines, open.lines);

      // What is closed stands as it was sealed, and the log says what a restatement would change.
      assert.deepEqual((await read(closed.id)).lines, closed.lines);
      const page = z.object({ entries: z.array(auditEntrySchema) });
      const path = `/v1/audit${query}&action=period.outdated`;
      const { entries } = await eventually(
        () => owner.get(path, page),
        (found) => found.entries.length > 0,
      );
      const [offer] = entries;
      const shape = z.object({
        activities: z.literal(1),
        totals: z.array(
          z.object({
            gwpSet: z.string(),
            scope: z.string(),
            beforeNg: z.string(),
            afterNg: z.string(),
          }),
        ),
      });
      const detail = offer?.detail;
      const { totals } = shape.parse(typeof detail === 'string' ? JSON.parse(detail) : detail);
      const { beforeNg = '0', afterNg = '0' } =
        totals.find(({ gwpSet, scope }) => `${gwpSet} ${scope}` === 'AR6 1') ?? {};
      assert.equal(Number(BigInt(beforeNg)) / 1e12, before);
      assert.ok(BigInt(afterNg) > BigInt(beforeNg));
      const periodPath = (act: string) => `/v1/periods/${period.id}${act}${query}`;
      const outdated = await owner.get(periodPath(''), periodSchema);
      assert.equal(outdated.outdated?.activities, 1);
      assert.equal(Number(outdated.outdated?.totals[0]?.afterKgCo2e), 2 * before);

      // A goal that was set on the year says by how much its base moved, and that more may follow.
      const { base } = await owner.get(`/v1/goals/${goal.id}${query}`, goalSchema);
      assert.deepEqual([base.state, base.differencePercent], ['to-recalculate', '50']);
      assert.deepEqual(base.changes, [{ change: 'recalculated', activities: 1 }]);
      assert.deepEqual(
        base.periods.map(({ periodId, outdated: more }) => [periodId, more]),
        [[period.id, true]],
      );

      // Once is enough, whatever starts again.
      await oracle.stop();
      oracle = await startOracle({ ...config, loadFactors: loadChanged });
      owner = await signInAs(oracle.url, owner.wallet);
      assert.equal((await read(open.id)).version, 2);
      assert.equal((await owner.get(path, page)).entries.length, 1);

      // The organisation takes the offer: what was sealed stays beside it, and nothing is outdated.
      const act = async (name: string, body?: unknown) => {
        const { version } = await owner.get(periodPath(''), periodSchema);
        const headers = { 'if-match': `"v${version}"` };
        return owner.get(periodPath(name), periodSchema, { method: 'POST', body, headers });
      };
      await act('/reopen', { reason: 'corrected factor of natural gas' });
      await owner.get(
        `/v1/activities/recalculate${query}&from=2024-01-01&until=2024-06-30`,
        z.unknown(),
        {
          method: 'POST',
        },
      );
      const restated = await act('/restate');
      assert.deepEqual([restated.outdated, restated.number], [null, 1]);
      const sums = restated.inventories.map(({ totals: [sum] }) => Number(sum?.kgCo2e));
      assert.deepEqual(sums, [before, 2 * before]);
    } finally {
      await oracle.stop();
    }
  });
});
