import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openStore } from '../../src/store/database/open.ts';
import { toHex, type SealedWindow } from '@truetonne/protocol';
import { createTestDevice } from '../support/device.ts';
import { CLAIMED_AT, DEAD_DEPLOYMENT, DOMAIN } from '../support/noChain.ts';
import { spawnOracle } from '../support/process.ts';
import { seedDevice, seedProject } from '../support/seed.ts';
import { eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

describeOnBothStores('a process that dies', (store) => {
  it('loses no window that it acknowledged, whenever it is killed, and judges each once', async () => {
    const place = await store.place();
    const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
    const database = await openStore(place, () => undefined);
    await seedProject(database, 1);
    await seedDevice(database, device, CLAIMED_AT, 1);
    await database.close();

    const acknowledged: SealedWindow[] = [];
    let unanswered: SealedWindow[] = [];
    for (const life of [80, 500]) {
      const oracle = await spawnOracle(DEAD_DEPLOYMENT, place);
      // What was sent and not answered may be stored or not: like a device, send it again.
      if (unanswered.length > 0) await oracle.client.post(unanswered);
      acknowledged.push(...unanswered);
      unanswered = [];
      let alive = true;
      const killed = new Promise<void>((resolve) => setTimeout(resolve, life)).then(async () => {
        alive = false;
        await oracle.kill();
      });
      while (alive) {
        const windows = Array.from({ length: 7 }, () => device.seal({ seconds: 60 }));
        try {
          await oracle.client.post(windows);
          acknowledged.push(...windows);
        } catch {
          unanswered.push(...windows);
          break;
        }
      }
      await killed;
    }

    const oracle = await spawnOracle(DEAD_DEPLOYMENT, place);
    if (unanswered.length > 0) await oracle.client.post(unanswered);
    const sent = [...acknowledged, ...unanswered];
    assert.ok(acknowledged.length > 0);
    const sequences: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? 'limit=5000' : `limit=5000&cursor=${cursor}`;
      const page = await oracle.client.readings(device.deviceId, query);
      sequences.push(...page.readings.map(({ sequence }) => sequence));
      cursor = page.nextCursor;
    }
    assert.deepEqual(
      sequences,
      sent.map(({ header }) => header.sequence).sort((a, b) => a - b),
    );
    for (const window of sent.slice(-10)) {
      const stored = await oracle.client.window(device.deviceId, window.header.sequence);
      assert.equal(stored.headerHash, window.headerHash);
      assert.equal(stored.signature, toHex(window.signature));
    }
    const { totals } = await eventually(
      () => oracle.client.device(device.deviceId),
      ({ judged }) => judged?.sequence === sent.length,
    );
    assert.deepEqual([totals.windows, totals.exportedWh], [sent.length, String(100 * sent.length)]);
    assert.equal(await oracle.interrupt(), 0);
  });
});
