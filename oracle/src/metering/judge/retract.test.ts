import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeWindow } from '@truetonne/protocol';
import { countAsked } from '../../../test/support/countedDatabase.ts';
import { createTestDevice } from '../../../test/support/device.ts';
import { seedDevice, seedProject } from '../../../test/support/seed.ts';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import { dropSealedBatches, saveFreeze, saveHandOver } from '../../store/life.ts';
import { findDevice, findProject, saveBinding } from '../../store/registry.ts';
import { readEnergy, readProjectDays } from '../../store/rollups.ts';
import { saveSetting } from '../../store/settings.ts';
import {
  batchDevices,
  batches,
  findings,
  flags,
  heads,
  missedWindows,
  waitingWindows,
} from '../../store/tables/schema.ts';
import { insertWindows } from '../../store/windows.ts';
import { BATCH_ROOM, sealNext } from '../batches/seal.ts';
import { readBoundDevices } from './devices.ts';
import { judgeArrivals, judgeDevice } from './judge.ts';
import { createRecentWindows } from './recent.ts';
import { retractJudgement } from './retract.ts';
import { readRuleBook } from './ruleBook.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
/** In the evening of the projects, when it is the next day in UTC. */
const CLAIMED_AT = Date.parse('2016-06-01T18:00:00-07:00') / 1000;
const NOW = 1_500_000_000;
const NEW_OWNER = `0x${'99'.repeat(20)}` as const;
const ALWAYS = { from: 0, to: 2 ** 40 };
const RULES = readRuleBook();
/** Tables that tell of windows of a device. */
type Told = typeof findings | typeof flags | typeof missedWindows | typeof waitingWindows;

