import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeWindow, type SealedWindow } from '@truetonne/protocol';
import { asc } from 'drizzle-orm';
import fc from 'fast-check';
import { createTestDevice, type SealStep } from '../../../test/support/device.ts';
import { seedDevice, seedProject } from '../../../test/support/seed.ts';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import type { Database } from '../../store/database/database.ts';
import { findProject, saveBinding, saveCredited } from '../../store/registry.ts';
import {
  batches,
  energyDays,
  energyHours,
  energyMonths,
  findings,
  flags,
  heads,
  missedWindows,
  projectDays,
  waitingWindows,
} from '../../store/tables/schema.ts';
import { insertWindows } from '../../store/windows.ts';
import { BATCH_ROOM, sealNext } from '../batches/seal.ts';
import type { AcceptedWindow } from '../ingest/writer.ts';
import { readBoundDevices } from './devices.ts';
import { judgeArrivals, judgeDevice, judgeOverdue } from './judge.ts';
import { createRecentWindows } from './recent.ts';
import { readRuleBook } from './ruleBook.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const CLAIMED_AT = Date.parse('2016-12-31T22:00:00-07:00') / 1000;
const FAR_FUTURE = 2 ** 39;
const NOW = 2_000_000_000;
const WAIT = 1_000;
const RULES = readRuleBook();

/** What judgement left in the store. */
async function readJudgement({ orm }: Database) {
  return {
    heads: await orm.select().from(heads).orderBy(asc(heads.deviceNumber)),
    hours: await orm
      .select()
      .from(energyHours)
      .orderBy(asc(energyHours.deviceNumber), asc(energyHours.startsAt)),
    days: await orm.select().from(energyDays).orderBy(asc(energyDays.startsAt)),
    months: await orm.select().from(energyMonths).orderBy(asc(energyMonths.startsAt)),
    project: await orm.select().from(projectDays).orderBy(asc(projectDays.startsAt)),
    waiting: await orm.select().from(waitingWindows).orderBy(asc(waitingWindows.sequence)),
    flags: await orm.select().from(flags).orderBy(asc(flags.sequence), asc(flags.reason)),
    missed: await orm.select().from(missedWindows),
    findings: (
      await orm.select().from(findings).orderBy(asc(findings.sequence), asc(findings.readingIndex))
    ).map((finding) => ({ ...finding, id: 0 })),
  };
}

function contextOf(database: Database) {
  const recent = createRecentWindows();
  return {
    database,
    domain: DOMAIN,
    recent,
    now: () => NOW,
    waitSeconds: WAIT,
    unfinished: new Set<number>(),
  };
}
type Context = ReturnType<typeof contextOf>;

/** Stores windows as one request; `remembered` as the service does, which keeps them in memory too. */
async function arrive(
  { database, recent }: Context,
  deviceNumber: number,
  windows: readonly SealedWindow[],
  remembered: boolean,
  receivedAt = NOW,
): Promise<void> {
  const sent = windows.map((window) => ({
    ...{ deviceNumber, window, receivedAt },
    bytes: encodeWindow(window),
  }));
  const stored = await insertWindows(database, sent);
  const accepted: AcceptedWindow[] = sent.flatMap((one, index) => {
    const result = stored[index];
    return result?.status === 'accepted' ? [{ ...one, id: result.id }] : [];
  });
  if (remembered) recent.add(accepted);
}

async function judgeAll(context: Context): Promise<void> {
  while (await judgeArrivals(context, await readBoundDevices(context.database, RULES)));
}

/** Seals all that was judged; answers what names the batch. */
async function sealAll(context: Context) {
  const { database } = context;
  const files = { save: () => Promise.resolve(), find: () => Promise.resolve(undefined) };
  const project = await findProject(database, 1);
  const devices = [...(await readBoundDevices(database, RULES)).values()];
  assert.ok(project);
  await sealNext({ ...context, files, batchRoom: BATCH_ROOM }, project, devices, {
    start: 0,
    end: FAR_FUTURE,
  });
  const { root, fileDigest, deductedWh } = batches;
  return database.orm.select({ root, fileDigest, deductedWh }).from(batches);
}

async function closeAll(context: Context): Promise<void> {
  for (const device of (await readBoundDevices(context.database, RULES)).values()) {
    await judgeDevice(context, device, FAR_FUTURE);
  }
}

const step: fc.Arbitrary<SealStep> = fc.record(
  {
    exportWh: fc.bigInt({ min: -20n, max: 2_000n }),
    seconds: fc.integer({ min: 60, max: 4_000 }),
    count: fc.constantFrom(1, 1, 3),
    pause: fc.constantFrom(0, 0, 0, 700),
    fields: fc.constantFrom({}, {}, { ambientMc: -999_000n }, { activePowerMw: 9_000_000n }),
    flags: fc.constantFrom(0, 0, 2),
  },
  { requiredKeys: ['exportWh', 'count'] },
);

