import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { factorSchema } from '../../src/api/schemas/organisation.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { codeOf } from '../support/codeApp.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { createWallet, signInAs, type Person } from '../support/people.ts';
import { configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const madeShape = z.object({ id: z.uuid(), secret: z.string(), uri: z.string() }).strict();
type Made = z.infer<typeof madeShape>;
const listShape = z.object({ secondFactors: z.array(factorSchema.strict()) });

describeOnBothStores('a second factor that was begun', (store) => {
  let oracle: Oracle;
  let now = Math.floor(Date.now() / 1000);
  before(async () => {
    const { dataFolder, databaseUrl } = await store.place();
    const config = { databaseUrl, now: () => now };
    oracle = await startOracle(configOf(DEAD_DEPLOYMENT, dataFolder, config));
  });
  after(() => oracle.stop());

  /** One wallet in two browsers. */
  const twice = async (): Promise<readonly [Person, Person]> => {
    const wallet = createWallet();
    return [await signInAs(oracle.url, wallet), await signInAs(oracle.url, wallet)];
  };
  const begin = (person: Person, name: string): Promise<Made> =>
    person.get('/v1/second-factors/totp', madeShape, { method: 'POST', body: { name } });
  const confirm = (person: Person, { id, secret }: Made) =>
    person.ask(`/v1/second-factors/totp/${id}/confirm`, {
      ...{ method: 'POST', body: { code: codeOf(secret, now * 1000) } },
    });
  const refusal = ({ body }: { readonly body: unknown }): string =>
    z.object({ code: z.string() }).parse(body).code;
  const namesOf = async (person: Person): Promise<readonly string[]> => {
    const { secondFactors } = await person.get('/v1/second-factors', listShape);
    return secondFactors.map(({ name }) => name);
  };

  it('by a stolen session is not turned on past the owner’s factor', async () => {
    const [stolen, own] = await twice();
    const theirs = await begin(stolen, 'thief');
    assert.equal((await confirm(own, await begin(own, 'owner'))).status, 200);
    assert.equal(refusal(await confirm(stolen, theirs)), 'SECOND_FACTOR_REQUIRED');
    assert.deepEqual(await namesOf(own), ['owner']);
    assert.equal(refusal(await confirm(own, theirs)), 'SECOND_FACTOR_UNKNOWN', 'it is gone');
  });

  it('at the same time as another counts alone', async () => {
    const [stolen, own] = await twice();
    const begun = [await begin(stolen, 'a'), await begin(own, 'b')] as const;
    const answers = await Promise.all([confirm(stolen, begun[0]), confirm(own, begun[1])]);
    assert.deepEqual(answers.map(({ status }) => status < 300).sort(), [false, true]);
    assert.equal((await namesOf(own)).length, 1);
  });

  it('as a passkey asks for the factor that was turned on since', async () => {
    const [stolen, own] = await twice();
    const options = { method: 'POST' };
    assert.equal((await stolen.ask('/v1/second-factors/passkey/options', options)).status, 200);
    assert.equal((await confirm(own, await begin(own, 'owner'))).status, 200);
    const response = {
      ...{ id: 'AA', rawId: 'AA', type: 'public-key', clientExtensionResults: {} },
      response: { clientDataJSON: 'AA', attestationObject: 'AA' },
    };
    const code = await stolen.refused('/v1/second-factors/passkey', {
      ...{ method: 'POST', body: { name: 'thief', response } },
    });
    assert.equal(code, 'SECOND_FACTOR_REQUIRED');
  });

  it('is gone after ten minutes', async () => {
    const [person] = await twice();
    const late = await begin(person, 'late');
    now += 600;
    assert.equal(refusal(await confirm(person, late)), 'SECOND_FACTOR_UNKNOWN');
    const next = await begin(person, 'next');
    now += 599;
    assert.equal((await confirm(person, next)).status, 200);
  });
});