describeOnBothStores('taking a judgement back', (store) => {
  /** Two devices of project 1, each with five judged windows, one reading of each left out. */
  async function setUp() {
    const database = await store.empty();
    await saveSetting(database, 'domain', DOMAIN);
    await seedProject(database, 1);
    await seedProject(database, 2, { utcOffsetMinutes: 330 });
    const context = {
      ...{ database, domain: DOMAIN, recent: createRecentWindows() },
      ...{ now: () => NOW, waitSeconds: 1_000, unfinished: new Set<number>() },
    };
    const devices = [1, 2].map(() => createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT }));
    for (const device of devices) {
      const deviceNumber = await seedDevice(database, device, CLAIMED_AT, 1);
      const windows = Array.from({ length: 5 }, (_, index) =>
        device.seal({ fields: index === 3 ? { ambientMc: -999_000n } : {}, flags: 2 }),
      );
      const sent = windows.map((window) => ({
        ...{ deviceNumber, window, bytes: encodeWindow(window), receivedAt: NOW },
      }));
      await insertWindows(database, sent);
    }
    await judgeArrivals(context, await readBoundDevices(database, RULES));
    const rowOf = async (place: number) => {
      const deviceId = devices[place]?.deviceId ?? assert.fail();
      return (await findDevice(database, deviceId)) ?? assert.fail();
    };
    return { database, context, rowOf };
  }

  it('leaves everything as it was before, and judging again brings it back', async () => {
    const { database, context, rowOf } = await setUp();
    const read = async () => ({
      heads: await database.orm.select().from(heads).orderBy(heads.deviceNumber),
      findings: (await database.orm.select().from(findings)).map((row) => ({ ...row, id: 0 })),
      flags: await database.orm.select().from(flags),
      days: await readProjectDays(database, 1, 0, 2 ** 40),
    });
    const judged = await read();
    const device = await rowOf(1);
    await database.transaction((session) => retractJudgement(session, device, 2));
    const [, head] = (await read()).heads;
    assert.deepEqual(
      [head?.lastSequence, head?.windows, head?.exportedWh, head?.deductedWh],
      [2, 2, 200n, 0n],
    );
    const [month] = await readEnergy(database, device.number, 'month', ALWAYS, 9);
    assert.deepEqual([month?.readings, month?.exportedWh, month?.deductedWh], [2, 200n, 0n]);
    const bound = (await readBoundDevices(database, RULES)).get(device.number);
    await judgeDevice(context, bound ?? assert.fail(), 0);
    const again = await read();
    const bySequence = (rows: readonly { deviceNumber: number; sequence: number }[]) =>
      [...rows].sort((a, b) => (a.deviceNumber - b.deviceNumber) * 1_000 + a.sequence - b.sequence);
    assert.deepEqual(again.heads, judged.heads);
    assert.deepEqual(again.days, judged.days);
    assert.deepEqual(bySequence(again.findings), bySequence(judged.findings));
    assert.deepEqual(bySequence(again.flags), bySequence(judged.flags));
  });

  it('forgets what was found of the windows after it, and of no other', async () => {
    const { database, rowOf } = await setUp();
    const device = await rowOf(1);
    const { orm } = database;
    const at = (sequence: number) => ({ deviceNumber: device.number, sequence });
    // None of the windows that came: those would not be measured.
    await orm.insert(missedWindows).values([at(0), at(6)]);
    const flagged = { readingIndex: 0, reason: 'CLOCK_DRIFT', at: CLAIMED_AT };
    await orm.insert(flags).values([1, 2, 3, 5].map((one) => ({ ...at(one), ...flagged })));
    const sequencesIn = async (table: Told) => {
      const rows = await orm.select().from(table);
      const own = rows.filter(({ deviceNumber }) => deviceNumber === device.number);
      return [...new Set(own.map(({ sequence }) => sequence))].sort();
    };
    assert.deepEqual(await sequencesIn(findings), [4]);
    await database.transaction((session) => retractJudgement(session, device, 2));
    const after = await Promise.all([findings, flags, missedWindows].map(sequencesIn));
    assert.deepEqual(after, [[], [1, 2], [0]]);
    assert.deepEqual(await sequencesIn(waitingWindows), [3, 4, 5], 'they are to be judged again');
  });

  it('holds no more than a page of windows, however many are taken back', async () => {
    const { database, context } = await setUp();
    const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
    const deviceNumber = await seedDevice(database, device, CLAIMED_AT, 1);
    const sent = Array.from({ length: 2_300 }, () => {
      const window = device.seal({ flags: 2 });
      return { deviceNumber, window, bytes: encodeWindow(window), receivedAt: NOW };
    });
    await insertWindows(database, sent);
    while (await judgeArrivals(context, await readBoundDevices(database, RULES)));
    const row = (await findDevice(database, device.deviceId)) ?? assert.fail();
    const before = await readProjectDays(database, 1, 0, 2 ** 40);
    const { database: counted, asked } = countAsked(database);
    await counted.transaction((session) => retractJudgement(session, row, 0));
    assert.ok(asked().mostRows <= 1_000, String(asked().mostRows));
    const head = (await database.orm.select().from(heads)).find(
      (one) => one.deviceNumber === deviceNumber,
    );
    assert.deepEqual([head?.windows, head?.exportedWh, head?.lastSequence], [0, 0n, 0]);
    const sum = (days: typeof before) => days.reduce((wh, one) => wh + one.exportedWh, 0n);
    assert.equal(sum(before) - sum(await readProjectDays(database, 1, 0, 2 ** 40)), 230_000n);
  });

  it("moves a device's energy to the project that it goes to", async () => {
    const { database, context, rowOf } = await setUp();
    const device = await rowOf(0);
    await database.transaction(async (session) => {
      await retractJudgement(session, device, 0);
      await saveHandOver(session, device.deviceId, NEW_OWNER);
    });
    const sumOf = async (projectId: number): Promise<bigint> =>
      (await readProjectDays(database, projectId, 0, 2 ** 40)).reduce(
        (sum, { exportedWh }) => sum + exportedWh,
        0n,
      );
    assert.deepEqual([await sumOf(1), await sumOf(2)], [500n, 0n]);
    await saveBinding(database, device.deviceId, { projectId: 2, capacityW: 6_000n, boundAt: 0 });
    const bound = (await readBoundDevices(database, RULES)).get(device.number);
    await judgeDevice(context, bound ?? assert.fail(), 0);
    assert.deepEqual([await sumOf(1), await sumOf(2)], [500n, 500n]);
  });

  it('seals a batch anew without a device that was frozen before it was sent', async () => {
    const { database, context, rowOf } = await setUp();
    const files = { save: () => Promise.resolve(), find: () => Promise.resolve(undefined) };
    const seal = async (): Promise<void> => {
      const project = (await findProject(database, 1)) ?? assert.fail();
      const devices = [...(await readBoundDevices(database, RULES)).values()];
      await sealNext({ ...context, files, batchRoom: BATCH_ROOM }, project, devices, {
        start: 0,
        end: NOW,
      });
    };
    const held = async () =>
      (await database.orm.select().from(batchDevices)).map(({ deviceNumber }) => deviceNumber);
    await seal();
    assert.equal((await held()).length, 2);
    const device = await rowOf(0);
    assert.equal(await dropSealedBatches(database, device.number), 1);
    await saveFreeze(database, device.deviceId, 3);
    assert.deepEqual(await database.orm.select().from(batches), []);
    await seal();
    assert.deepEqual(await held(), [(await rowOf(1)).number]);
  });
});
