import { splitCreditId } from '@truetonne/protocol';
import { ponder } from 'ponder:registry';
import { batch, credit, project, retirement } from 'ponder:schema';

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
    .values({ id: creditId, projectId, vintage, mintedGrams: grams, retiredGrams: 0n })
    .onConflictDoUpdate((row) => ({ mintedGrams: row.mintedGrams + grams }));
  await context.db
    .update(project, { id: projectId })
    .set((row) => ({ mintedGrams: row.mintedGrams + grams }));
});

ponder.on('CarbonCredit:Retired', async ({ event, context }) => {
  const { retirementId, account, creditId, grams, firstSerial, beneficiary, purpose } = event.args;
  await context.db.insert(retirement).values({
    id: retirementId,
    account,
    creditId,
    grams,
    firstSerial,
    beneficiary,
    purpose,
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
