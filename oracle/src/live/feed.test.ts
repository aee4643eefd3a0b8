import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeWindow, type SealedWindow } from '@truetonne/protocol';
import { createTestDevice } from '../../test/support/device.ts';
import { seedDevice, seedProject } from '../../test/support/seed.ts';
import { eventually } from '../../test/support/service.ts';
import { describeOnBothStores } from '../../test/support/stores.ts';
import type { AcceptedWindow } from '../metering/ingest/writer.ts';
import { insertWindows } from '../store/windows.ts';
import { createFeed } from './feed.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const EVERYTHING = { projectId: undefined, deviceId: undefined, wallets: undefined };

describeOnBothStores('the feed of new windows', (store) => {
  it('has every window once and in order, whichever process stored it', async () => {
    const database = await store.empty();
    await seedProject(database, 1);
    const device = createTestDevice({ domain: DOMAIN, claimedAt: 1_000 });
    const deviceNumber = await seedDevice(database, device, 1_000, 1);
    const feed = createFeed(database);
    await feed.start(database);
    await feed.reload(database);
    const insert = async (window: SealedWindow, own: boolean): Promise<void> => {
      const sent = { deviceNumber, window, bytes: encodeWindow(window), receivedAt: 1 };
      const [stored] = await insertWindows(database, [sent]);
      const accepted: AcceptedWindow[] =
        stored?.status === 'accepted' ? [{ ...sent, id: stored.id }] : [];
      if (own) feed.publish(accepted);
    };
    const mayBeForeign = database.kind === 'postgres';
    const total = 30;
    for (let count = 0; count < total; count++) {
      await insert(device.seal(), !mayBeForeign || count % 3 === 0);
    }
    let [after, seen] = [0, [] as number[]];
    await eventually(
      async () => {
        const { windows, through } = await feed.readAfter(after, EVERYTHING);
        seen = [...seen, ...windows.map(({ sequence }) => sequence)];
        after = Math.max(after, through);
        return seen.length;
      },
      (length) => length >= total,
    );
    assert.deepEqual(
      seen,
      Array.from({ length: total }, (_, index) => index + 1),
    );
    await feed.stop();
  });

  it('skips nothing of a device that another process knew first', async () => {
    const database = await store.empty();
    await seedProject(database, 1);
    const feed = createFeed(database);
    await feed.start(database);
    await feed.reload(database);
    const device = createTestDevice({ domain: DOMAIN, claimedAt: 1_000 });
    const deviceNumber = await seedDevice(database, device, 1_000, 1);
    const window = device.seal();
    const sent = { deviceNumber, window, bytes: encodeWindow(window), receivedAt: 1 };
    const [stored] = await insertWindows(database, [sent]);
    const id = stored?.status === 'accepted' ? stored.id : assert.fail();
    feed.publish([{ ...sent, id }]);
    await eventually(
      () => Promise.resolve(feed.newestId()),
      (newest) => newest === id,
    );
    // As the tail has it, and from the store: a watcher sees what its filter lets pass.
    for (const filter of [EVERYTHING, { ...EVERYTHING, projectId: 1 }]) {
      const { windows, through } = await feed.readAfter(0, filter);
      assert.deepEqual([windows.map(({ sequence }) => sequence), through], [[1], id]);
      assert.equal(feed.deviceOf(deviceNumber)?.deviceId, device.deviceId);
    }
    await feed.stop();
  });
});
