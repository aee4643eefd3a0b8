import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeWindow, type SealedWindow } from '@truetonne/protocol';
import fc from 'fast-check';
import { createTestDevice, type TestDevice } from '../../../test/support/device.ts';
import { readGaps } from '../../../test/support/realData.ts';
import { seedDevice, seedProject } from '../../../test/support/seed.ts';
import { describeOnBothStores, type TestStore } from '../../../test/support/stores.ts';
import {
  endCheckMeter,
  endPartedPairs,
  findCheckMeter,
  saveCheckMeter,
} from '../../store/checkMeters.ts';
import { findHead } from '../../store/judgement.ts';
import { saveHandOver } from '../../store/life.ts';
import { saveMethodology } from '../../store/methodologies.ts';
import { findDevice, saveBinding } from '../../store/registry.ts';
import { saveSetting } from '../../store/settings.ts';
import { findings, flags } from '../../store/tables/schema.ts';
import { insertWindows } from '../../store/windows.ts';
import { compareCheckMeters } from './checkMeters.ts';
import { readBoundDevices } from './devices.ts';
import { judgeArrivals, judgeOverdue } from './judge.ts';
import { createRecentWindows } from './recent.ts';
import { retractJudgement } from './retract.ts';
import { readRuleBook } from './ruleBook.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const RULES = readRuleBook();
const DAY = 86_400;
const WAIT = 7 * DAY;
/** Midnight of the plant, which is 7 h west of UTC. */
const MIDNIGHT = Date.parse('2016-08-01T00:00:00-07:00') / 1000;

/** A main meter of project 1 and the device that checks it, class 0.5. */
async function startPair(store: TestStore) {
  const database = await store.empty();
  const [gccm] = RULES.files;
  assert.ok(gccm);
  await saveSetting(database, 'domain', DOMAIN);
  await seedProject(database, 1);
  await saveMethodology(database, {
    ...{ id: 1, code: 'GCCM001', version: '4.0', parametersHash: gccm.hash },
  });
  const main = createTestDevice({ domain: DOMAIN, claimedAt: MIDNIGHT });
  const check = createTestDevice({ domain: DOMAIN, claimedAt: MIDNIGHT });
  const deviceNumber = await seedDevice(database, main, MIDNIGHT, 1);
  const checkNumber = await seedDevice(database, check, MIDNIGHT, undefined);
  await saveCheckMeter(database, { deviceNumber, checkNumber, accuracyClassE2: 50 }, MIDNIGHT);
  let now = MIDNIGHT;
  const context = {
    ...{ database, domain: DOMAIN, recent: createRecentWindows(), waitSeconds: WAIT },
    ...{ now: () => now, rules: RULES, unfinished: new Set<number>() },
  };
  return {
    ...{ context, database, main, check, deviceNumber, checkNumber },
    send: async (device: TestDevice, windows: readonly SealedWindow[]) => {
      const number = device === main ? deviceNumber : checkNumber;
      await insertWindows(
        database,
        windows.map((window) => ({
          ...{ deviceNumber: number, window, receivedAt: now },
          bytes: encodeWindow(window),
        })),
      );
    },
    /** Judges and compares as the oracle does in its rounds. */
    goOn: async (at: number) => {
      now = at;
      const bound = await readBoundDevices(database, RULES);
      while (await judgeArrivals(context, bound));
      while (await judgeOverdue(context, bound));
      while (await compareCheckMeters(context));
    },
    flagged: async () => {
      const rows = await database.orm.select().from(flags).orderBy(flags.sequence);
      return rows
        .filter(({ reason }) => reason === 'CHECK_METER_MISMATCH')
        .map(({ sequence, readingIndex, at }) => ({ sequence, readingIndex, at }));
    },
  };
}
type Pair = Awaited<ReturnType<typeof startPair>>;

/** Seals four windows of 6 h that export `wh` in all. */
function sealDay(device: TestDevice, wh: bigint): readonly SealedWindow[] {
  return [0n, wh / 2n, wh - wh / 2n, 0n].map((exportWh) =>
    device.seal({ seconds: 6 * 3600, exportWh }),
  );
}

