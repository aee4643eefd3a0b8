import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeWindow, TonneError, type Hex } from '@truetonne/protocol';
import { createTestDevice, type TestDevice } from '../../../test/support/device.ts';
import { seedDevice } from '../../../test/support/seed.ts';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import { countDevices } from '../../accounts/entitlements/usageStore.ts';
import type { Database } from '../../store/database/database.ts';
import { insertWindows } from '../../store/windows.ts';
import { createAdmission } from './admission.ts';
import { createDirectory, type KnownDevice } from './directory.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const CLAIMED_AT = 1_467_331_200;
const OWNER: Hex = `0x${'0a'.repeat(20)}`;

describeOnBothStores('the devices of a plan', (store) => {
  async function setUp(devices: number, allowed: number) {
    const database = await store.empty();
    const known: { device: TestDevice; found: KnownDevice }[] = [];
    const directory = createDirectory();
    for (let made = 0; made < devices; made += 1) {
      const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
      await seedDevice(database, device, CLAIMED_AT, undefined, OWNER);
      await directory.reload(database);
      const found = directory.find(device.deviceId);
      assert.ok(found);
      known.push({ device, found });
    }
    const plan = { allowed, asked: 0 };
    const admission = () =>
      createAdmission(database, async (_, used) => {
        plan.asked += 1;
        await Promise.resolve();
        if (used >= plan.allowed) throw new TonneError('ENTITLEMENT_DEVICES');
      });
    const at = (index: number) => {
      const one = known[index];
      assert.ok(one);
      return one;
    };
    return { database, at, plan, admission };
  }
  const report = (
    database: Database,
    { device, found }: { device: TestDevice; found: KnownDevice },
  ) => {
    const window = device.seal();
    const bytes = encodeWindow(window);
    const { number: deviceNumber } = found;
    return insertWindows(database, [{ deviceNumber, window, bytes, receivedAt: CLAIMED_AT }]);
  };

  it('let so many in, and refuse the next before anything of it is stored', async () => {
    const { database, at, admission } = await setUp(3, 2);
    const door = admission();
    for (const index of [0, 1]) {
      assert.equal(await door.refusalOf(at(index).found), undefined);
      await report(database, at(index));
    }
    assert.equal((await door.refusalOf(at(2).found))?.code, 'ENTITLEMENT_DEVICES');
    assert.equal(await countDevices(database, OWNER), 2);
  });

  it('give the last place to one of two that come at the same moment', async () => {
    const { at, admission } = await setUp(2, 1);
    const door = admission();
    const refusals = await Promise.all([0, 1].map((index) => door.refusalOf(at(index).found)));
    assert.deepEqual(
      refusals.map((refusal) => refusal?.code),
      [undefined, 'ENTITLEMENT_DEVICES'],
    );
  });

  it('never put out one that has reported, also when the plan shrank and the oracle is another', async () => {
    const { database, at, plan, admission } = await setUp(2, 2);
    for (const index of [0, 1]) await report(database, at(index));
    plan.allowed = 0;
    const door = admission();
    assert.equal(await door.refusalOf(at(1).found), undefined);
    assert.equal(plan.asked, 0);
  });

  it('have room again once one is revoked', async () => {
    const { database, at, admission } = await setUp(2, 1);
    const door = admission();
    await report(database, at(0));
    assert.equal((await door.refusalOf(at(1).found))?.code, 'ENTITLEMENT_DEVICES');
    await database.run('UPDATE devices SET revoked_from = $1 WHERE number = $2', [
      CLAIMED_AT,
      at(0).found.number,
    ]);
    assert.equal(await door.refusalOf(at(1).found), undefined);
  });

  it('are asked for again when the plan could not be read', async () => {
    const { database, at } = await setUp(1, 1);
    let silent = true;
    const door = createAdmission(database, () =>
      silent ? Promise.reject(new TonneError('CHAIN_UNREACHABLE')) : Promise.resolve(),
    );
    await assert.rejects(door.refusalOf(at(0).found), { code: 'CHAIN_UNREACHABLE' });
    silent = false;
    assert.equal(await door.refusalOf(at(0).found), undefined);
  });
});
