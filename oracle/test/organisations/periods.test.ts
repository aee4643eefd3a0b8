import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { periodHash, TonneError, verifyInventoryLine, type Hex } from '@truetonne/protocol';
import { activitySchema } from '../../src/api/schemas/inventory.ts';
import {
  anchorSchema,
  differenceSchema,
  periodSchema,
  proofSchema,
} from '../../src/api/schemas/period.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { openBooks, type Person, signInAs } from '../support/people.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

describeOnBothStores('periods', (store) => {
  let oracle: Oracle;
  let owner: Person;
  let query: string;
  let workspaceId: string;
  before(async () => {
    const place = await store.place();
    const { databaseUrl } = place;
    oracle = await startOracle(configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl }));
    owner = await signInAs(oracle.url);
  });
  after(() => oracle.stop());

  const renew = async (): Promise<void> => {
    ({ query, workspaceId } = await openBooks(owner));
  };
  const body = (kg: string, date = '2024-06-30') => ({
    ...{ workspaceId, method: 'reported', category: '15', date, evidence: 'report' },
    items: [
      {
        inputs: { total: { value: kg, unit: 'kg' } },
        factor: { kind: 'reported', gwpSet: 'AR6', source: 'report' },
      },
    ],
  });
  const log = (kg: string, date?: string) =>
    owner.get(`/v1/activities${query}`, activitySchema, { method: 'POST', body: body(kg, date) });
  const YEAR = { firstDay: '2024-01-01', lastDay: '2024-12-31' };
  const close = (days = YEAR) =>
    owner.get(`/v1/periods${query}`, periodSchema.strict(), { method: 'POST', body: days });
  const act = (id: string, verb: string, version: number, more: object = {}) =>
    owner.get(`/v1/periods/${id}/${verb}${query}`, periodSchema.strict(), {
      ...{ method: 'POST', headers: { 'if-match': `"v${version}"` }, ...more },
    });
  const prove = (period: string, number: number, activity: string) =>
    owner.get(
      `/v1/proofs${query}&period=${period}&number=${number}&activity=${activity}`,
      proofSchema.strict(),
    );

  it('let nothing in them change once they are closed', async () => {
    await renew();
    const activity = await log('100');
    await close();
    const path = `/v1/activities/${activity.id}${query}`;
    const headers = { 'if-match': '"v1"' };
    const attempts = [
      owner.refused(`/v1/activities${query}`, { method: 'POST', body: body('1') }),
      owner.refused(path, { method: 'PUT', body: body('1'), headers }),
      owner.refused(path, { method: 'PUT', body: body('1', '2023-06-30'), headers }),
      owner.refused(path, { method: 'DELETE', headers }),
    ];
    for (const attempt of attempts) assert.equal(await attempt, 'PERIOD_LOCKED');
    await log('1', '2023-12-31');
  });

  it('prove a line to an auditor without showing another', async () => {
    await renew();
    const activities = [];
    for (const kg of ['1', '22', '333', '4444', '55555']) activities.push(await log(kg));
    const period = await close();
    const [inventory] = period.inventories;
    assert.ok(inventory);
    assert.equal(inventory.lines, 5);
    assert.deepEqual(inventory.totals, [{ gwpSet: 'AR6', scope: '3', kgCo2e: '60355' }]);
    for (const { id } of activities) {
      const { root, lines } = await prove(period.id, 0, id);
      const [one] = lines;
      assert.ok(one);
      assert.equal(root, inventory.root);
      // Proof: the schema takes nothing but hex.
      const proof = one.proof as Hex[];
      await verifyInventoryLine(one.line, proof, root as Hex);
      const forged = one.line.replace(/"co2eNg":"\d/, '"co2eNg":"9');
      if (forged !== one.line) {
        await assert.rejects(verifyInventoryLine(forged, proof, root as Hex), TonneError);
      }
      const others = activities.filter((other) => other.id !== id);
      for (const other of others) assert.ok(!one.line.includes(`"activity":"${other.id}"`));
    }
  });

  it('are restated beside what stood before, with the difference', async () => {
    await renew();
    const [kept, wrong] = [await log('100'), await log('50')];
    const period = await close();
    const reopened = await act(period.id, 'reopen', 1, { body: { reason: 'invoice was wrong' } });
    assert.equal(reopened.state, 'reopened');
    await owner.ask(`/v1/activities/${wrong.id}${query}`, {
      ...{ method: 'PUT', body: body('70'), headers: { 'if-match': '"v1"' } },
    });
    const added = await log('5');
    const restated = await act(period.id, 'restate', 2);
    assert.deepEqual([restated.state, restated.number], ['closed', 1]);
    assert.equal(restated.inventories[0]?.root, period.inventories[0]?.root);
    assert.notEqual(restated.inventories[1]?.root, period.inventories[0]?.root);
    assert.equal(restated.inventories[1]?.reason, 'invoice was wrong');
    const difference = await owner.get(
      `/v1/periods/${period.id}/difference${query}&before=0&after=1`,
      differenceSchema.strict(),
    );
    assert.equal(difference.totals[0]?.differenceKgCo2e, '25');
    assert.deepEqual(
      difference.lines.map(({ activityId, beforeKgCo2e, afterKgCo2e }) => [
        ...[activityId, beforeKgCo2e, afterKgCo2e],
      ]),
      [
        [wrong.id, '50', '70'],
        [added.id, null, '5'],
      ],
    );
    const anchor = await owner.get(
      `/v1/periods/${period.id}/anchor${query}&number=1`,
      anchorSchema.strict(),
    );
    assert.deepEqual(
      [anchor.root, anchor.number, anchor.period],
      [restated.inventories[1]?.root, 1, periodHash('2024-01-01', '2024-12-31')],
    );
    const old = await prove(period.id, 0, wrong.id);
    assert.match(old.lines[0]?.line ?? '', /"version":1/);
    assert.equal((await prove(period.id, 1, kept.id)).lines.length, 1);
  });

  it('refuse days that overlap, are not over, are empty, or run backwards', async () => {
    await renew();
    await log('1');
    const refused = (firstDay: string, lastDay: string) =>
      owner.refused(`/v1/periods${query}`, { method: 'POST', body: { firstDay, lastDay } });
    assert.equal(await refused('2024-12-31', '2024-01-01'), 'PERIOD_INVALID');
    assert.equal(await refused('2024-01-01', '2999-01-01'), 'PERIOD_NOT_OVER');
    assert.equal(await refused('2022-01-01', '2022-12-31'), 'PERIOD_EMPTY');
    await close();
    assert.equal(await refused('2024-06-01', '2025-05-31'), 'PERIOD_OVERLAPS');
  });

  it('take one of two that close or write at the same time', async () => {
    await renew();
    await log('1');
    const answers = await Promise.all([
      owner.ask(`/v1/periods${query}`, { method: 'POST', body: YEAR }),
      owner.ask(`/v1/periods${query}`, { method: 'POST', body: YEAR }),
      owner.ask(`/v1/activities${query}`, { method: 'POST', body: body('2') }),
    ]);
    const [one, two, write] = answers.map(({ status }) => status);
    assert.deepEqual([one, two].sort(), [201, 409]);
    const closed = answers.find(
      ({ status, body: sent }) => status === 201 && periodSchema.safeParse(sent).success,
    );
    const lines = periodSchema.parse(closed?.body).inventories[0]?.lines;
    // Whichever came first: a write that was taken is in the inventory, one that was refused is not.
    assert.equal(lines, write === 201 ? 2 : 1);
  });
});
