import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encodeWindow, type SealedWindow } from '@truetonne/protocol';
import { createTestDevice } from '../../../test/support/device.ts';
import { CLAIMED_AT, DOMAIN } from '../../../test/support/noChain.ts';
import { seedDevice, seedProject } from '../../../test/support/seed.ts';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import { readBookedAdjustments } from '../../store/adjustments.ts';
import { readBatches } from '../../store/batches.ts';
import type { Database, Session } from '../../store/database/database.ts';
import { readFindingsOf } from '../../store/judgement.ts';
import { dropSealedBatches } from '../../store/life.ts';
import { findProject } from '../../store/registry.ts';
import { saveCalibration, saveInvoice } from '../../store/statements.ts';
import { saveSubmission } from '../../store/submissions.ts';
import { insertWindows } from '../../store/windows.ts';
import { readBoundDevices } from '../judge/devices.ts';
import { judgeArrivals, type JudgeContext } from '../judge/judge.ts';
import { createRecentWindows } from '../judge/recent.ts';
import { readRuleBook } from '../judge/ruleBook.ts';
import { createPeriodCloser } from './close.ts';

const DAY = 86_400;
/** A midnight of the project, and the first one of a month. */
const START = CLAIMED_AT + 7 * 3_600;
const EVIDENCE = `0x${'e5'.repeat(32)}` as const;
const OWNER = `0x${'11'.repeat(20)}` as const;
const dayOf = (at: number): string => new Date((at - 7 * 3_600) * 1000).toISOString().slice(0, 10);

const device = createTestDevice({ domain: DOMAIN, claimedAt: START });
/** Two days by the hour, from eight to four. */
const windows = Array.from({ length: 48 }, (_, index) => {
  const hour = new Date((START + index * 3_600 - 7 * 3_600) * 1000).getUTCHours();
  const exportWh = hour >= 8 && hour < 16 ? 3_000n : 0n;
  return device.seal({ seconds: 3_600, exportWh, importWh: 10n });
});

const stated = { projectId: 1, evidence: EVIDENCE, supersedes: null, statedBy: OWNER, statedAt: 0 };

const state = async (session: Session): Promise<void> => {
  await saveCalibration(session, {
    ...{ ...stated, deviceNumber: 1, calibratedOn: '2010-01-01' },
    ...{ validUntil: dayOf(START - DAY), permissibleErrorE8: 500_000, foundErrorE8: null },
  });
  const day = dayOf(START + DAY);
  const energy = { exportWh: 0n, importWh: 0n };
  await saveInvoice(session, { ...stated, firstDay: day, lastDay: day, ...energy });
};

async function send(database: Database, order: readonly SealedWindow[]): Promise<void> {
  for (const window of order) {
    const bytes = encodeWindow(window);
    await insertWindows(database, [{ deviceNumber: 1, window, receivedAt: START, bytes }]);
  }
  await judgeArrivals(judgingIn(database), await readBoundDevices(database, readRuleBook()));
}

const judgingIn = (database: Database): JudgeContext => ({
  ...{ database, domain: DOMAIN, recent: createRecentWindows(), unfinished: new Set<number>() },
  ...{ now: () => START + 40 * DAY, waitSeconds: 60 },
});

async function sealOne(database: Database) {
  const closer = createPeriodCloser({
    ...judgingIn(database),
    ...{ graceSeconds: 60, batchRoom: 10_000 },
    files: { find: () => Promise.resolve(undefined), save: () => Promise.resolve() },
    periodOfProject: () => 'month',
    submitter: (await findProject(database, 1))?.submitter ?? assert.fail(),
  });
  await closer.closePeriods(await readBoundDevices(database, readRuleBook()), new Map());
  const all = { after: { projectId: 0, number: 0 }, limit: 9 };
  const [batch] = await readBatches(database, {}, all);
  return batch ?? assert.fail('nothing was sealed');
}

/** Of all windows: what was left out of each reading, by which batch. */
async function leftOut(database: Database) {
  const sequences = windows.map(({ header }) => header.sequence);
  const found = await readFindingsOf(database, 1, sequences);
  return found.filter(({ batchKey }) => batchKey !== null);
}

describeOnBothStores('what statements take from a batch', (store) => {
  const begin = async (): Promise<Database> => {
    const database = await store.empty();
    await seedProject(database, 1);
    await seedDevice(database, device, START, 1);
    return database;
  };

  it('is the same however statements and windows came before it was sealed', async () => {
    const first = await begin();
    await state(first);
    await send(first, windows);
    const batch = await sealOne(first);
    assert.ok(batch.deductedWh > 0n);
    const second = await begin();
    await send(second, [...windows].reverse());
    await state(second);
    const again = await sealOne(second);
    assert.deepEqual([again.fileDigest, again.deductedWh], [batch.fileDigest, batch.deductedWh]);
  });

  it('is free again when the batch is refused, and taken once by the next one', async () => {
    const database = await begin();
    await state(database);
    await send(database, windows);
    const { key, deductedWh } = await sealOne(database);
    const before = await leftOut(database);
    const refused = { phase: 'refused', code: 'CHAIN_RECORD_MISMATCH', detail: '' } as const;
    await saveSubmission(database, key, refused, START);
    assert.deepEqual(await readBookedAdjustments(database, 1), []);
    assert.deepEqual(await leftOut(database), []);
    const again = await sealOne(database);
    assert.notEqual(again.key, key);
    assert.equal(again.deductedWh, deductedWh);
    assert.equal((await leftOut(database)).length, before.length);
    const booked = await readBookedAdjustments(database, 1);
    assert.ok(booked.every((one) => one.dueWh === one.deductedWh));
  });

  it('goes with a batch that is taken back before it was signed', async () => {
    const database = await begin();
    await state(database);
    await send(database, windows);
    await sealOne(database);
    assert.equal(await dropSealedBatches(database, 1), 1);
    assert.deepEqual(await readBookedAdjustments(database, 1), []);
    assert.deepEqual(await leftOut(database), []);
  });

  it('is nothing where nothing is stated', async () => {
    const database = await begin();
    await send(database, windows);
    await sealOne(database);
    assert.deepEqual(await readBookedAdjustments(database, 1), []);
    assert.deepEqual(await leftOut(database), []);
  });
});
