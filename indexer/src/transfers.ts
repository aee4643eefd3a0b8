import { splitCreditId } from '@truetonne/protocol';
import { ponder, type Context, type Event } from 'ponder:registry';
import { balance, credit, transfer } from 'ponder:schema';
import { NO_GRAMS } from '../model/books.ts';
import { movementsOf, transferKindOf, type Movement } from '../model/transfer.ts';

type TransferEvent = Event<'CarbonCredit:TransferSingle' | 'CarbonCredit:TransferBatch'>;

ponder.on('CarbonCredit:TransferSingle', async ({ event, context }) => {
  const { id, value } = event.args;
  const movements = movementsOf([id], [value], event.transaction.hash, event.log.logIndex);
  await move(context.db, event, movements);
});

ponder.on('CarbonCredit:TransferBatch', async ({ event, context }) => {
  const { ids, values } = event.args;
  const movements = movementsOf(ids, values, event.transaction.hash, event.log.logIndex);
  await move(context.db, event, movements);
});

async function move(db: Context['db'], event: TransferEvent, movements: readonly Movement[]) {
  const { operator, from, to } = event.args;
  const kind = transferKindOf(from, to);
  for (const { id, creditId, grams } of movements) {
    await db.insert(transfer).values({
      id,
      kind,
      creditId,
      operator,
      from,
      to,
      grams,
      at: Number(event.block.timestamp),
      blockNumber: event.block.number,
      transactionHash: event.transaction.hash,
    });
    // Anyone may move nothing of what there is not: no row has to be there for that.
    if (grams === 0n) continue;
    if (kind !== 'mint') {
      const key = { account: from, creditId };
      await db.update(balance, key).set((row) => ({ grams: row.grams - grams }));
    }
    if (kind !== 'burn') {
      await db
        .insert(balance)
        .values({ account: to, creditId, grams })
        .onConflictDoUpdate((row) => ({ grams: row.grams + grams }));
    }
    if (kind === 'mint') await addHeld(db, creditId, grams);
    if (kind === 'burn') await addHeld(db, creditId, -grams);
  }
}

/** What is minted is held before the event of its mint. */
async function addHeld(db: Context['db'], creditId: bigint, grams: bigint) {
  await db
    .insert(credit)
    .values({ id: creditId, ...splitCreditId(creditId), ...NO_GRAMS, heldGrams: grams })
    .onConflictDoUpdate((row) => ({ heldGrams: row.heldGrams + grams }));
}