/** Days on which the check meter shows more: none, 0.9 %, 1 %, and 1.2 % less. */
const SHOWN: readonly (readonly [bigint, bigint])[] = [
  ...([[40_000n, 40_000n]] as const),
  ...([[40_000n, 40_360n]] as const),
  ...([[40_000n, 40_400n]] as const),
  ...([[40_000n, 39_520n]] as const),
];
const sealAll = ({ main, check }: Pair) => ({
  ofMain: [...SHOWN, [0n, 0n] as const].flatMap(([wh]) => sealDay(main, wh)),
  ofCheck: [...SHOWN, [0n, 0n] as const].flatMap(([, wh]) => sealDay(check, wh)),
});
/** The last window of the third and the fourth day; the first day is where both begin. */
const EXPECTED = [3, 4].map((day) => ({
  ...{ sequence: 4 * day, readingIndex: 0, at: MIDNIGHT + day * DAY },
}));

describeOnBothStores('comparing a main meter with its check meter', (store) => {
  it('flags the days on which they differ by twice the accuracy class or more', async () => {
    const pair = await startPair(store);
    const { ofMain, ofCheck } = sealAll(pair);
    await pair.send(pair.main, ofMain);
    await pair.send(pair.check, ofCheck);
    await pair.goOn(MIDNIGHT + 5 * DAY);
    assert.deepEqual(await pair.flagged(), EXPECTED);
  });

  it('is over when one of the two goes to another owner', async () => {
    const pair = await startPair(store);
    const { ofMain, ofCheck } = sealAll(pair);
    await pair.send(pair.main, ofMain);
    await pair.send(pair.check, ofCheck);
    await saveHandOver(pair.database, pair.check.deviceId, `0x${'7'.repeat(40)}`);
    await pair.goOn(MIDNIGHT + 5 * DAY);
    assert.deepEqual(await pair.flagged(), []);
  });

  it('has compared nothing before the first day is whole', async () => {
    const pair = await startPair(store);
    await pair.send(pair.main, sealDay(pair.main, 40_000n).slice(0, 2));
    await pair.goOn(MIDNIGHT + DAY / 2);
    const row = await findCheckMeter(pair.database, pair.deviceNumber);
    assert.equal(row?.comparedUntil, null);
  });

  it('comes to the same in whatever order the windows of both come', async () => {
    const places = Array.from({ length: 40 }, (_, index) => index);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(places, { minLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (order, size) => {
          const pair = await startPair(store);
          const { ofMain, ofCheck } = sealAll(pair);
          for (let at = 0; at < order.length; at += size) {
            const some = order.slice(at, at + size);
            await pair.send(
              pair.main,
              some.flatMap((place) => ofMain[place] ?? []),
            );
            await pair.send(
              pair.check,
              some.flatMap((place) => ofCheck[place - 20] ?? []),
            );
            await pair.goOn(MIDNIGHT + 5 * DAY);
          }
          assert.deepEqual(await pair.flagged(), EXPECTED);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('waits for windows that are missing, and for no longer than judging does', async () => {
    const pair = await startPair(store);
    const { ofMain, ofCheck } = sealAll(pair);
    await pair.send(pair.main, ofMain);
    await pair.send(pair.check, ofCheck.slice(0, 10).concat(ofCheck.slice(11)));
    const until = async () =>
      (await findCheckMeter(pair.database, pair.deviceNumber))?.comparedUntil;
    await pair.goOn(MIDNIGHT + 5 * DAY);
    assert.deepEqual([await until(), await pair.flagged()], [MIDNIGHT + 2 * DAY, []]);
    await pair.goOn(MIDNIGHT + 3 * DAY + WAIT);
    assert.equal(await until(), MIDNIGHT + 5 * DAY);
    assert.deepEqual(await pair.flagged(), EXPECTED);
  });

  it('compares over the days between when one of them was silent for a day', async () => {
    const pair = await startPair(store);
    const { main, check } = pair;
    await pair.send(
      main,
      [100n, 200n, 300n, 0n].flatMap((wh) => sealDay(main, wh)),
    );
    const [first] = [sealDay(check, 100n)];
    await pair.send(check, first ?? []);
    // Its register went on; its windows say nothing of the second day.
    await pair.send(check, [
      check.seal({ pause: DAY, seconds: 12 * 3600, exportWh: 500n }),
      check.seal({ seconds: 12 * 3600, exportWh: 0n }),
      check.seal({ seconds: DAY, exportWh: 0n }),
    ]);
    await pair.goOn(MIDNIGHT + 4 * DAY);
    assert.deepEqual(await pair.flagged(), []);
  });

  it('compares anew what was judged anew, and flags each day once', async () => {
    const pair = await startPair(store);
    const { ofMain, ofCheck } = sealAll(pair);
    await pair.send(pair.main, ofMain);
    await pair.send(pair.check, ofCheck);
    await pair.goOn(MIDNIGHT + 5 * DAY);
    const row = (await readBoundDevices(pair.database, RULES)).get(pair.deviceNumber)?.row;
    assert.ok(row);
    await pair.database.transaction((session) => retractJudgement(session, row, 13));
    assert.deepEqual(await pair.flagged(), EXPECTED.slice(0, 1));
    await pair.goOn(MIDNIGHT + 5 * DAY + WAIT);
    assert.deepEqual(await pair.flagged(), EXPECTED);
  });

  it('finds nothing in a month of a real inverter at 0.4 %, and every day at 1.1 %', async () => {
    for (const [perMille, days] of [
      [4n, 0],
      [11n, 30],
    ] as const) {
      const pair = await startPair(store);
      const { main, check } = pair;
      const powers = readGaps().slice(0, 31 * 288);
      const daily = Array.from({ length: 32 }, (_, day) =>
        powers.slice(day * 288, (day + 1) * 288).reduce((sum, { powerW }) => sum + powerW / 12, 0),
      ).map((wh) => BigInt(Math.round(wh)));
      await pair.send(
        main,
        daily.flatMap((wh) => sealDay(main, wh)),
      );
      const high = (wh: bigint): bigint => (wh * (1_000n + perMille)) / 1_000n;
      await pair.send(
        check,
        daily.flatMap((wh) => sealDay(check, high(wh))),
      );
      await pair.goOn(MIDNIGHT + 32 * DAY);
      assert.equal((await pair.flagged()).length, days);
    }
  });
});

describeOnBothStores('a check meter that is bound to a project', (store) => {
  /** Sequences of the check meter that are left out because it checks, after it was bound. */
  const leftOut = async ({ database, check, goOn }: Pair) => {
    await saveBinding(database, check.deviceId, { projectId: 1, capacityW: 6_000n, boundAt: 0 });
    await goOn(MIDNIGHT + 3 * DAY);
    const rows = await database.orm.select().from(findings).orderBy(findings.sequence);
    return rows
      .filter(({ reason }) => reason === 'CHECK_METER_NOT_CREDITED')
      .map(({ sequence }) => sequence);
  };

  it('counts for nothing while the pair stands', async () => {
    const pair = await startPair(store);
    await pair.send(pair.check, sealDay(pair.check, 4_000n));
    assert.deepEqual(await leftOut(pair), [1, 2, 3, 4]);
    const head = await findHead(pair.database, pair.checkNumber);
    assert.deepEqual([head?.exportedWh, head?.deductedWh], [4_000n, 4_000n]);
  });

  it('counts from when the pair ended, but for the window that began before', async () => {
    const pair = await startPair(store);
    await endCheckMeter(pair.database, pair.deviceNumber, MIDNIGHT + DAY / 2 + 1);
    await pair.send(pair.check, sealDay(pair.check, 4_000n));
    assert.deepEqual(await leftOut(pair), [1, 2, 3]);
  });

  it('counts from when another one was named in its place', async () => {
    const pair = await startPair(store);
    const { database, deviceNumber, check } = pair;
    const other = createTestDevice({ domain: DOMAIN, claimedAt: MIDNIGHT });
    const checkNumber = await seedDevice(database, other, MIDNIGHT, undefined);
    const named = { deviceNumber, checkNumber, accuracyClassE2: 50 };
    await saveCheckMeter(database, named, MIDNIGHT + DAY / 4);
    await pair.send(check, sealDay(check, 4_000n));
    assert.deepEqual(await leftOut(pair), [1]);
    assert.ok(((await findDevice(database, other.deviceId))?.checksUntil ?? 0) > MIDNIGHT + DAY);
  });

  it('counts from when one of the two went to another owner; a pair of one owner goes on', async () => {
    const pair = await startPair(store);
    const { database, check, deviceNumber } = pair;
    await endPartedPairs(database, MIDNIGHT + 1);
    assert.ok(await findCheckMeter(database, deviceNumber));
    await saveHandOver(database, check.deviceId, `0x${'77'.repeat(20)}`);
    await endPartedPairs(database, MIDNIGHT + DAY / 4);
    assert.equal(await findCheckMeter(database, deviceNumber), undefined);
    await pair.send(check, sealDay(check, 4_000n));
    assert.deepEqual(await leftOut(pair), [1]);
  });
});
