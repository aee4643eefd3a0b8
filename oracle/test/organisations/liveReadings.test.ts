import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fromHex, toHex } from '@truetonne/protocol';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { startOracle } from '../../src/index.ts';
import { openStore } from '../../src/store/database/open.ts';
import { createClient } from '../support/client.ts';
import { createTestDevice } from '../support/device.ts';
import { CLAIMED_AT, DEAD_DEPLOYMENT, DOMAIN } from '../support/noChain.ts';
import {
  addMember,
  createOrganisation,
  createWallet,
  signInAs,
  withKey,
  type Person,
} from '../support/people.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { APP_ORIGIN, configOf, eventually } from '../support/service.ts';
import { describeOnBothStores, type StorePlace } from '../support/stores.ts';

const eventShape = z.looseObject({ id: z.string(), deviceId: z.string(), sequence: z.number() });

/** An organisation of an owner; an editor, a viewer and a stranger; each has a device of its own wallet. */
async function openBench(place: StorePlace) {
  const now = Math.floor(Date.now() / 1000);
  const wallets = [createWallet(), createWallet(), createWallet(), createWallet()] as const;
  const database = await openStore(place, () => undefined);
  await seedProject(database, 1);
  await seedProject(database, 2);
  const seed = async ({ address }: (typeof wallets)[number], projectId: number) => {
    const owner = toHex(fromHex(address));
    const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT, owner });
    await seedDevice(database, device, CLAIMED_AT, projectId, owner);
    return device;
  };
  const [first, second, third, fourth] = wallets;
  const devices = {
    ofOwner: await seed(first, 1),
    ofEditor: await seed(second, 2),
    ofViewer: await seed(third, 1),
    ofStranger: await seed(fourth, 1),
  };
  await database.close();
  const { databaseUrl, dataFolder } = place;
  const config = configOf(DEAD_DEPLOYMENT, dataFolder, { databaseUrl, now: () => now });
  const { url, stop } = await startOracle(config);
  const signIn = (wallet: (typeof wallets)[number]) => signInAs(url, wallet);
  const people = {
    owner: await signIn(first),
    editor: await signIn(second),
    viewer: await signIn(third),
    stranger: await signIn(fourth),
  };
  const organisation = await createOrganisation(people.owner);
  await addMember(people.owner, organisation, people.editor, 'editor');
  await addMember(people.owner, organisation, people.viewer, 'viewer');
  const live = `${url.replace('http', 'ws')}/v1/live`;
  return {
    ...{ url, live, organisation, devices, people, stop },
    client: createClient(url),
  };
}

const cookieOf = ({ cookie }: Person) => ({ cookie, origin: APP_ORIGIN });

async function watch(url: string, headers: Readonly<Record<string, string>>) {
  const events: z.infer<typeof eventShape>[] = [];
  const socket = new WebSocket(url, { headers });
  socket.on('message', (data: Buffer) =>
    events.push(eventShape.parse(JSON.parse(data.toString()))),
  );
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const seen = (count: number) =>
    eventually(
      () => Promise.resolve(events.map(({ deviceId }) => deviceId)),
      ({ length }) => length >= count,
    );
  return { events, socket, closed, seen };
}

function refusal(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const socket = new WebSocket(url, { headers });
  socket.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
    socket.on('open', () => reject(new Error('it was let in')));
  });
}

describeOnBothStores('the readings of an organisation', (store) => {
  it('are those of the wallets that keep its books, to whoever is a member', async () => {
    const { live, organisation, devices, people, client, stop } = await openBench(
      await store.place(),
    );
    const { ofOwner, ofEditor, ofViewer, ofStranger } = devices;
    const url = `${live}?organisation=${organisation}`;
    const all = await watch(url, cookieOf(people.viewer));
    const ofProject = await watch(`${url}&project=2`, cookieOf(people.owner));
    await client.post([ofStranger.seal(), ofOwner.seal(), ofViewer.seal(), ofEditor.seal()]);
    assert.deepEqual((await all.seen(2)).sort(), [ofOwner.deviceId, ofEditor.deviceId].sort());
    assert.deepEqual(await ofProject.seen(1), [ofEditor.deviceId]);
    assert.equal(all.events.length, 2);
    await stop();
  });

  it('go on after a break where they were, from the store as well, with nothing lost or twice', async () => {
    const place = await store.place();
    const { live, organisation, devices, people, client, stop } = await openBench(place);
    const { ofOwner, ofStranger } = devices;
    const url = `${live}?organisation=${organisation}`;
    const own = cookieOf(people.owner);
    const first = await watch(url, own);
    await client.post([ofOwner.seal({ count: 3 })]);
    await first.seen(3);
    const [, last] = first.events;
    assert.ok(last);
    first.socket.close();
    await client.post([ofStranger.seal(), ofOwner.seal(), ofOwner.seal()]);
    const again = await watch(`${url}&since=${last.id}`, own);
    await client.post([ofOwner.seal()]);
    await again.seen(4);
    const all = await watch(`${url}&since=0`, own);
    await all.seen(6);
    assert.deepEqual(again.events, all.events.slice(2));
    assert.deepEqual(
      all.events.map(({ sequence }) => sequence),
      [1, 1, 1, 2, 3, 4],
    );
    await stop();
  });

  it('are shown to nobody else, and no longer to a member who was removed', async () => {
    const {
      url: http,
      live,
      organisation,
      devices,
      people,
      client,
      stop,
    } = await openBench(await store.place());
    const url = `${live}?organisation=${organisation}`;
    const { owner, editor, stranger } = people;
    assert.equal(await refusal(url, {}), 401);
    assert.equal(await refusal(url, { ...cookieOf(owner), origin: 'https://evil.example' }), 403);
    assert.equal(await refusal(url, cookieOf(stranger)), 404);
    const unknown = `${live}?organisation=00000000-0000-4000-8000-000000000000`;
    assert.equal(await refusal(unknown, cookieOf(owner)), 404);
    const makeKey = async (scope: string) => {
      const body = { name: 'live', scopes: [scope], expiresAt: 4_000_000_000 };
      const made = z.looseObject({ id: z.string(), key: z.string() });
      const path = `/v1/keys?organisation=${organisation}`;
      const { id, key } = await owner.get(path, made, { method: 'POST', body });
      assert.equal((await withKey(http, key).ask('/v1/session')).status, 403);
      return { id, headers: { authorization: `Bearer ${key}` } };
    };
    assert.equal(await refusal(url, (await makeKey('goals:read')).headers), 403);

    const { id, headers } = await makeKey('organisation:read');
    const byKey = await watch(url, headers);
    const removed = await watch(url, cookieOf(editor));
    const path = `/v1/members/${editor.address}?organisation=${organisation}`;
    const listed = await owner.ask(path, { method: 'DELETE', headers: { 'if-match': '"v1"' } });
    assert.equal(listed.status, 200, JSON.stringify(listed.body));
    // The clock stands still: it is the removal that ends the stream, not time.
    assert.equal(await removed.closed, 4403);
    // What the removed member's devices send is the organisation's no more.
    await eventually(
      async () => {
        await client.post([devices.ofEditor.seal(), devices.ofOwner.seal()]);
        return byKey.events.slice(-4);
      },
      (last) =>
        last.length === 4 && last.every(({ deviceId }) => deviceId === devices.ofOwner.deviceId),
    );
    const key = `/v1/keys/${id}?organisation=${organisation}`;
    assert.equal((await owner.ask(key, { method: 'DELETE' })).status, 200);
    assert.equal(await byKey.closed, 4403);
    await stop();
  });
});
