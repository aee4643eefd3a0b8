import { ponder, type Context, type Event } from 'ponder:registry';
import { balance, transfer } from 'ponder:schema';
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
  }
}
