import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { currentSessionSchema, factorSchema } from '../../src/api/schemas/organisation.ts';
import { problemSchema } from '../../src/api/schemas/shared.ts';
import { codeOf } from '../support/codeApp.ts';
import { startLoneOracle, type LoneOracle } from '../support/noChain.ts';
import {
  ask,
  createOrganisation,
  createWallet,
  signInAs,
  signMessage,
  type Person,
} from '../support/people.ts';
import { APP_ORIGIN } from '../support/service.ts';

const START = Math.floor(Date.now() / 1000);

describe('sign-in with a wallet', () => {
  let lone: LoneOracle;
  let url: string;
  let later = 0;
  before(async () => {
    lone = await startLoneOracle({ now: () => Math.floor(Date.now() / 1000) + later });
    ({ url } = lone.oracle);
  });
  after(() => lone.stop());

  const tryWith = async (body: unknown, headers = {}): Promise<string> => {
    const answer = await ask(url, '/v1/session', { method: 'POST', body, headers });
    if (answer.status === 201) return 'signed in';
    return problemSchema.parse(answer.body).code;
  };

  it('keeps a session in a cookie that scripts can not read, until it signs out', async () => {
    const person = await signInAs(url);
    const { address, current } = await person.get('/v1/session', currentSessionSchema.strict());
    assert.equal(address, person.address);
    assert.ok(current);
    const signed = await signMessage(url, person.wallet);
    const answer = await ask(url, '/v1/session', { method: 'POST', body: signed });
    assert.match(
      answer.headers.get('set-cookie') ?? '',
      /^truetonne_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    assert.equal((await person.ask('/v1/session', { method: 'DELETE' })).status, 200);
    assert.equal(await person.refused('/v1/session'), 'SESSION_EXPIRED');
  });

  it('refuses a message that was used before', async () => {
    const signed = await signMessage(url, createWallet());
    assert.equal(await tryWith(signed), 'signed in');
    assert.equal(await tryWith(signed), 'SIGN_IN_NONCE_UNKNOWN');
  });

  it('uses the nonce up even when the signature is wrong', async () => {
    const [signed, other] = [await signMessage(url, createWallet()), createWallet()];
    const signature = await other.signMessage({ message: signed.message });
    assert.notEqual(await tryWith({ ...signed, signature }), 'signed in');
    assert.equal(await tryWith(signed), 'SIGN_IN_NONCE_UNKNOWN');
  });

  for (const [what, wrong, code] of [
    ['another site', { domain: 'evil.example' }, 'SIGN_IN_DOMAIN_WRONG'],
    ['a URI of another site', { uri: 'http://evil.example' }, 'SIGN_IN_DOMAIN_WRONG'],
    ['another port', { domain: 'localhost:1', uri: 'http://localhost:1' }, 'SIGN_IN_DOMAIN_WRONG'],
    ['https instead of http', { uri: 'https://localhost:5173' }, 'SIGN_IN_DOMAIN_WRONG'],
    ['another chain', { chainId: 1 }, 'SIGN_IN_CHAIN_WRONG'],
    ['a nonce of its own', { nonce: 'aaaaaaaaaaaaaaaa' }, 'SIGN_IN_NONCE_UNKNOWN'],
    ['an hour ago', { issuedAt: new Date((START - 3600) * 1000) }, 'SIGN_IN_TIME_WRONG'],
    ['tomorrow', { issuedAt: new Date((START + 86_400) * 1000) }, 'SIGN_IN_TIME_WRONG'],
    [
      'until yesterday',
      { expirationTime: new Date((START - 86_400) * 1000) },
      'SIGN_IN_TIME_WRONG',
    ],
    ['from tomorrow', { notBefore: new Date((START + 86_400) * 1000) }, 'SIGN_IN_TIME_WRONG'],
  ] as const) {
    it(`refuses a message for ${what}`, async () => {
      assert.equal(await tryWith(await signMessage(url, createWallet(), wrong)), code);
    });
  }

  it('refuses what is no message, and signatures that are none', async () => {
    const signature = `0x${'11'.repeat(65)}`;
    assert.equal(await tryWith({ message: 'let me in', signature }), 'SIGN_IN_MESSAGE_INVALID');
    assert.equal(await tryWith({ message: 1, signature }), 'BODY_MALFORMED');
    const { message } = await signMessage(url, createWallet());
    assert.equal(await tryWith({ message, signature: 'x' }), 'BODY_MALFORMED');
  });

  it('says so when only the chain could tell and it does not answer', async () => {
    const { message } = await signMessage(url, createWallet());
    assert.equal(await tryWith({ message, signature: '0x1234' }), 'CHAIN_UNREACHABLE');
  });

  it('refuses a sign-in that a page of another site sends', async () => {
    const signed = await signMessage(url, createWallet());
    assert.equal(await tryWith(signed, { origin: 'https://evil.example' }), 'ORIGIN_REFUSED');
  });

  it('takes writes with the token of the session alone, from its own pages', async () => {
    const person = await signInAs(url);
    const { cookie } = person;
    const post = (headers: Record<string, string>) =>
      ask(url, '/v1/organisations', { method: 'POST', body: {}, headers }).then(
        ({ body }) => problemSchema.parse(body).code,
      );
    assert.equal(await post({ cookie }), 'CSRF_TOKEN_INVALID');
    const other = await signInAs(url);
    assert.equal(await post({ cookie, 'x-csrf-token': other.csrfToken }), 'CSRF_TOKEN_INVALID');
    const token = { cookie, 'x-csrf-token': person.csrfToken };
    assert.equal(await post({ ...token, origin: 'https://evil.example' }), 'ORIGIN_REFUSED');
    assert.equal(await post({ ...token, origin: APP_ORIGIN }), 'BODY_MALFORMED');
  });

  it('lets pages of the app alone read answers to a cookie', async () => {
    const from = async (origin: string) => {
      const { headers } = await ask(url, '/health', { headers: { origin } });
      return headers.get('access-control-allow-origin');
    };
    assert.equal(await from(APP_ORIGIN), APP_ORIGIN);
    assert.equal(await from('https://evil.example'), '*');
  });

  it('lists sessions and ends another one at once', async () => {
    const phone = await signInAs(url);
    const laptop = await signInAs(url, phone.wallet);
    const list = z.object({ sessions: z.array(z.object({ id: z.uuid(), current: z.boolean() })) });
    const { sessions } = await laptop.get('/v1/sessions', list);
    assert.equal(sessions.length, 2);
    const lost = sessions.find(({ current }) => !current)?.id ?? '';
    const stranger = await signInAs(url);
    assert.equal(
      await stranger.refused(`/v1/sessions/${lost}`, { method: 'DELETE' }),
      'SESSION_UNKNOWN',
    );
    await laptop.ask(`/v1/sessions/${lost}`, { method: 'DELETE' });
    assert.equal(await phone.refused('/v1/session'), 'SESSION_EXPIRED');
    assert.equal((await laptop.ask('/v1/session')).status, 200);
  });

  it('ends a session that was not used for a day', async () => {
    const person = await signInAs(url);
    later = 86_401;
    assert.equal(await person.refused('/v1/session'), 'SESSION_EXPIRED');
    later = 0;
  });
});

describe('the second factor', () => {
  let lone: LoneOracle;
  let person: Person;
  let now = START;
  let secret = '';
  before(async () => {
    lone = await startLoneOracle({ now: () => now });
    person = await signInAs(lone.oracle.url);
  });
  after(() => lone.stop());

  const codeAt = (at: number): string => codeOf(secret, at * 1000);
  const show = (code: string) =>
    person.ask('/v1/session/second-factor', { method: 'POST', body: { code } });

  it('is turned on by a code of the app, whose secret the database does not hold', async () => {
    const body = { name: 'my phone' };
    const made = await person.get(
      '/v1/second-factors/totp',
      z.object({ id: z.uuid(), secret: z.string(), uri: z.string() }).strict(),
      { method: 'POST', body },
    );
    assert.match(made.uri, /^otpauth:\/\/totp\/TrueTonne:0x/);
    ({ secret } = made);
    const path = `/v1/second-factors/totp/${made.id}/confirm`;
    const wrong = { method: 'POST', body: { code: codeAt(now + 86_400) } };
    assert.equal(await person.refused(path, wrong), 'SECOND_FACTOR_INVALID');
    const right = await person.ask(path, { method: 'POST', body: { code: codeAt(now) } });
    assert.equal(right.status, 200);
    const list = z.object({ secondFactors: z.array(factorSchema.strict()) });
    const { secondFactors } = await person.get('/v1/second-factors', list);
    assert.deepEqual(
      secondFactors.map(({ kind, name }) => [kind, name]),
      [['totp', 'my phone']],
    );
  });

  it('is asked for five minutes after it was shown', async () => {
    const organisation = await createOrganisation(person);
    const path = `/v1/keys?organisation=${organisation}`;
    const body = { name: 'k', scopes: ['activities:read'], expiresAt: now + 86_400 };
    const create = { method: 'POST', body };
    assert.equal((await person.ask(path, create)).status, 201);
    now += 301;
    assert.equal(await person.refused(path, create), 'SECOND_FACTOR_REQUIRED');
    assert.equal((await show(codeAt(now))).status, 200);
    assert.equal((await person.ask(path, create)).status, 201);
  });

  it('takes a code once', async () => {
    now += 60;
    const code = codeAt(now);
    assert.equal((await show(code)).status, 200);
    const again = await show(code);
    assert.equal(problemSchema.parse(again.body).code, 'SECOND_FACTOR_INVALID');
  });

  it('rests after five wrong codes', async () => {
    now += 60;
    for (let turn = 0; turn < 5; turn++) await show(codeAt(now + 86_400));
    const right = await show(codeAt(now));
    assert.equal(problemSchema.parse(right.body).code, 'SECOND_FACTOR_LOCKED');
    now += 61;
    assert.equal((await show(codeAt(now))).status, 200);
  });

  it('can be demanded of every member', async () => {
    const organisation = await createOrganisation(person);
    const stranger = await signInAs(lone.oracle.url);
    const query = `?organisation=${organisation}`;
    const invited = await person.get(`/v1/invitations${query}`, z.object({ id: z.uuid() }), {
      ...{ method: 'POST', body: { address: stranger.address, role: 'admin' } },
    });
    await stranger.ask(`/v1/invitations/${invited.id}/accept`, { method: 'POST' });
    const changed = await person.ask(`/v1/organisation${query}`, {
      ...{ method: 'PATCH', body: { secondFactorRequired: true } },
      headers: { 'if-match': '"v1"' },
    });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    const body = { name: 'k', scopes: ['activities:read'], expiresAt: now + 86_400 };
    const code = await stranger.refused(`/v1/keys${query}`, { method: 'POST', body });
    assert.equal(code, 'SECOND_FACTOR_MISSING');
  });
});
