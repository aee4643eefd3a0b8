import assert from 'node:assert/strict';
import { it } from 'node:test';
import { z } from 'zod';
import { importSchema } from '../../src/api/schemas/import.ts';
import { inventorySchema } from '../../src/api/schemas/inventory.ts';
import { differenceSchema, periodSchema } from '../../src/api/schemas/period.ts';
import { HEAD, NATURAL_GAS, openImportDesk } from '../support/importDesk.ts';
import { eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const GAS = {
  ...{ name: 'Pit gas', source: 'analysis of 2024', region: 'DEU', activity: 'gas/pit' },
  ...{ unit: 'MMBtu_gross', basis: 'combustion', scope: '1', validFrom: 2024, validTo: 2024 },
};
const gases = (value: string) => [{ gas: 'CO2', value, massUnit: 'kg' }];
const MANY = 20_000;

describeOnBothStores('imports by a factor that gets another version', (store) => {
  const { renew, at, load, post, ended, row, lines } = openImportDesk(store);

  const upload = async () => {
    await renew();
    const { owner, query } = at();
    const body = { ...GAS, gases: gases('1') };
    const { id } = await owner.get(`/v1/private-factors${query}`, z.object({ id: z.string() }), {
      ...{ method: 'POST', body },
    });
    return {
      row: (amount: number) => row(String(amount)).replace(NATURAL_GAS, `private@${id}/gas`),
      replace: async () => {
        const headers = { 'if-match': '"v1"' };
        const asked = { method: 'PUT', headers, body: { ...GAS, gases: gases('2') } };
        await owner.get(`/v1/private-factors/${id}${query}`, z.unknown(), asked);
      },
    };
  };
  const many = async (own: Awaited<ReturnType<typeof upload>>): Promise<string> => {
    const rows = Array.from({ length: MANY }, (_, index) => own.row(index + 1));
    const { id } = importSchema.parse((await post([HEAD, ...rows].join('\n'))).body);
    await eventually(lines, (count) => count > 0);
    return id;
  };

  it('are undone with what was computed anew, but for what somebody changed', async () => {
    const own = await upload();
    const { owner, query } = at();
    const { id } = await load([HEAD, own.row(1), own.row(2), own.row(3)].join('\n'));
    const page = z.object({ activities: z.array(z.looseObject({ id: z.string() })) });
    const { activities } = await owner.get(`/v1/activities${query}&importId=${id}`, page);
    const shape = z.looseObject({ input: z.looseObject({}), workspaceId: z.string() });
    const path = `/v1/activities/${activities[0]?.id ?? ''}${query}`;
    const { input, workspaceId } = await owner.get(path, shape);
    await owner.get(path, z.unknown(), {
      ...{ method: 'PUT', headers: { 'if-match': '"v1"' } },
      body: { ...input, workspaceId, evidence: 'looked at' },
    });
    await own.replace();
    const undone = await owner.get(`/v1/imports/${id}/undo${query}`, importSchema, {
      method: 'POST',
    });
    assert.deepEqual([undone.state, undone.kept], ['undone', 1]);
    assert.equal(await lines(), 1);
  });

  it('leave nothing when they are cancelled after it', async () => {
    const own = await upload();
    const { owner, query } = at();
    const id = await many(own);
    await own.replace();
    await owner.get(`/v1/imports/${id}${query}`, importSchema, { method: 'DELETE' });
    assert.equal(await lines(), 0);
  });

  it('are compared with what was sealed before as far as both were read', async () => {
    const own = await upload();
    const { owner, query } = at();
    const file = (first: number, count: number) =>
      [HEAD, ...Array.from({ length: count }, (_, index) => own.row(first + index))].join('\n');
    const gone = await load(file(1, 3_000));
    await load(file(10_001, 4_000));
    const days = { firstDay: '2024-01-01', lastDay: '2024-12-31' };
    const { id } = await owner.get(`/v1/periods${query}`, periodSchema, {
      ...{ method: 'POST', body: days },
    });
    const act = (verb: string, version: number, body?: object) =>
      owner.get(`/v1/periods/${id}/${verb}${query}`, periodSchema, {
        ...{ method: 'POST', headers: { 'if-match': `"v${version}"` }, body },
      });
    await act('reopen', 1, { reason: 'another analysis' });
    await owner.get(`/v1/imports/${gone.id}/undo${query}`, importSchema, { method: 'POST' });
    await own.replace();
    await act('restate', 2);
    const path = `/v1/periods/${id}/difference${query}&before=0&after=1`;
    const { lines: changes, truncated } = await owner.get(path, differenceSchema);
    assert.ok(truncated);
    const shapes = Map.groupBy(changes, ({ beforeKgCo2e, afterKgCo2e }) =>
      [beforeKgCo2e === null, afterKgCo2e === null].join(),
    );
    assert.equal(shapes.get('true,false'), undefined, 'nothing came');
    assert.equal(shapes.get('false,true')?.length, 3_000);
    assert.ok((shapes.get('false,false')?.length ?? 0) > 1_900);
  });

  it('compute all of their rows by the version that holds in the end', async () => {
    const own = await upload();
    const { owner, query } = at();
    const id = await many(own);
    await own.replace();
    const done = await ended(id);
    assert.deepEqual([done.state, done.accepted], ['done', MANY]);
    const path = `/v1/inventory${query}&from=2024-01&until=2024-12`;
    const { scopes } = await owner.get(path, inventorySchema);
    assert.equal(scopes[0]?.kgCo2e, String(MANY * (MANY + 1)));
  });
});
