import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { encodeWindow, type Hex, type SealedWindow } from '@truetonne/protocol';
import { startOracle, type Oracle } from '../../src/index.ts';
import { openStore } from '../../src/store/database/open.ts';
import { joinWindows } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { makeDataFolder, type TestFolder } from '../support/folders.ts';
import { CLAIMED_AT, DEAD_DEPLOYMENT, DOMAIN } from '../support/noChain.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { configOf, TRANSPORTS } from '../support/service.ts';

/** Windows of a device, and of all devices of an owner, that fit the time. */
const DEVICE = 40;
const OWNER = 100;
/** Longer than the tests take on the busiest machine; the last one begins anew with a time that it waits out. */
const SECONDS = 600;
const SHORT_SECONDS = 2;
const STRANGER: Hex = `0x${'07'.repeat(20)}`;

let folder: TestFolder;
let oracle: Oracle;
const newDevice = (): TestDevice => createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
/** Three of one owner, and one of another. */
const [flooding, second, third, strangers] = [newDevice(), newDevice(), newDevice(), newDevice()];

before(async () => {
  folder = await makeDataFolder();
  const database = await openStore(
    { dataFolder: folder.path, databaseUrl: undefined },
    () => undefined,
  );
  await seedProject(database, 1);
  for (const device of [flooding, second, third]) await seedDevice(database, device, CLAIMED_AT, 1);
  await seedDevice(database, strangers, CLAIMED_AT, 1, STRANGER);
  await database.close();
  oracle = await start(SECONDS);
});
after(async () => {
  await oracle.stop();
  folder.remove();
});

/** What each may send is counted anew. */
function start(seconds: number): Promise<Oracle> {
  const limits = { deviceWindows: DEVICE, ownerWindows: OWNER, seconds };
  const transports = { ...TRANSPORTS, limits };
  return startOracle(configOf(DEAD_DEPLOYMENT, folder.path, { transports }));
}

const sealMany = (device: TestDevice, count: number): readonly SealedWindow[] =>
  Array.from({ length: count }, () => device.seal());

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly retryAfter: string | null;
  /** How many windows were stored, by what is said of each. */
  readonly accepted: number;
}

async function post(body: Uint8Array<ArrayBuffer>): Promise<Answer> {
  const answer = await fetch(`${oracle.url}/v1/windows`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  });
  // Proof: the schemas of both answers are held by other tests.
  const said = (await answer.json()) as { code?: string; results: readonly { status: string }[] };
  const accepted = said.results.filter(({ status }) => status === 'accepted').length;
  const { status, headers } = answer;
  return { status, code: said.code, retryAfter: headers.get('retry-after'), accepted };
}

const send = (windows: readonly SealedWindow[]): Promise<Answer> => post(joinWindows(windows));

describe('a flood over HTTP', () => {
  const flood = sealMany(flooding, 2 * DEVICE + 30);

  it('is stored up to the limit of its device; the rest is told when to come again', async () => {
    const { status, code, retryAfter, accepted } = await send(flood);
    assert.deepEqual([status, code, accepted], [422, 'WINDOWS_REFUSED', DEVICE]);
    assert.ok(Number(retryAfter) >= 1 && Number(retryAfter) <= SECONDS, String(retryAfter));
    const again = await send(flood.slice(DEVICE));
    assert.deepEqual([again.status, again.code, again.accepted], [429, 'RATE_LIMITED', 0]);
  });

  it("leaves the owner's other devices alone, up to the limit of the owner", async () => {
    assert.equal((await send(sealMany(second, 20))).status, 200);
    const { accepted } = await send(sealMany(third, DEVICE));
    assert.equal(accepted, OWNER - DEVICE - 20);
  });

  it("leaves other owners' devices alone, while it goes on from many connections", async () => {
    let floods = 0;
    let goesOn = true;
    const flooder = async (): Promise<void> => {
      for (; goesOn; floods++) assert.equal((await send(flood.slice(DEVICE))).status, 429);
    };
    const flooders = Promise.all(Array.from({ length: 8 }, flooder));
    try {
      for (const window of sealMany(strangers, 10))
        assert.equal((await send([window])).status, 200);
    } finally {
      goesOn = false;
      await flooders;
    }
    assert.ok(floods >= 8, String(floods));
  });

  it("does not use up a device's room when it is signed by someone else", async () => {
    const forged = sealMany(strangers, 3).map((window) => {
      const bytes = encodeWindow(window);
      bytes.set(flooding.sign(window.headerBytes), 176);
      return bytes;
    });
    for (let round = 0; round < 20; round++) {
      const { accepted, code } = await post(Uint8Array.from(forged[round % 3] ?? []));
      assert.deepEqual([accepted, code], [0, 'SIGNATURE_INVALID']);
    }
    assert.equal((await send(sealMany(strangers, 20))).accepted, 20);
  });

  it('is taken in the end, each window once', async () => {
    await oracle.stop();
    oracle = await start(SHORT_SECONDS);
    let [rest, stored] = [flood.slice(DEVICE), 0];
    while (rest.length > 0) {
      const { accepted, retryAfter } = await send(rest);
      stored += accepted;
      rest = rest.slice(accepted);
      if (rest.length > 0) await sleep(1000 * Number(retryAfter));
    }
    assert.equal(stored, DEVICE + 30);
    assert.equal((await send(flood.slice(0, 1))).accepted, 0);
  });
});
