import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { auditEntrySchema, factorSchema } from '../../src/api/schemas/organisation.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import { codeOf } from '../support/codeApp.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { addMember, createWallet, openBooks, signInAs, type Person } from '../support/people.ts';
import { registerPasskey } from '../support/authenticator.ts';
import { APP_ORIGIN, configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const madeShape = z.object({ id: z.uuid(), secret: z.string(), uri: z.string() }).strict();
type Made = z.infer<typeof madeShape>;
type Books = ReturnType<typeof openBooks>;
const detailShape = z.object({ kind: z.string(), turnedOn: z.number() }).strict();
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

  it('that is turned on or off stands in the log of each organisation of the wallet, and of no other', async () => {
    const owner = await signInAs(oracle.url);
    const member = await signInAs(oracle.url);
    const [own, theirs, foreign] = [
      await openBooks(member),
      await openBooks(owner),
      await openBooks(owner),
    ];
    await addMember(owner, theirs.organisation, member, 'viewer');
    assert.equal((await confirm(member, await begin(member, 'phone'))).status, 200);
    const options = await member.get(
      '/v1/second-factors/passkey/options',
      z.looseObject({ challenge: z.string() }),
      { method: 'POST' },
    );
    const response = registerPasskey(options.challenge, APP_ORIGIN);
    const passkey = { method: 'POST', body: { name: 'key', response } };
    assert.equal((await member.ask('/v1/second-factors/passkey', passkey)).status, 201);
    const { secondFactors } = await member.get('/v1/second-factors', listShape);
    // Both are of the same second, so the list has them in any order.
    for (const { id } of secondFactors.toSorted((a, b) => b.kind.localeCompare(a.kind))) {
      const gone = await member.ask(`/v1/second-factors/${id}`, { method: 'DELETE' });
      assert.equal(gone.status, 200);
    }
    const log = [
      ['second-factor.on', 'totp', 1],
      ['second-factor.on', 'passkey', 2],
      ['second-factor.off', 'totp', 1],
      ['second-factor.off', 'passkey', 0],
    ];
    assert.deepEqual(await factorsIn(member, own), log);
    assert.deepEqual(await factorsIn(owner, theirs), log);
    assert.deepEqual(await factorsIn(owner, foreign), []);
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

  /** What the log of an organisation says of second factors, once its chain was checked. */
  async function factorsIn(person: Person, { query }: Awaited<Books>) {
    const { entries } = await person.get(
      `/v1/audit${query}`,
      z.object({ entries: z.array(auditEntrySchema) }),
    );
    assert.equal((await person.ask(`/v1/audit/verify${query}`)).status, 200);
    return entries
      .filter(({ action }) => action.startsWith('second-factor.'))
      .map(({ action, detail }) => {
        const { kind, turnedOn } = detailShape.parse(JSON.parse(detail));
        return [action, kind, turnedOn];
      });
  }
});
