import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeWindow } from '@truetonne/protocol';
import { createTestDevice } from '../../../test/support/device.ts';
import { seedDevice, seedProject } from '../../../test/support/seed.ts';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import type { ProjectTerms } from '../../domain/judge.ts';
import { expectAnew, saveBelieved } from '../../store/believed.ts';
import { saveFreeze } from '../../store/life.ts';
import { findProject } from '../../store/registry.ts';
import { saveSetting } from '../../store/settings.ts';
import { batches, heads, waitingWindows } from '../../store/tables/schema.ts';
import { saveWaiting } from '../../store/waiting.ts';
import { insertWindows } from '../../store/windows.ts';
import { BATCH_ROOM, sealNext } from '../batches/seal.ts';
import { readBoundDevices } from './devices.ts';
import { disbelieve } from './disbelieve.ts';
import { judgeArrivals } from './judge.ts';
import { createRecentWindows } from './recent.ts';
import { readRuleBook } from './ruleBook.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const CLAIMED_AT = Date.parse('2016-06-01T00:00:00-07:00') / 1000;
const NOW = 1_500_000_000;
const RULES = readRuleBook();

describeOnBothStores('what was judged and sealed before all was read anew', (store) => {
  /** A device whose three windows are in a sealed batch, and one of its windows waits. */
  async function setUp() {
    const database = await store.empty();
    await saveSetting(database, 'domain', DOMAIN);
    await seedProject(database, 1);
    const context = {
      ...{ database, domain: DOMAIN, recent: createRecentWindows(), batchRoom: BATCH_ROOM },
      ...{ now: () => NOW, waitSeconds: 1_000, unfinished: new Set<number>() },
      files: { save: () => Promise.resolve(), find: () => Promise.resolve(undefined) },
    };
    const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
    const deviceNumber = await seedDevice(database, device, CLAIMED_AT, 1);
    const sent = Array.from({ length: 3 }, () => {
      const window = device.seal({});
      return { deviceNumber, window, bytes: encodeWindow(window), receivedAt: NOW };
    });
    await insertWindows(database, sent);
    await judgeArrivals(context, await readBoundDevices(database, RULES));
    const bound = [...(await readBoundDevices(database, RULES)).values()];
    const project = (await findProject(database, 1)) ?? assert.fail();
    await sealNext(context, project, bound, { start: 0, end: NOW });
    await saveWaiting(database, [{ id: 5, deviceNumber, sequence: 5, receivedAt: NOW }]);
    /** The new chain tells of the project and the claim, and binds the device to a project or to none. */
    const readAnew = async (projectId: number | undefined, terms: Partial<ProjectTerms> = {}) => {
      await saveBelieved(database);
      await expectAnew(database);
      await seedProject(database, 1, terms);
      await seedProject(database, 2);
      await seedDevice(database, device, CLAIMED_AT, projectId);
    };
    const read = async () => ({
      batches: (await database.orm.select().from(batches)).length,
      judged: (await database.orm.select().from(heads)).map(({ lastSequence }) => lastSequence),
      waiting: (await database.orm.select().from(waitingWindows)).map(({ sequence }) => sequence),
    });
    assert.deepEqual(await read(), { batches: 1, judged: [3], waiting: [5] });
    return { database, device, readAnew, read };
  }

  it('stays when the new chain tells the same', async () => {
    const { database, readAnew, read } = await setUp();
    await readAnew(1);
    await disbelieve(database, NOW);
    assert.deepEqual(await read(), { batches: 1, judged: [3], waiting: [5] });
  });

  it('is taken back, and is in no batch, when the device is in another project', async () => {
    const { database, readAnew, read } = await setUp();
    await readAnew(2);
    await disbelieve(database, NOW);
    const { waiting, ...rest } = await read();
    assert.deepEqual(rest, { batches: 0, judged: [0] });
    assert.deepEqual(waiting.sort(), [1, 2, 3, 5]);
  });

  it('is taken back when its project is credited from or until another time', async () => {
    for (const terms of [{ creditingFrom: CLAIMED_AT + 60 }, { creditingUntil: CLAIMED_AT + 60 }]) {
      const { database, readAnew, read } = await setUp();
      await readAnew(1, terms);
      await disbelieve(database, NOW);
      const { batches: left, judged } = await read();
      assert.deepEqual([left, judged], [0, [0]], JSON.stringify(terms));
    }
  });

  it('waits for nothing when the device is in no project', async () => {
    const { database, readAnew, read } = await setUp();
    await readAnew(undefined);
    await disbelieve(database, NOW);
    assert.deepEqual(await read(), { batches: 0, judged: [0], waiting: [] });
  });

  it('is in no batch when the device is frozen, and waits for nothing', async () => {
    const { database, device, readAnew, read } = await setUp();
    await readAnew(1);
    await saveFreeze(database, device.deviceId, 2);
    await disbelieve(database, NOW);
    assert.deepEqual(await read(), { batches: 0, judged: [3], waiting: [] });
  });
});
