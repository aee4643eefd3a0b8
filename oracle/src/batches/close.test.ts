import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeWindow } from '@truetonne/protocol';
import { createTestDevice } from '../../test/support/device.ts';
import { CLAIMED_AT, DOMAIN } from '../../test/support/noChain.ts';
import { seedDevice, seedProject } from '../../test/support/seed.ts';
import { describeOnBothStores } from '../../test/support/stores.ts';
import { readBoundDevices } from '../judge/devices.ts';
import { createRecentWindows } from '../judge/recent.ts';
import { readRuleBook } from '../judge/ruleBook.ts';
import { readBatches } from '../store/batches.ts';
import { findProject } from '../store/registry.ts';
import { saveSetting } from '../store/settings.ts';
import { insertWindows } from '../store/windows.ts';
import { createPeriodCloser } from './close.ts';

describeOnBothStores('closing the periods of several projects', (store) => {
  it('goes on with the others when one can not be sealed', async () => {
    const database = await store.empty();
    for (const id of [1, 2, 3]) await addProject(id);
    async function addProject(id: number): Promise<void> {
      const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
      await seedProject(database, id);
      const deviceNumber = await seedDevice(database, device, CLAIMED_AT, id);
      const window = device.seal();
      const sent = { deviceNumber, window, receivedAt: CLAIMED_AT, bytes: encodeWindow(window) };
      await insertWindows(database, [sent]);
    }
    await saveSetting(database, 'judgedThrough', '3');
    let saves = 0;
    const closer = createPeriodCloser({
      ...{ database, domain: DOMAIN, recent: createRecentWindows(), unfinished: new Set() },
      ...{ now: () => CLAIMED_AT + 86_400, waitSeconds: 60, graceSeconds: 60 },
      files: {
        find: () => Promise.resolve(undefined),
        save: () => (saves++ === 0 ? Promise.reject(new Error('disk full')) : Promise.resolve()),
      },
      periodOfProject: () => 'day',
      submitter: (await findProject(database, 1))?.submitter ?? assert.fail(),
    });
    const bound = await readBoundDevices(database, readRuleBook());
    const close = () => closer.closePeriods(bound, new Map());
    const closed = async () =>
      (await readBatches(database, {}, { after: { projectId: 0, number: 0 }, limit: 9 })).map(
        ({ projectId }) => projectId,
      );
    await assert.rejects(close(), ({ errors }: AggregateError) => {
      assert.match(String(errors[0]), /project 1/);
      return errors.length === 1;
    });
    assert.deepEqual(await closed(), [2, 3]);
    await close();
    assert.deepEqual(await closed(), [1, 2, 3]);
  });
});
