import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { startOracle, type Oracle } from '../../src/index.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { addMember, openBooks, signInAs, type Person } from '../support/people.ts';
import { APP_ORIGIN, configOf } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const NOT_ALLOWED = 4403;
const SOON_MS = 5_000;

describeOnBothStores('who looks at live totals and loses the right', (store) => {
  /** Where rights are taken away, and where the totals are looked at: two processes on PostgreSQL. */
  let oracle: Oracle;
  let other: Oracle;
  let owner: Person;
  let query: string;
  let organisation: string;
  before(async () => {
    const { dataFolder, databaseUrl } = await store.place();
    // The clock stands still, so that nothing is looked at again because time went by.
    const now = Math.floor(Date.now() / 1000);
    const config = { databaseUrl, now: () => now };
    oracle = await startOracle(configOf(DEAD_DEPLOYMENT, dataFolder, config));
    other =
      databaseUrl === undefined
        ? oracle
        : await startOracle(configOf(DEAD_DEPLOYMENT, (await store.place()).dataFolder, config));
    owner = await signInAs(oracle.url);
    ({ query, organisation } = await openBooks(owner));
  });
  after(async () => {
    await oracle.stop();
    if (other !== oracle) await other.stop();
  });

  /** Looks at the totals; once they came, answers the goodbye that is still to come. */
  const look = async (headers: Readonly<Record<string, string>>) => {
    const url = `${other.url.replace('http', 'ws')}/v1/live/inventory`;
    const socket = new WebSocket(`${url}?organisation=${organisation}&from=2024-01&until=2024-12`, {
      headers,
    });
    const goodbye = new Promise<readonly [number, string]>((resolve) => {
      socket.once('close', (code, reason) => {
        resolve([code, reason.toString()]);
      });
    });
    await new Promise((resolve, reject) => {
      socket.once('message', resolve);
      socket.once('error', reject);
    });
    return { socket, goodbye };
  };
  const asPage = ({ cookie }: Person) => look({ cookie, origin: APP_ORIGIN });
  const inTime = (goodbye: Promise<readonly [number, string]>) =>
    Promise.race([
      goodbye,
      new Promise<'still there'>((resolve) => {
        setTimeout(() => {
          resolve('still there');
        }, SOON_MS).unref();
      }),
    ]);

  it('as a member is let go when it is removed, and nobody else is', async () => {
    const member = await signInAs(oracle.url);
    await addMember(owner, organisation, member, 'viewer');
    const [theirs, ours] = [await asPage(member), await asPage(owner)];
    const path = `/v1/members/${member.address}${query}`;
    const headers = { 'if-match': '"v1"' };
    const removed = await owner.ask(path, { method: 'DELETE', headers });
    assert.equal(removed.status, 200, JSON.stringify(removed.body));
    assert.deepEqual(await inTime(theirs.goodbye), [NOT_ALLOWED, 'ORGANISATION_UNKNOWN']);
    assert.equal(ours.socket.readyState, WebSocket.OPEN);
    ours.socket.close();
  });

  it('with a key is let go when that is revoked, and one with another key is not', async () => {
    const make = () =>
      owner.get(`/v1/keys${query}`, z.object({ id: z.string(), key: z.string() }), {
        ...{ method: 'POST' },
        body: {
          ...{ name: 'totals', scopes: ['inventory:read'] },
          expiresAt: Math.floor(Date.now() / 1000) + 86_400,
        },
      });
    const [first, second] = [await make(), await make()];
    const bearer = ({ key }: { readonly key: string }) => look({ authorization: `Bearer ${key}` });
    const [gone, stays] = [await bearer(first), await bearer(second)];
    const revoked = await owner.ask(`/v1/keys/${first.id}${query}`, { method: 'DELETE' });
    assert.equal(revoked.status, 200, JSON.stringify(revoked.body));
    assert.deepEqual(await inTime(gone.goodbye), [NOT_ALLOWED, 'API_KEY_REVOKED']);
    assert.equal(stays.socket.readyState, WebSocket.OPEN);
    stays.socket.close();
  });

  it('in an organisation that ends is let go', async () => {
    const { goodbye } = await asPage(owner);
    const read = await owner.ask(`/v1/organisation${query}`);
    const etag = read.headers.get('etag') ?? assert.fail(JSON.stringify(read.body));
    const headers = { 'if-match': etag };
    const path = `/v1/organisation${query}`;
    const ended = await owner.ask(path, { method: 'DELETE', headers });
    assert.equal(ended.status, 200, JSON.stringify(ended.body));
    assert.deepEqual(await inTime(goodbye), [NOT_ALLOWED, 'ORGANISATION_UNKNOWN']);
  });
});
