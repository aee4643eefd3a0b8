import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { importSchema } from '../../src/api/schemas/import.ts';
import { activityPage, activitySchema, inventorySchema } from '../../src/api/schemas/inventory.ts';
import { problemSchema } from '../../src/api/schemas/shared.ts';
import {
  figuresSchema,
  portalSchema,
  rankingSchema,
  supplierSchema,
} from '../../src/api/schemas/supplier.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { openBooks, type Person, signInAs } from '../support/people.ts';
import { configOf, eventually } from '../support/service.ts';
import { openStore } from '../../src/store/database/open.ts';
import { describeOnBothStores, type StorePlace } from '../support/stores.ts';

const OWN = {
  ...{ name: 'Default value', source: 'Regulation (EU) 2025/2621', unit: 'kg' },
  gases: [{ gas: 'CO2', value: '2', massUnit: 'kg' }],
};

describeOnBothStores('suppliers', (store) => {
  let oracle: Oracle;
  let owner: Person;
  let query: string;
  let workspaceId: string;
  let place: StorePlace;
  const start = async (): Promise<void> => {
    const { databaseUrl } = place;
    oracle = await startOracle(configOf(DEAD_DEPLOYMENT, place.dataFolder, { databaseUrl }));
  };
  before(async () => {
    place = await store.place();
    await start();
    owner = await signInAs(oracle.url);
    ({ query, workspaceId } = await openBooks(owner));
  });
  after(() => oracle.stop());

  const add = (name: string) =>
    owner.get(`/v1/suppliers${query}`, supplierSchema.strict(), {
      ...{ method: 'POST', body: { name, country: 'US', naics: '111110' } },
    });
  /** USD 1,000 at 0.532 kg a dollar, or as much as it says. */
  const spend = (supplierId: string, dollars: string, change: object = {}) =>
    owner.get(`/v1/activities${query}`, activitySchema.strict(), {
      method: 'POST',
      body: {
        ...{ workspaceId, supplierId, method: 'spend', category: '1', date: '2024-06-30' },
        items: [
          {
            inputs: { spend: { value: dollars, unit: 'USD:2022' } },
            factor: { kind: 'id', id: 'epa-supply-chain@1.3/111110' },
          },
        ],
        ...change,
      },
    });
  const invite = async (supplierId: string): Promise<Person> => {
    const person = await signInAs(oracle.url);
    const invitation = await owner.get(
      `/v1/suppliers/${supplierId}/invite${query}`,
      z.object({ id: z.uuid() }),
      { method: 'POST', body: { address: person.address } },
    );
    await person.ask(`/v1/invitations/${invitation.id}/accept`, { method: 'POST' });
    return person;
  };
  const FIGURE = {
    ...{ firstDay: '2024-01-01', lastDay: '2024-12-31', category: '1' },
    ...{ kgCo2e: '321.5', gwpSet: 'AR6', source: 'assured report 2024' },
  };
  const scope3 = async (): Promise<string> => {
    const path = `/v1/inventory${query}&from=2024-01&until=2024-12`;
    const { scopes } = await owner.get(path, inventorySchema);
    return scopes.find(({ scope, gwpSet }) => scope === '3' && gwpSet === 'AR6')?.kgCo2e ?? '0';
  };

  it('estimate by spend, apart where the factor is of another set of potentials', async () => {
    const supplier = await add('Bean Farm');
    const refused = await owner.ask(`/v1/activities${query}`, {
      method: 'POST',
      body: {
        ...{ workspaceId, supplierId: supplier.id, method: 'spend', category: '1' },
        date: '2024-06-30',
        items: [
          {
            inputs: { spend: { value: '1', unit: 'USD:2022' } },
            factor: { kind: 'id', id: 'epa-supply-chain@1.3/111110' },
          },
        ],
      },
    });
    assert.match(JSON.stringify(refused.body), /GWP_SET_MISMATCH/);
    const changed = await owner.ask(`/v1/organisation${query}`, {
      ...{ method: 'PATCH', body: { otherGwpSet: 'apart' }, headers: { 'if-match': '"v1"' } },
    });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    const activity = await spend(supplier.id, '1000');
    assert.deepEqual(
      activity.lines.map(({ gwpSet, kgCo2e }) => [gwpSet, kgCo2e]),
      [['AR5', '532']],
    );
  });

  it('are ranked by emissions and by the share that is estimated', async () => {
    const [large, small] = [await add('Large'), await add('Small')];
    await spend(large.id, '90000');
    await spend(small.id, '10');
    const path = `/v1/suppliers/ranking${query}&from=2024-01&until=2024-12`;
    const { suppliers } = await owner.get(path, rankingSchema);
    assert.equal(suppliers[0]?.supplierId, large.id);
    assert.equal(suppliers[0]?.estimatedPercent, '100.0');
    assert.equal(suppliers.at(-1)?.supplierId, small.id);
  });

  it('see themselves alone, and replace an estimate by their own figure', async () => {
    const [one, other] = [await add('One'), await add('Other')];
    const estimate = await spend(one.id, '5000');
    const [mine, theirs] = [await invite(one.id), await invite(other.id)];
    const submitted = await mine.get(
      `/v1/portal/figures${query}`,
      z.looseObject({ id: z.string() }),
      {
        ...{ method: 'POST', body: FIGURE },
      },
    );
    assert.equal((await mine.get(`/v1/portal${query}`, portalSchema.strict())).figures.length, 1);
    assert.equal((await theirs.get(`/v1/portal${query}`, portalSchema.strict())).figures.length, 0);
    const withdraw = `/v1/portal/figures/${submitted.id}/withdraw${query}`;
    assert.equal(await theirs.refused(withdraw, { method: 'POST' }), 'FIGURE_UNKNOWN');
    for (const path of ['activities', 'suppliers', 'members', 'figures', 'goals', 'organisation']) {
      assert.equal(await mine.refused(`/v1/${path}${query}`), 'NOT_ALLOWED', path);
    }
    assert.equal(await owner.refused(`/v1/portal${query}`), 'NOT_ALLOWED');

    const before = await scope3();
    const accept = { method: 'POST', body: { workspaceId } };
    const path = `/v1/figures/${submitted.id}/accept${query}`;
    const accepted = await owner.ask(path, accept);
    assert.equal(accepted.status, 200, JSON.stringify(accepted.body));
    assert.equal(await owner.refused(path, accept), 'FIGURE_DECIDED');
    const { figures } = await owner.get(`/v1/figures${query}&supplierId=${one.id}`, figuresSchema);
    assert.deepEqual(figures[0]?.replaced, [estimate.id]);
    assert.equal(await owner.refused(`/v1/activities/${estimate.id}${query}`), 'ACTIVITY_UNKNOWN');
    assert.equal(Number(await scope3()) - Number(before), 321.5);
    assert.equal(await mine.refused(withdraw, { method: 'POST' }), 'FIGURE_DECIDED');
  });

  /** Spend, a row each, at the factor of oilseeds. */
  const load = async (rows: readonly string[]): Promise<void> => {
    const fields = ['date', 'method', 'category', 'supplier', 'quantity', 'unit'];
    const options = JSON.stringify({
      mapping: Object.fromEntries(fields.map((field) => [field, field])),
      defaults: { factor: 'epa-supply-chain@1.3/111110' },
      ...{ decimal: 'point', dates: 'iso' },
    });
    const search = new URLSearchParams({ name: 's.csv', workspaceId, dryRun: 'false', options });
    const begun = await owner.get(`/v1/imports${query}&${search.toString()}`, importSchema, {
      ...{ method: 'POST', body: [fields.join(','), ...rows].join('\n') },
    });
    const done = await eventually(
      () => owner.get(`/v1/imports/${begun.id}${query}`, importSchema),
      ({ endedAt }) => endedAt !== null,
    );
    assert.equal(done.accepted, rows.length);
  };
  const accept = async (person: Person, change: object = {}) => {
    const { id } = await person.get(
      `/v1/portal/figures${query}`,
      z.looseObject({ id: z.string() }),
      {
        ...{ method: 'POST', body: { ...FIGURE, ...change } },
      },
    );
    const path = `/v1/figures/${id}/accept${query}`;
    return { id, answer: await owner.ask(path, { method: 'POST', body: { workspaceId } }) };
  };
  const refusalOf = ({ body }: { readonly body: unknown }) => problemSchema.parse(body);

  it('count once for the same days, whichever figure came first', async () => {
    const person = await invite((await add('Yearly')).id);
    const before = Number(await scope3());
    const year = await accept(person, { kgCo2e: '1000' });
    assert.equal(year.answer.status, 200);
    for (const change of [{}, { firstDay: '2024-07-01' }, { lastDay: '2024-01-01' }]) {
      const refusal = refusalOf((await accept(person, change)).answer);
      assert.equal(refusal.code, 'FIGURE_OVERLAPS');
      assert.match(refusal.detail, new RegExp(`figure ${year.id}, 2024-01-01 to 2024-12-31`));
    }
    assert.equal(Number(await scope3()) - before, 1000);
    assert.equal((await accept(person, { category: '4' })).answer.status, 200);
    const next = { firstDay: '2025-01-01', lastDay: '2025-12-31' };
    assert.equal((await accept(person, next)).answer.status, 200);
    const { figures } = await owner.get(`/v1/figures${query}`, figuresSchema);
    const activity = figures.find(({ id }) => id === year.id)?.activityId ?? '';
    const out = { method: 'DELETE', headers: { 'if-match': '"v1"' } };
    assert.equal((await owner.ask(`/v1/activities/${activity}${query}`, out)).status, 200);
    assert.equal((await accept(person, { firstDay: '2024-07-01' })).answer.status, 200);
  });

  it('count once when two figures are accepted at the same time', async () => {
    const person = await invite((await add('Hasty')).id);
    const answers = await Promise.all([accept(person), accept(person)]);
    assert.deepEqual(answers.map(({ answer: { status } }) => status).sort(), [200, 409]);
  });

  it('do not count beside what was entered as their own', async () => {
    const { id } = await add('By hand');
    const reported = await spend(id, '0', {
      method: 'reported',
      items: [
        {
          inputs: { total: { value: '7', unit: 'kg' } },
          factor: { kind: 'reported', gwpSet: 'AR6', source: 'letter' },
        },
      ],
    });
    const refusal = refusalOf((await accept(await invite(id))).answer);
    assert.equal(refusal.code, 'FIGURE_OVERLAPS');
    assert.match(refusal.detail, new RegExp(`activity ${reported.id} of 2024-06-30`));
  });

  it('replace every estimate of their days, however many', async () => {
    const { id } = await add('Daily');
    const person = await invite(id);
    await load(
      Array.from({ length: 1_200 }, (_, day) => `2024-06-30,spend,1,Daily,${day + 1},USD:2022`),
    );
    const { answer, id: figure } = await accept(person);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const { figures } = await owner.get(`/v1/figures${query}`, figuresSchema);
    assert.equal(figures.find((one) => one.id === figure)?.replaced.length, 1_200);
    const left = await owner.get(`/v1/activities${query}&supplierId=${id}`, activityPage);
    assert.deepEqual(
      left.activities.map(({ input }) => input.method),
      ['reported'],
    );
    const unnamed = await owner.get(`/v1/activities${query}&supplierId=none`, activityPage);
    assert.ok(unnamed.activities.every(({ supplierId }) => supplierId === null));
  });

  it('replace what is estimated by distance or default, which the ranking counts as such', async () => {
    const { id } = await add('Cement');
    await spend(id, '0', {
      method: 'embedded-default',
      items: [
        {
          inputs: {
            mass: { value: '10', unit: 'kg' },
            markup: { value: '10', unit: '%' },
          },
          factor: { kind: 'own', factor: OWN },
        },
      ],
    });
    const ranked = async () => {
      const path = `/v1/suppliers/ranking${query}&from=2024-01&until=2024-12`;
      const { suppliers } = await owner.get(path, rankingSchema);
      const one = suppliers.find(({ supplierId }) => supplierId === id);
      return [one?.kgCo2e, one?.estimatedPercent];
    };
    assert.deepEqual(await ranked(), ['22', '100.0']);
    const { answer } = await accept(await invite(id));
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.deepEqual(await ranked(), ['321.5', '0.0']);
  });

  it('are counted anew by a release that knows other methods as estimates', async () => {
    const ranking = () =>
      owner.get(`/v1/suppliers/ranking${query}&from=2024-01&until=2024-12`, rankingSchema);
    const before = await ranking();
    await oracle.stop();
    const database = await openStore(place, () => undefined);
    await database.run(
      `UPDATE inventory_totals SET co2e_ng = co2e_ng + 1000000000000, lines = lines + 1
       WHERE kind = 'estimated'`,
      [],
    );
    await database.run('UPDATE organisations SET factors_hash = NULL', []);
    await database.close();
    await start();
    owner = await signInAs(oracle.url, owner.wallet);
    await eventually(ranking, (after) => JSON.stringify(after) === JSON.stringify(before));
  });

  it('have no factor of their own in a model of money', async () => {
    const { id } = await add('Input-output');
    const body = {
      ...{ workspaceId, supplierId: id, method: 'supplier-specific', category: '1' },
      date: '2024-06-30',
      items: [
        {
          inputs: { amount: { value: '1', unit: 'USD:2022' } },
          factor: { kind: 'id', id: 'epa-supply-chain@1.3/111110' },
        },
      ],
    };
    const write = { method: 'POST', body };
    assert.equal(await owner.refused(`/v1/activities${query}`, write), 'FACTOR_NOT_APPLICABLE');
  });

  it('have one entry for one name', async () => {
    await add('Twice');
    const body = { name: 'Twice', country: 'US' };
    assert.equal(
      await owner.refused(`/v1/suppliers${query}`, { method: 'POST', body }),
      'SUPPLIER_EXISTS',
    );
  });
});
