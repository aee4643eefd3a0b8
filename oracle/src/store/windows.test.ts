import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeWindow, type SealedWindow } from '@truetonne/protocol';
import { createTestDevice } from '../../test/support/device.ts';
import { seedDevice } from '../../test/support/seed.ts';
import { describeOnBothStores } from '../../test/support/stores.ts';
import type { Database } from './database/database.ts';
import { equivocations } from './tables/schema.ts';
import {
  findLastSequenceUntil,
  readArrivals,
  readHeaderHashes,
  readNextWindows,
  readWindows,
} from './ranges.ts';
import { findWindow, insertWindows, saveEquivocation } from './windows.ts';
import { saveMissed } from './judgement.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const CLAIMED_AT = 1_467_331_200;

describeOnBothStores('storing windows', (store) => {
  async function setUp() {
    const database = await store.empty();
    const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
    const deviceNumber = await seedDevice(database, device, CLAIMED_AT, undefined);
    return { database, device, deviceNumber };
  }
  const toNew = (deviceNumber: number, window: SealedWindow) => ({
    ...{ deviceNumber, window, receivedAt: CLAIMED_AT },
    bytes: encodeWindow(window),
  });
  const insert = (database: Database, deviceNumber: number, windows: readonly SealedWindow[]) =>
    insertWindows(
      database,
      windows.map((window) => toNew(deviceNumber, window)),
    );

  it('gives ascending ids in the order sent and keeps the bytes as they came', async () => {
    const { database, device, deviceNumber } = await setUp();
    const windows = [
      device.seal({ count: 3 }),
      device.seal(),
      device.seal({ count: 256, seconds: 256 }),
    ];
    const stored = await insert(database, deviceNumber, windows);
    assert.deepEqual(
      stored.map(({ status }) => status),
      ['accepted', 'accepted', 'accepted'],
    );
    const ids = stored.map((one) => (one.status === 'accepted' ? one.id : 0));
    assert.deepEqual(
      ids,
      [...ids].sort((a, b) => a - b),
    );
    for (const window of windows) {
      const row = await findWindow(database, deviceNumber, window.header.sequence);
      assert.deepEqual(Uint8Array.from(row?.bytes ?? []), encodeWindow(window));
      assert.equal(row?.headerHash, window.headerHash);
      assert.equal(row?.closedAt, window.header.closedAt);
    }
  });

  it('calls a window that is there already a duplicate, also within one request', async () => {
    const { database, device, deviceNumber } = await setUp();
    const [first, second] = [device.seal(), device.seal()];
    await insert(database, deviceNumber, [first]);
    const stored = await insert(database, deviceNumber, [second, first, second]);
    assert.deepEqual(
      stored.map(({ status }) => status),
      ['accepted', 'duplicate', 'duplicate'],
    );
    assert.equal((await readArrivals(database, 0, 10)).length, 2);
  });

  it('calls a different window with a used sequence number a conflict and keeps the first', async () => {
    const { database, device, deviceNumber } = await setUp();
    const window = device.seal();
    const forged = { ...window, headerHash: `0x${'ee'.repeat(32)}` as const };
    assert.deepEqual(await insert(database, deviceNumber, [window, forged]), [
      { status: 'accepted', id: 1 },
      { status: 'conflict', storedHash: window.headerHash },
    ]);
    assert.deepEqual(await insert(database, deviceNumber, [forged]), [
      { status: 'conflict', storedHash: window.headerHash },
    ]);
    await saveEquivocation(database, toNew(deviceNumber, forged));
    await saveEquivocation(database, toNew(deviceNumber, forged));
    const evidence = await database.orm.select().from(equivocations);
    assert.deepEqual(
      evidence.map(({ headerHash }) => headerHash),
      [forged.headerHash],
    );
  });

  it('reads ranges by sequence, without windows that missed their place or came after the mark', async () => {
    const { database, device, deviceNumber } = await setUp();
    const windows = Array.from({ length: 6 }, () => device.seal());
    await insert(database, deviceNumber, windows);
    await saveMissed(database, [{ deviceNumber, sequence: 3 }]);
    const range = { deviceNumber, after: 1, mark: 5 };
    const sequences = (rows: readonly { sequence: number }[]) =>
      rows.map(({ sequence }) => sequence);
    assert.deepEqual(sequences(await readWindows(database, range, 10)), [2, 4, 5]);
    assert.deepEqual(sequences(await readWindows(database, { ...range, upTo: 4 }, 10)), [2, 4]);
    assert.deepEqual(sequences(await readHeaderHashes(database, range)), [2, 4, 5]);
    const next = await readNextWindows(
      database,
      new Map([
        [deviceNumber, 3],
        [deviceNumber + 1, 0],
      ]),
      6,
      2,
    );
    assert.deepEqual([...next.keys()], [deviceNumber]);
    assert.deepEqual(sequences(next.get(deviceNumber) ?? []), [4, 5]);
    const until = windows[3]?.header.closedAt ?? 0;
    assert.equal(await findLastSequenceUntil(database, range, until), 4);
    assert.equal(await findLastSequenceUntil(database, range, 0), 0);
  });

  it('stores a thousand windows of many devices at once', async () => {
    const { database } = await setUp();
    const devices = Array.from({ length: 10 }, () =>
      createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT }),
    );
    const sent = [];
    for (const device of devices) {
      const number = await seedDevice(database, device, CLAIMED_AT, undefined);
      for (let index = 0; index < 100; index++) sent.push(toNew(number, device.seal()));
    }
    const stored = await insertWindows(database, sent);
    assert.ok(stored.every(({ status }) => status === 'accepted'));
    const again = await insertWindows(database, sent);
    assert.ok(again.every(({ status }) => status === 'duplicate'));
  });
});
