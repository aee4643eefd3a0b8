import { splitCreditId } from '@truetonne/protocol';
import { ponder, type Context, type Event } from 'ponder:registry';
import { batch, cancellation, certificateBalance, draw, energyCertificate } from 'ponder:schema';
import { NO_CERTIFICATES } from '../model/books.ts';
import { movementsOf, transferKindOf, type Movement } from '../model/transfer.ts';
import { placeOf } from './place.ts';

const WH_PER_CERTIFICATE = 1_000_000n;
type TransferEvent = Event<'EnergyCertificate:TransferSingle' | 'EnergyCertificate:TransferBatch'>;

ponder.on('TonneRegistry:EnergyMinted', async ({ event, context }) => {
  const { batchId, owner, certificateId, creditableWh, certificates, firstSerial } = event.args;
  const { at: mintedAt, transactionHash: mintTransactionHash } = placeOf(event);
  await context.db
    .update(batch, { id: batchId })
    .set({ state: 'minted', mintedTo: owner, firstSerial, mintedAt, mintTransactionHash });
  const carriedWh = creditableWh - certificates * WH_PER_CERTIFICATE;
  await context.db
    .insert(energyCertificate)
    .values({
      id: certificateId,
      ...splitCreditId(certificateId),
      ...NO_CERTIFICATES,
      minted: certificates,
      remainderWh: carriedWh,
    })
    .onConflictDoUpdate((row) => ({
      minted: row.minted + certificates,
      remainderWh: row.remainderWh + carriedWh,
    }));
});

ponder.on('EnergyCertificate:Cancelled', async ({ event, context }) => {
  const { cancellationId, ...cancelled } = event.args;
  await context.db
    .insert(cancellation)
    .values({ id: cancellationId, ...cancelled, ...placeOf(event) });
  await context.db
    .update(energyCertificate, { id: cancelled.certificateId })
    .set((row) => ({ cancelled: row.cancelled + cancelled.certificates }));
});

ponder.on('EnergyCertificate:Voided', async ({ event, context }) => {
  const { certificateId, certificates, remainderWh } = event.args;
  const drawn = { fromHolder: certificates, fromBuffer: 0n };
  const { hash: transactionHash } = event.transaction;
  await context.db
    .insert(draw)
    .values({ transactionHash, kind: 'energy', creditId: certificateId, ...drawn })
    .onConflictDoUpdate(drawn);
  await context.db
    .update(energyCertificate, { id: certificateId })
    .set((row) => ({ voided: row.voided + certificates, remainderWh }));
});

ponder.on('EnergyCertificate:TransferSingle', async ({ event, context }) => {
  const { id, value } = event.args;
  const movements = movementsOf([id], [value], event.transaction.hash, event.log.logIndex);
  await move(context.db, event, movements);
});

ponder.on('EnergyCertificate:TransferBatch', async ({ event, context }) => {
  const { ids, values } = event.args;
  const movements = movementsOf(ids, values, event.transaction.hash, event.log.logIndex);
  await move(context.db, event, movements);
});

async function move(db: Context['db'], event: TransferEvent, movements: readonly Movement[]) {
  const { from, to } = event.args;
  const kind = transferKindOf(from, to);
  for (const { creditId: certificateId, grams: certificates } of movements) {
    // A void of one who has none moves nothing, and there may be no row.
    if (certificates === 0n) continue;
    if (kind !== 'mint') {
      await db
        .update(certificateBalance, { account: from, certificateId })
        .set((row) => ({ certificates: row.certificates - certificates }));
    }
    if (kind !== 'burn') {
      await db
        .insert(certificateBalance)
        .values({ account: to, certificateId, certificates })
        .onConflictDoUpdate((row) => ({ certificates: row.certificates + certificates }));
    }
    if (kind === 'mint') await addHeld(db, certificateId, certificates);
    if (kind === 'burn') await addHeld(db, certificateId, -certificates);
  }
}

/** What is minted is held before the event of its mint. */
async function addHeld(db: Context['db'], certificateId: bigint, certificates: bigint) {
  await db
    .insert(energyCertificate)
    .values({
      id: certificateId,
      ...splitCreditId(certificateId),
      ...NO_CERTIFICATES,
      held: certificates,
    })
    .onConflictDoUpdate((row) => ({ held: row.held + certificates }));
}
