import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeWindow, type SealedWindow } from '@truetonne/protocol';
import { createTestDevice } from '../../../test/support/device.ts';
import { CLAIMED_AT, DOMAIN } from '../../../test/support/noChain.ts';
import { seedDevice, seedProject } from '../../../test/support/seed.ts';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import { readBatches } from '../../store/batches.ts';
import type { Database } from '../../store/database/database.ts';
import { findCloseRequest, readCloseRequests, saveCloseRequest } from '../../store/progress.ts';
import { findProject } from '../../store/registry.ts';
import { insertWindows } from '../../store/windows.ts';
import { readBoundDevices } from '../judge/devices.ts';
import { judgeArrivals, type JudgeContext } from '../judge/judge.ts';
import { createRecentWindows } from '../judge/recent.ts';
import { readRuleBook } from '../judge/ruleBook.ts';
import { createPeriodCloser, type PeriodCloser } from './close.ts';

/** A window of a new device of the project. */
async function addWindow(database: Database, projectId: number): Promise<SealedWindow> {
  const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
  const deviceNumber = await seedDevice(database, device, CLAIMED_AT, projectId);
  const window = device.seal();
  const sent = { deviceNumber, window, receivedAt: CLAIMED_AT, bytes: encodeWindow(window) };
  await insertWindows(database, [sent]);
  return window;
}

const judgingIn = (database: Database): JudgeContext => ({
  ...{ database, domain: DOMAIN, recent: createRecentWindows(), unfinished: new Set<number>() },
  ...{ now: () => CLAIMED_AT + 86_400, waitSeconds: 60 },
});

async function makeCloser(
  database: Database,
  save = (): Promise<void> => Promise.resolve(),
  batchRoom = 1_000,
): Promise<PeriodCloser> {
  return createPeriodCloser({
    ...judgingIn(database),
    ...{ graceSeconds: 60, batchRoom },
    files: { find: () => Promise.resolve(undefined), save },
    periodOfProject: () => 'day',
    submitter: (await findProject(database, 1))?.submitter ?? assert.fail(),
  });
}

/** Projects of which a batch is sealed. */
async function closedIn(database: Database): Promise<readonly number[]> {
  const batches = await readBatches(database, {}, { after: { projectId: 0, number: 0 }, limit: 9 });
  return batches.map(({ projectId }) => projectId);
}

describeOnBothStores('closing the periods of several projects', (store) => {
  it('seals what one batch has room for, and what is left in the next one', async () => {
    const database = await store.empty();
    await seedProject(database, 1);
    const first = await addWindow(database, 1);
    await addWindow(database, 1);
    await addWindow(database, 1);
    const bound = await readBoundDevices(database, readRuleBook());
    await judgeArrivals(judgingIn(database), bound);
    const room = first.readings.length + 1;
    const closer = await makeCloser(database, undefined, room);
    assert.equal(await closer.closePeriods(bound, new Map()), true);
    const [sealed] = await readBatches(
      database,
      {},
      { after: { projectId: 0, number: 0 }, limit: 9 },
    );
    assert.equal(sealed?.windowCount, 1);
  });

  it('keeps a request that a round meets which knew a device not yet', async () => {
    const database = await store.empty();
    await seedProject(database, 1);
    const unaware = await readBoundDevices(database, readRuleBook());
    const window = await addWindow(database, 1);
    await judgeArrivals(judgingIn(database), unaware);
    const until = window.header.closedAt;
    await saveCloseRequest(database, 1, until);
    const closer = await makeCloser(database);
    const close = async (bound: typeof unaware) =>
      closer.closePeriods(bound, await readCloseRequests(database));
    await close(unaware);
    assert.equal(await findCloseRequest(database, 1), until);
    await close(await readBoundDevices(database, readRuleBook()));
    assert.deepEqual(await closedIn(database), [1]);
  });

  it('seals one batch at a time, and goes on with the others when one can not be sealed', async () => {
    const database = await store.empty();
    for (const id of [1, 2, 3]) {
      await seedProject(database, id);
      await addWindow(database, id);
    }
    // By a round that knew none of the devices: they are behind.
    await judgeArrivals(judgingIn(database), new Map());
    let saves = 0;
    const closer = await makeCloser(database, () =>
      saves++ === 0 ? Promise.reject(new Error('disk full')) : Promise.resolve(),
    );
    const bound = await readBoundDevices(database, readRuleBook());
    const close = () => closer.closePeriods(bound, new Map());
    await assert.rejects(close(), ({ errors }: AggregateError) => {
      assert.match(String(errors[0]), /project 1/);
      return errors.length === 1;
    });
    assert.deepEqual(await closedIn(database), [2]);
    assert.equal(await close(), true);
    assert.deepEqual(await closedIn(database), [2, 3]);
    assert.equal(await close(), true);
    assert.deepEqual(await closedIn(database), [1, 2, 3]);
    assert.equal(await close(), false);
  });
});
