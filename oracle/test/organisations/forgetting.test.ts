import assert from 'node:assert/strict';
import { it } from 'node:test';
import { organisationSchema } from '../../src/api/schemas/organisation.ts';
import { startOracle } from '../../src/index.ts';
import { openStore } from '../../src/store/database/open.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { createOrganisation, type Person, signInAs, type TestWallet } from '../support/people.ts';
import { configOf, eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const DAY = 86_400;

describeOnBothStores('answers to idempotency keys', (store) => {
  it('are given again for a day, and are forgotten after it, of organisations and of accounts', async () => {
    const place = await store.place();
    let now = Math.floor(Date.now() / 1000);
    const { databaseUrl, dataFolder } = place;
    const config = configOf(DEAD_DEPLOYMENT, dataFolder, { databaseUrl, now: () => now });
    let oracle = await startOracle(config);
    const { url } = oracle;
    const restart = async (): Promise<void> => {
      await oracle.stop();
      // The same address: it is part of what a key stands for.
      oracle = await startOracle({ ...config, port: Number(new URL(url).port) });
    };
    const signIn = (wallet?: TestWallet): Promise<Person> =>
      signInAs(url, wallet, { issuedAt: new Date(now * 1000) });
    try {
      let person = await signIn();
      const organisation = await createOrganisation(person);
      const made = { kind: 'individual', name: 'Books', country: 'FR', gwpSet: 'AR5' };
      const writes = [
        [`/v1/workspaces?organisation=${organisation}`, { name: 'North' }],
        ['/v1/organisations', made],
      ] as const;
      const headers = { 'idempotency-key': 'once' };
      const send = ([path, body]: (typeof writes)[number]) =>
        person.ask(path, { method: 'POST', body, headers });
      const first = new Map<string, unknown>();
      for (const write of writes) {
        const answer = await send(write);
        assert.ok(answer.status < 300, JSON.stringify(answer.body));
        first.set(write[0], answer.body);
      }
      // At the end of the day they still stand, though what is older was looked for.
      now += DAY;
      await restart();
      person = await signIn(person.wallet);
      for (const write of writes) {
        const again = await send(write);
        assert.equal(again.headers.get('idempotent-replayed'), 'true', write[0]);
        assert.deepEqual(again.body, first.get(write[0]));
      }
      now += 1;
      await restart();
      person = await signIn(person.wallet);
      const [workspace, another] = writes;
      // Done anew: there is such a workspace by now.
      await eventually(
        () => send(workspace),
        ({ body }) => JSON.stringify(body).includes('WORKSPACE_EXISTS'),
      );
      const { id } = organisationSchema.parse(first.get(another[0]));
      const anew = await send(another);
      assert.notEqual(organisationSchema.parse(anew.body).id, id);
    } finally {
      await oracle.stop();
    }
    const database = await openStore(place, () => undefined);
    try {
      const rows = await database.run('SELECT created_at FROM account_answers', []);
      assert.deepEqual(
        rows.map(([at]) => Number(at)),
        [now],
      );
    } finally {
      await database.close();
    }
  });
});
