import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeWindow } from '@truetonne/protocol';
import { countAsked } from '../../../test/support/countedDatabase.ts';
import { createTestDevice } from '../../../test/support/device.ts';
import { seedDevice, seedProject } from '../../../test/support/seed.ts';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import type { Database } from '../../store/database/database.ts';
import { findHead } from '../../store/judgement.ts';
import { saveBinding } from '../../store/registry.ts';
import { insertWindows } from '../../store/windows.ts';
import { createCatchUp } from './catchUp.ts';
import { readBoundDevices } from './devices.ts';
import { judgeArrivals } from './judge.ts';
import { createRecentWindows } from './recent.ts';
import { readRuleBook } from './ruleBook.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const CLAIMED_AT = Date.parse('2016-08-01T00:00:00-07:00') / 1000;
const RULES = readRuleBook();

const contextOf = (database: Database) => ({
  ...{ database, domain: DOMAIN, recent: createRecentWindows(), now: () => CLAIMED_AT + 86_400 },
  ...{ waitSeconds: 1_000, unfinished: new Set<number>() },
});

describeOnBothStores('catching up with devices', (store) => {
  it('judges what a device sent before it was bound, also in a store without its presence', async () => {
    const database = await store.empty();
    await seedProject(database, 1);
    const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
    const number = await seedDevice(database, device, CLAIMED_AT, undefined);
    const context = contextOf(database);
    const arrive = async (): Promise<void> => {
      const window = device.seal({ exportWh: 100n });
      const sent = { deviceNumber: number, window, receivedAt: CLAIMED_AT + 3_600 };
      await insertWindows(database, [{ ...sent, bytes: encodeWindow(window) }]);
      await judgeArrivals(context, await readBoundDevices(database, RULES));
    };
    const catchUp = createCatchUp(context);
    const goOn = async () => catchUp(await readBoundDevices(database, RULES));

    await arrive();
    await arrive();
    await goOn();
    assert.equal(await findHead(database, number), undefined);
    // As in a store that is older than its presences.
    await database.run('DELETE FROM presences', []);
    await saveBinding(database, device.deviceId, { projectId: 1, capacityW: 6_000n, boundAt: 0 });
    await goOn();
    assert.equal((await findHead(database, number))?.lastSequence, 2);
  });

  it('asks no statement for each of many devices that have nothing to judge', async () => {
    const { database, asked } = countAsked(await store.empty());
    await seedProject(database, 1);
    for (let devices = 0; devices < 20; devices++) {
      const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
      await seedDevice(database, device, CLAIMED_AT, 1);
    }
    const bound = await readBoundDevices(database, RULES);
    assert.equal(bound.size, 20);
    const before = asked().statements;
    await createCatchUp(contextOf(database))(bound);
    assert.equal(asked().statements - before, 1);
  });
});
