import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { after, before, it } from 'node:test';
import { toHex, type Hex, type SealedWindow } from '@truetonne/protocol';
import { startOracle, type Oracle } from '../../src/index.ts';
import { roles, startChain, type TestChain } from '../support/chain.ts';
import { createClient, joinWindows, type TestClient } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { configOf, eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const START = Date.parse('2016-07-30T00:00:00-07:00') / 1000;

describeOnBothStores('blocks that were believed are taken back with a device in them', (store) => {
  let chain: TestChain;
  let oracle: Oracle;
  let client: TestClient;
  let here: number;
  let there: number;
  let made = 0;

  before(async () => {
    chain = await startChain();
    [here, there] = [await chain.addProject(), await chain.addProject()];
    const { dataFolder, databaseUrl } = await store.place();
    oracle = await startOracle(configOf(chain.deployment, dataFolder, { databaseUrl }));
    client = createClient(oracle.url);
  });
  after(async () => {
    await oracle.stop();
    await chain.stop();
  });

  // Later each time: none is in a period that was closed for one before.
  const make = (): TestDevice => {
    const claimedAt = START + 86_400 * made++;
    return createTestDevice({ domain: chain.domain, claimedAt, owner: roles.owner.address });
  };
  const claim = async (): Promise<TestDevice> => {
    const device = make();
    await chain.claim(device);
    return device;
  };
  const claimAndBind = async (): Promise<TestDevice> => {
    const device = await claim();
    await chain.bind(device, here);
    await statusIs(device, 'bound');
    return device;
  };
  const find = async ({ deviceId }: TestDevice) =>
    (await client.devices()).find((one) => one.deviceId === deviceId);
  const statusIs = (device: TestDevice, status: string | undefined) =>
    eventually(
      () => find(device),
      (found) => found?.status === status,
    );
  const stateIs = ({ header }: SealedWindow, state: string, reason?: string) =>
    eventually(
      () => client.status(header.deviceId, header.sequence),
      (status) => status.state === state && status.reason?.code === reason,
    );
  /** One window of a device, counted. */
  const count = async (device: TestDevice, exportWh: bigint): Promise<SealedWindow> => {
    const window = device.seal({ exportWh });
    await client.post([window]);
    await stateIs(window, 'counted');
    return window;
  };
  const closeAt = ({ header }: SealedWindow) =>
    client.postJson(`/v1/projects/${here}/close`, { until: header.closedAt });
  const isBatched = ({ header }: SealedWindow) =>
    eventually(
      () => client.status(header.deviceId, header.sequence),
      ({ batch }) => batch?.phase === 'confirmed',
    );
  const sumOf = async (projectId: number): Promise<bigint> =>
    (await client.projectEnergy(projectId)).reduce((sum, one) => sum + BigInt(one.exportedWh), 0n);
  /** What a project's energy is in the end: while all is read anew, it is what it was. */
  const sumIs = (projectId: number, wh: bigint) =>
    eventually(
      () => sumOf(projectId),
      (sum) => sum === wh,
    );
  /** Does something in blocks of which others take the place; answers what takes them back. */
  const inBlocksThatGo = async (act: () => Promise<void>): Promise<() => Promise<void>> => {
    await chain.request('anvil_mine', ['0x1']);
    const first = await chain.client.getBlockNumber();
    await act();
    return async () => {
      const depth = (await chain.client.getBlockNumber()) - first;
      await chain.request('anvil_reorg', [Number(depth), []]);
      await chain.request('anvil_mine', ['0x1']);
    };
  };

  it('bound elsewhere by the new chain, it is judged there, and its energy moves', async () => {
    const stays = await claimAndBind();
    const moves = await claim();
    await count(stays, 100n);
    const before = [await sumOf(here), await sumOf(there)] as const;
    const takeBack = await inBlocksThatGo(async () => {
      await chain.bind(moves, here);
      await statusIs(moves, 'bound');
      await count(moves, 700n);
    });
    assert.equal(await sumOf(here), before[0] + 700n);
    await takeBack();
    await sumIs(here, before[0]);
    await statusIs(moves, 'claimed');
    assert.equal(await sumOf(there), before[1]);
    await chain.bind(moves, there);
    await sumIs(there, before[1] + 700n);
    const { projectId, totals } = await client.device(moves.deviceId);
    assert.deepEqual([projectId, totals.exportedWh, totals.windows], [there, '700', 1]);
    assert.equal(await sumOf(here), before[0]);
    assert.equal((await client.device(stays.deviceId)).totals.exportedWh, '100');
  });

  it('claimed in them, it is unknown with its batch, and what it sent counts when it is claimed again', async () => {
    const comes = make();
    const before = await sumOf(here);
    let window: SealedWindow | undefined;
    const takeBack = await inBlocksThatGo(async () => {
      await chain.claim(comes);
      await chain.bind(comes, here);
      await statusIs(comes, 'bound');
      window = await count(comes, 900n);
      await closeAt(window);
      await isBatched(window);
    });
    assert.ok(window);
    await takeBack();
    await statusIs(comes, undefined);
    await sumIs(here, before);
    const refused = await client.postRefused(
      'application/octet-stream',
      joinWindows([comes.seal()]),
    );
    assert.equal(refused.code, 'DEVICE_UNKNOWN');
    await chain.claim(comes);
    await chain.bind(comes, here);
    await statusIs(comes, 'bound');
    await sumIs(here, before + 900n);
    await closeAt(window);
    await isBatched(window);
    assert.equal((await client.device(comes.deviceId)).credited.sequence, 1);
  });

  it('revoked, offered, handed over or frozen in them, it goes on as if nothing had been', async () => {
    const [revoked, offered, handed, frozen] = [
      await claimAndBind(),
      await claimAndBind(),
      await claimAndBind(),
      await claimAndBind(),
    ];
    const windows = [await count(handed, 50n), await count(frozen, 60n)];
    const before = await sumOf(here);
    const takeBack = await inBlocksThatGo(async () => {
      await chain.revoke(revoked, START + 86_400 * 30);
      await chain.life.offer(offered.deviceId, roles.buyer.address);
      await chain.life.offer(handed.deviceId, roles.buyer.address);
      await chain.life.accept(handed.deviceId);
      await freeze(frozen, windows[1] ?? assert.fail());
      await Promise.all([
        statusIs(revoked, 'revoked'),
        statusIs(handed, 'claimed'),
        statusIs(frozen, 'frozen'),
      ]);
    });
    assert.equal(await sumOf(here), before - 50n);
    await takeBack();
    await sumIs(here, before);
    for (const device of [revoked, offered, handed, frozen]) {
      const found = await statusIs(device, 'bound');
      assert.equal(found?.projectId, here);
      const { owner, offeredTo } = await client.device(device.deviceId);
      assert.deepEqual([owner, offeredTo], [roles.owner.address.toLowerCase(), null]);
      await count(device, 1n);
    }
    for (const window of windows) await stateIs(window, 'counted');
    await sumIs(here, before + 4n);
  });

  it('its meter replaced in them, what the new one measured waits for a sign-off again', async () => {
    const device = await claimAndBind();
    const first = await count(device, 1_000n);
    await closeAt(first);
    await isBatched(first);
    const before = await sumOf(here);
    const signed = device.replaceMeter({ exportWh: 5n, importWh: 0n, pause: 600 });
    const body = { statement: toHex(signed.statement), signature: toHex(signed.signature) };
    assert.equal((await client.postJson('/v1/meter-replacements', body)).status, 202);
    let next: SealedWindow | undefined;
    const takeBack = await inBlocksThatGo(async () => {
      await chain.life.replaceMeter(device, signed);
      next = await count(device, 70n);
    });
    assert.ok(next);
    assert.equal(await sumOf(here), before + 70n);
    await takeBack();
    await stateIs(next, 'waiting', 'METER_REPLACEMENT_PENDING');
    await sumIs(here, before);
    await chain.life.replaceMeter(device, signed);
    await stateIs(next, 'counted');
    assert.equal(await sumOf(here), before + 70n);
  });

  it('before them, what was judged stays as it was: nothing is judged twice', async () => {
    const device = await claimAndBind();
    const signed = device.replaceMeter({ exportWh: 5n, importWh: 0n, pause: 600 });
    const body = { statement: toHex(signed.statement), signature: toHex(signed.signature) };
    await client.postJson('/v1/meter-replacements', body);
    await chain.life.replaceMeter(device, signed);
    const [, last] = [await count(device, 30n), await count(device, 40n)];
    await closeAt(last);
    await isBatched(last);
    const judged = await client.device(device.deviceId);
    const before = await sumOf(here);
    const takeBack = await inBlocksThatGo(async () => void (await chain.addProject()));
    const projects = async () => (await client.projects()).length;
    const known = await eventually(projects, (found) => found > 2);
    await takeBack();
    await eventually(projects, (found) => found === known - 1);
    await eventually(
      () => client.device(device.deviceId),
      (found) => isDeepStrictEqual(found, judged),
    );
    await sumIs(here, before);
  });

  const freeze = async (device: TestDevice, window: SealedWindow): Promise<void> => {
    const forged = device.forge(window, 5n);
    await client.postRefused('application/octet-stream', joinWindows([forged]));
    const { publicKey, equivocations } = await client.equivocations(device.deviceId);
    const [proof] = equivocations;
    assert.ok(proof);
    await chain.life.freeze({
      publicKey: hexOf(publicKey),
      a: { header: hexOf(proof.a.header), signature: hexOf(proof.a.signature) },
      b: { header: hexOf(proof.b.header), signature: hexOf(proof.b.signature) },
    });
  };
});

function hexOf(text: string): Hex {
  return `0x${text.slice(2)}`;
}