/** Registers of a window with several readings must not fall within it. */
function toStep(sent: SealStep): SealStep {
  const falls = (sent.exportWh ?? 0n) < 0n;
  return falls ? { ...sent, count: 1 } : sent;
}

describeOnBothStores('judging what arrived', (store) => {
  async function setUp() {
    const database = await store.empty();
    await seedProject(database, 1);
    const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
    const deviceNumber = await seedDevice(database, device, CLAIMED_AT, 1);
    return { context: contextOf(database), database, device, deviceNumber };
  }

  it('comes to the same judgement in whatever order and portions windows arrive', async () => {
    const scenario = fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 9 }),
      order: fc.array(fc.nat(1_000), { minLength: 18, maxLength: 18 }),
      twice: fc.nat(4),
      portions: fc.array(
        fc.record({
          size: fc.integer({ min: 1, max: 4 }),
          judged: fc.boolean(),
          remembered: fc.boolean(),
        }),
        {
          minLength: 9,
          maxLength: 9,
        },
      ),
      lost: fc.option(fc.nat(8), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ steps, order, twice, portions, lost }) => {
        const sealer = createTestDevice({
          domain: DOMAIN,
          claimedAt: CLAIMED_AT,
          exportWh: 1_000n,
        });
        const windows = steps
          .map((one) => sealer.seal(toStep(one)))
          .filter((_, index) => index !== lost);
        const shuffled = [...windows, ...windows.slice(0, twice)]
          .map((window, index) => ({ window, key: order[index] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ window }) => window);

        const judgeInOrder = async (
          arriving: readonly SealedWindow[],
          inPortions: typeof portions,
        ) => {
          const database = await store.empty();
          await seedProject(database, 1);
          const deviceNumber = await seedDevice(database, sealer, CLAIMED_AT, 1);
          const context = contextOf(database);
          let start = 0;
          for (const { size, judged, remembered } of inPortions) {
            await arrive(context, deviceNumber, arriving.slice(start, start + size), remembered);
            start += size;
            if (judged) await judgeAll(context);
          }
          await arrive(context, deviceNumber, arriving.slice(start), false);
          await judgeAll(context);
          await closeAll(context);
          const judgement = await readJudgement(database);
          return { ...judgement, batch: await sealAll(context) };
        };
        const all = [{ size: windows.length, judged: true, remembered: false }];
        const portioned = await judgeInOrder(shuffled, portions);
        assert.deepEqual(portioned, await judgeInOrder(windows, all));
        const [head] = portioned.heads;
        const total = portioned.hours.reduce((sum, hour) => sum + hour.exportedWh, 0n);
        assert.equal(total, head?.exportedWh ?? 0n);
        for (const rollup of [portioned.days, portioned.months, portioned.project]) {
          const sum = rollup.reduce((exported, { exportedWh }) => exported + exportedWh, 0n);
          assert.equal(sum, total);
        }
        assert.equal(head?.windows ?? 0, windows.length);
      }),
      { numRuns: 10 },
    );
  });

  it('waits behind a gap, goes on when it is filled, and calls late what a closed gap left out', async () => {
    const { context, database, device, deviceNumber } = await setUp();
    const [first, second, third, fourth, fifth] = Array.from({ length: 5 }, () => device.seal());
    assert.ok(first && second && third && fourth && fifth);
    const lastJudged = async () => (await readJudgement(database)).heads[0]?.lastSequence;
    await arrive(context, deviceNumber, [first, third], true);
    await judgeAll(context);
    assert.equal(await lastJudged(), 1);
    await arrive(context, deviceNumber, [second], true);
    await judgeAll(context);
    assert.equal(await lastJudged(), 3);
    await arrive(context, deviceNumber, [fifth], true);
    await judgeAll(context);
    await closeAll(context);
    assert.equal(await lastJudged(), 5);
    await arrive(context, deviceNumber, [fourth], true);
    await judgeAll(context);
    const { missed, findings: found } = await readJudgement(database);
    assert.deepEqual(missed, [{ deviceNumber, sequence: 4 }]);
    assert.deepEqual(
      found.map(({ sequence, reason }) => [sequence, reason]),
      [[5, 'SEQUENCE_GAP']],
    );
  });

  it('waits visibly to the deadline, then judges the gap as one', async () => {
    const { context, database, device, deviceNumber } = await setUp();
    const [first, , third] = Array.from({ length: 3 }, () => device.seal());
    assert.ok(first && third);
    await arrive(context, deviceNumber, [first, third], false);
    await judgeAll(context);
    const bound = await readBoundDevices(database, RULES);
    assert.deepEqual((await readJudgement(database)).waiting, [
      { deviceNumber, sequence: 3, receivedAt: NOW },
    ]);
    await judgeOverdue({ ...context, now: () => NOW + WAIT - 1 }, bound);
    assert.equal((await readJudgement(database)).waiting.length, 1);
    await judgeOverdue({ ...context, now: () => NOW + WAIT }, bound);
    const judged = await readJudgement(database);
    assert.deepEqual(judged.waiting, []);
    assert.deepEqual(
      judged.findings.map(({ sequence, reason }) => [sequence, reason]),
      [[3, 'SEQUENCE_GAP']],
    );
  });

  it('judges a gap whose window waited to the end, and waits on behind the next one', async () => {
    const { context, database, device, deviceNumber } = await setUp();
    const windows = Array.from({ length: 6 }, () => device.seal());
    const [, second, , fourth, , sixth] = windows;
    assert.ok(second && fourth && sixth);
    await arrive(context, deviceNumber, [second, fourth], false);
    await judgeAll(context);
    const later = { ...context, now: () => NOW + WAIT };
    await arrive(context, deviceNumber, [sixth], false, NOW + 1);
    await judgeAll(later);
    await judgeOverdue(later, await readBoundDevices(database, RULES));
    const { heads: rows, waiting } = await readJudgement(database);
    assert.deepEqual([rows[0]?.lastSequence, waiting.map(({ sequence }) => sequence)], [4, [6]]);
  });

  it('stores each window once when two workers send the same ones at the same time', async () => {
    const { context, database, device, deviceNumber } = await setUp();
    const windows = Array.from({ length: 40 }, () => device.seal());
    const portions = Array.from({ length: 10 }, (_, index) =>
      windows.slice(index * 4, index * 4 + 4),
    );
    await Promise.all([
      ...portions.map((portion) => arrive(context, deviceNumber, portion, false)),
      ...portions.toReversed().map((portion) => arrive(context, deviceNumber, portion, false)),
      judgeAll(context),
    ]);
    await judgeAll(context);
    const { heads: rows, waiting, missed, findings: found } = await readJudgement(database);
    assert.deepEqual([rows[0]?.windows, rows[0]?.lastSequence], [40, 40]);
    assert.deepEqual([waiting, missed, found], [[], [], []]);
  });

  it('judges a long row that came backwards in several turns, and all of it', async () => {
    const { context, database, device, deviceNumber } = await setUp();
    const windows = Array.from({ length: 5_600 }, () => device.seal({ seconds: 60, exportWh: 1n }));
    await arrive(context, deviceNumber, windows.toReversed(), false);
    await judgeAll(context);
    const halfway = (await readJudgement(database)).heads[0]?.lastSequence ?? 0;
    assert.ok(halfway > 0 && halfway < 5_600, String(halfway));
    const bound = await readBoundDevices(database, RULES);
    while (await judgeOverdue(context, bound));
    const { heads: rows, waiting } = await readJudgement(database);
    assert.deepEqual([rows[0]?.windows, rows[0]?.exportedWh, waiting], [5_600, 5_600n, []]);
  });

  it('closes gaps only before windows of the period that is being closed', async () => {
    const { context, database, device, deviceNumber } = await setUp();
    const windows = Array.from({ length: 5 }, () => device.seal());
    const [first, , third, , fifth] = windows;
    assert.ok(first && third && fifth);
    await arrive(context, deviceNumber, [first, third, fifth], false);
    await judgeAll(context);
    for (const bound of (await readBoundDevices(database, RULES)).values()) {
      await judgeDevice(context, bound, third.header.closedAt);
    }
    assert.equal((await readJudgement(database)).heads[0]?.lastSequence, 3);
  });

  it('judges what a device sent before it was bound, once it is', async () => {
    const { context, database } = await setUp();
    const unbound = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
    const number = await seedDevice(database, unbound, CLAIMED_AT, undefined);
    await arrive(context, number, [unbound.seal(), unbound.seal()], true);
    await judgeAll(context);
    assert.deepEqual((await readJudgement(database)).heads, []);
    await saveBinding(database, unbound.deviceId, { projectId: 1, capacityW: 6_000n, boundAt: 0 });
    const bound = (await readBoundDevices(database, RULES)).get(number);
    assert.ok(bound);
    await judgeDevice(context, bound, 0);
    assert.equal((await readJudgement(database)).heads[0]?.windows, 2);
  });

  it('begins where another oracle had credited the device', async () => {
    const { context, database, device, deviceNumber } = await setUp();
    const windows = Array.from({ length: 3 }, () => device.seal());
    const [, second, third] = windows;
    assert.ok(second && third);
    const { sequence, closedAt, exportWh, importWh } = second.header;
    await saveCredited(database, device.deviceId, { sequence, closedAt, exportWh, importWh });
    await arrive(context, deviceNumber, [third], true);
    await judgeAll(context);
    const { heads: rows, findings: found } = await readJudgement(database);
    assert.deepEqual([rows[0]?.lastSequence, rows[0]?.exportedWh, found.length], [3, 100n, 0]);
  });
});
