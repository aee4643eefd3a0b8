import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  claimHashOf,
  decodeClaim,
  decodeMeterReplacement,
  encodeClaim,
  encodeWindow,
  meterReplacementHashOf,
  type SealedWindow,
} from '@truetonne/protocol';
import { roles } from '../../../test/support/chain.ts';
import { createTestDevice, type TestDevice } from '../../../test/support/device.ts';
import { seedDevice, seedProject } from '../../../test/support/seed.ts';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import type { ProjectTerms } from '../../domain/judge.ts';
import { expectAnew, saveBelieved } from '../../store/believed.ts';
import { moveHead, saveFreeze, saveReplacement, saveSignOff } from '../../store/life.ts';
import { findProject, saveCredited } from '../../store/registry.ts';
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
    const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT, exportWh: 7_000n });
    const deviceNumber = await seedDevice(database, device, CLAIMED_AT, 1);
    const windows: SealedWindow[] = [];
    const send = async (count: number) => {
      const sealed = Array.from({ length: count }, () => device.seal({}));
      windows.push(...sealed);
      const sent = sealed.map((window) => ({ window, bytes: encodeWindow(window) }));
      await insertWindows(
        database,
        sent.map((one) => ({ ...one, deviceNumber, receivedAt: NOW })),
      );
      await judgeArrivals(context, await readBoundDevices(database, RULES));
    };
    await send(3);
    const bound = [...(await readBoundDevices(database, RULES)).values()];
    const project = (await findProject(database, 1)) ?? assert.fail();
    await sealNext(context, project, bound, { start: 0, end: NOW });
    await saveWaiting(database, [{ id: 5, deviceNumber, sequence: 5, receivedAt: NOW }]);
    /** The new chain tells of the project and the claim, and binds the device to a project or to none. */
    const readAnew = async (
      projectId: number | undefined,
      terms: Partial<ProjectTerms> = {},
      claimed: TestDevice = device,
    ) => {
      await saveBelieved(database);
      await expectAnew(database);
      await seedProject(database, 1, terms);
      await seedProject(database, 2);
      await seedDevice(database, claimed, CLAIMED_AT, projectId);
    };
    const read = async () => ({
      batches: (await database.orm.select().from(batches)).length,
      judged: (await database.orm.select().from(heads)).map(({ lastSequence }) => lastSequence),
      waiting: (await database.orm.select().from(waitingWindows)).map(({ sequence }) => sequence),
    });
    /** Energy that still counts, by device and by hour. */
    const counted = async () => {
      const ofHeads = (await database.orm.select().from(heads)).map((head) => head.exportedWh);
      const hours = await database.run('SELECT exported_wh FROM energy_hours', []);
      return [...ofHeads, hours.reduce((sum, [wh]) => sum + BigInt(String(wh)), 0n)];
    };
    assert.deepEqual(await read(), { batches: 1, judged: [3], waiting: [5] });
    assert.deepEqual(await counted(), [300n, 300n]);
    return { database, device, deviceNumber, windows, send, readAnew, read, counted };
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

  it('counts nothing more where the new chain credits nothing of what was credited', async () => {
    const { database, device, windows, readAnew, read, counted } = await setUp();
    const { header } = windows[1] ?? assert.fail();
    await saveCredited(database, device.deviceId, header);
    await readAnew(2);
    await disbelieve(database, NOW);
    assert.deepEqual((await read()).judged, [0]);
    assert.deepEqual(await counted(), [0n, 0n]);
  });

  it('counts nothing more of a device that was claimed anew at other registers', async () => {
    const { database, device, windows, readAnew, counted } = await setUp();
    const { header } = windows[1] ?? assert.fail();
    await saveCredited(database, device.deviceId, header);
    const claim = encodeClaim({ ...decodeClaim(device.claim), exportWh: 6_900n });
    await readAnew(1, {}, { ...device, claim, claimHash: claimHashOf(claim) });
    await disbelieve(database, NOW);
    assert.deepEqual(await counted(), [0n, 0n]);
  });

  it('counts on from what the new chain credits where it is less than was credited', async () => {
    const { database, device, windows, readAnew, read, counted } = await setUp();
    const [first = assert.fail(), second = assert.fail()] = windows;
    await saveCredited(database, device.deviceId, second.header);
    await readAnew(2);
    await saveCredited(database, device.deviceId, first.header);
    await disbelieve(database, NOW);
    assert.deepEqual((await read()).judged, [1]);
    assert.deepEqual(await counted(), [100n, 100n]);
  });

  it('counts nothing more of a meter that the new chain does not know of', async () => {
    const { database, device, deviceNumber, send, readAnew, read, counted } = await setUp();
    const { statement, signature } = device.replaceMeter({ exportWh: 5n, importWh: 0n, pause: 60 });
    const statementHash = meterReplacementHashOf(statement);
    const position = decodeMeterReplacement(statement);
    await saveReplacement(database, {
      ...{ deviceNumber, sequence: 3, receivedAt: NOW, statement, statementHash, signature },
    });
    await saveSignOff(database, statementHash, roles.validator.address, NOW);
    await moveHead(
      database,
      deviceNumber,
      { ...position, closedAt: position.replacedAt },
      statementHash,
    );
    await send(2);
    assert.deepEqual((await read()).judged, [5]);
    assert.deepEqual(await counted(), [500n, 500n]);
    await readAnew(1);
    await disbelieve(database, NOW);
    assert.deepEqual((await read()).judged, [0]);
    assert.deepEqual(await counted(), [0n, 0n]);
  });
});
