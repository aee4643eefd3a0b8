import { splitCreditId } from '@truetonne/protocol';
import { ponder } from 'ponder:registry';
import { batch, credit, draw, project, retirement } from 'ponder:schema';
import { zeroHash } from 'viem';
import { NO_GRAMS } from '../model/books.ts';

ponder.on('TonneRegistry:BatchMinted', async ({ event, context }) => {
  const { batchId, owner, creditId, grams, firstSerial } = event.args;
  const { projectId, vintage } = splitCreditId(creditId);
  await context.db.update(batch, { id: batchId }).set({
    state: 'minted',
    creditId,
    mintedTo: owner,
    firstSerial,
    mintedAt: Number(event.block.timestamp),
    mintTransactionHash: event.transaction.hash,
  });
  await context.db
    .insert(credit)
    .values({ id: creditId, projectId, vintage, ...NO_GRAMS, mintedGrams: grams })
    .onConflictDoUpdate((row) => ({ mintedGrams: row.mintedGrams + grams }));
  await context.db
    .update(project, { id: projectId })
    .set((row) => ({ mintedGrams: row.mintedGrams + grams }));
});

ponder.on('CarbonCredit:Retired', async ({ event, context }) => {
  const { retirementId, account, creditId, grams, firstSerial, dedication } = event.args;
  const { beneficiary, commitment, purpose, periodFrom, periodUntil } = dedication;
  const hasPeriod = periodUntil !== 0;
  await context.db.insert(retirement).values({
    id: retirementId,
    account,
    creditId,
    grams,
    firstSerial,
    beneficiary,
    commitment: commitment === zeroHash ? null : commitment,
    purpose,
    periodFrom: hasPeriod ? periodFrom : null,
    periodUntil: hasPeriod ? periodUntil : null,
    at: Number(event.block.timestamp),
    blockNumber: event.block.number,
    transactionHash: event.transaction.hash,
  });
  await context.db
    .update(credit, { id: creditId })
    .set((row) => ({ retiredGrams: row.retiredGrams + grams }));
  await context.db
    .update(project, { id: splitCreditId(creditId).projectId })
    .set((row) => ({ retiredGrams: row.retiredGrams + grams }));
});

/** Comes before the event of its mint. */
ponder.on('CarbonCredit:Buffered', async ({ event, context }) => {
  const { creditId, grams } = event.args;
  await context.db
    .insert(credit)
    .values({
      id: creditId,
      ...splitCreditId(creditId),
      ...NO_GRAMS,
      bufferedGrams: grams,
    })
    .onConflictDoUpdate((row) => ({ bufferedGrams: row.bufferedGrams + grams }));
});

ponder.on('CarbonCredit:Voided', async ({ event, context }) => {
  const { creditId, grams, bufferGrams } = event.args;
  const drawn = { fromHolder: grams, fromBuffer: bufferGrams };
  await context.db
    .insert(draw)
    .values({ transactionHash: event.transaction.hash, kind: 'carbon', creditId, ...drawn })
    .onConflictDoUpdate(drawn);
  await context.db.update(credit, { id: creditId }).set((row) => ({
    bufferedGrams: row.bufferedGrams - bufferGrams,
    voidedGrams: row.voidedGrams + grams + bufferGrams,
  }));
});
