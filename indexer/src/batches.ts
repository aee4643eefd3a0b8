import { creditBatchDown, decodeAdvance, splitBatchId } from '@truetonne/protocol';
import { eq } from 'ponder';
import { ponder, type Context, type Event } from 'ponder:registry';
import { batch, device, deviceBatch, deviceMonth, project, projectMonth } from 'ponder:schema';
import { batchStateOf } from '../model/batchStatus.ts';
import { monthOf } from '../model/month.ts';
import { addCredit, addEnergy, NO_CREDIT, NO_ENERGY, type Credited } from '../model/totals.ts';

type Db = Context['db'];
type Submitted = Event<'TonneRegistry:BatchSubmitted'>;

/** A submission emits one of these per device, then BatchSubmitted. */
ponder.on('TonneRegistry:DeviceAdvanced', async ({ event, context }) => {
  const { batchId } = event.args;
  const { deviceId, exportedWh, importedWh, closing: slot } = decodeAdvance(event.args);
  const { sequence, closedAt, exportWh, importWh } = slot;
  const closing = { sequence, closedAt, exportWh, importWh };
  await context.db
    .insert(deviceBatch)
    .values({ batchId, deviceId, exportedWh, importedWh, ...closing });
  await context.db
    .update(device, { id: deviceId })
    .set((row) => ({ ...closing, ...addEnergy(row, { exportedWh, importedWh }) }));
});

ponder.on('TonneRegistry:BatchSubmitted', async ({ event, context }) => {
  const { projectId, batchId } = event.args;
  const { utcOffsetMinutes, kind } = await creditProject(context.db, event);
  const month = monthOf(event.args.periodEnd, utcOffsetMinutes);
  const deviceCount = await addDeviceMonths(context.db, batchId, projectId, month);
  await insertBatch(context.db, event, { month, deviceCount, kind });
  await addProjectMonth(context.db, projectId, month, creditedOf(event));
});

/** All that the methodology version demands is there, or the batch was found wrong. */
ponder.on('TonneRegistry:BatchSettled', async ({ event, context }) => {
  const { batchId, status } = event.args;
  await context.db
    .update(batch, { id: batchId })
    .set({ state: batchStateOf(status), settledAt: Number(event.block.timestamp) });
});

/** @returns the project's row */
async function creditProject(db: Db, event: Submitted) {
  const { projectId, periodEnd, factorUgPerWh, openingDeficitWh, openingRemainderUg } = event.args;
  const credited = creditedOf(event);
  const { carry } = creditBatchDown({
    ...credited,
    factorUgPerWh: BigInt(factorUgPerWh),
    carry: { deficitWh: openingDeficitWh, remainderUg: BigInt(openingRemainderUg) },
  });
  return db
    .update(project, { id: projectId })
    .set((row) => ({ ...addCredit(row, credited), ...carry, lastPeriodEnd: periodEnd }));
}

/** @returns the number of devices in the batch */
async function addDeviceMonths(
  db: Db,
  batchId: bigint,
  projectId: number,
  month: string,
): Promise<number> {
  const parts = await db.sql.select().from(deviceBatch).where(eq(deviceBatch.batchId, batchId));
  for (const { deviceId, exportedWh, importedWh } of parts) {
    const energy = { exportedWh, importedWh };
    await db
      .insert(deviceMonth)
      .values({ deviceId, month, projectId, ...addEnergy(NO_ENERGY, energy) })
      .onConflictDoUpdate((row) => addEnergy(row, energy));
  }
  return parts.length;
}

async function insertBatch(
  db: Db,
  event: Submitted,
  derived: Pick<typeof batch.$inferInsert, 'month' | 'deviceCount' | 'kind'>,
) {
  const { batchId, factorUgPerWh, openingRemainderUg, ...submitted } = event.args;
  await db.insert(batch).values({
    ...submitted,
    id: batchId,
    number: splitBatchId(batchId).number,
    state: 'submitted',
    ...derived,
    factorUgPerWh: BigInt(factorUgPerWh),
    openingRemainderUg: BigInt(openingRemainderUg),
    blockNumber: event.block.number,
    submittedAt: Number(event.block.timestamp),
    transactionHash: event.transaction.hash,
  });
}

async function addProjectMonth(db: Db, projectId: number, month: string, credited: Credited) {
  await db
    .insert(projectMonth)
    .values({ projectId, month, ...addCredit(NO_CREDIT, credited) })
    .onConflictDoUpdate((row) => addCredit(row, credited));
}

function creditedOf({ args }: Submitted): Credited {
  const { exportedWh, importedWh, deductedWh, creditableWh, grams } = args;
  return { exportedWh, importedWh, deductedWh, creditableWh, grams };
}
