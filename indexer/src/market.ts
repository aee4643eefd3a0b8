import { CURRENCIES, splitCreditId } from '@truetonne/protocol';
import { ponder, type Context } from 'ponder:registry';
import { credit, listing, owedCoin, project, sale } from 'ponder:schema';
import type { Hex } from 'viem';
import { placeOf } from './place.ts';

type Db = Context['db'];

/** Comes again when the same seller adds to a listing of the same terms. */
ponder.on('TonneMarket:Listed', async ({ event, context }) => {
  const { listingId: id, seller, creditId, grams, terms } = event.args;
  const { projectId, vintage } = splitCreditId(creditId);
  const { country, methodologyId } = await getProject(context.db, projectId);
  const { at: listedAt, blockNumber, transactionHash } = placeOf(event);
  await context.db
    .insert(listing)
    .values({
      id,
      seller,
      creditId,
      ...terms,
      currency: currencyOf(terms.currency),
      listedGrams: grams,
      leftGrams: grams,
      soldGrams: 0n,
      unlistedGrams: 0n,
      projectId,
      vintage,
      country,
      methodologyId,
      listedAt,
      blockNumber,
      transactionHash,
    })
    .onConflictDoUpdate((row) => ({
      listedGrams: row.listedGrams + grams,
      leftGrams: row.leftGrams + grams,
    }));
  await addListed(context.db, creditId, grams);
});

ponder.on('TonneMarket:Unlisted', async ({ event, context }) => {
  const { listingId: id, grams } = event.args;
  const { creditId } = await context.db.update(listing, { id }).set((row) => ({
    leftGrams: row.leftGrams - grams,
    unlistedGrams: row.unlistedGrams + grams,
  }));
  await addListed(context.db, creditId, -grams);
});

ponder.on('TonneMarket:Sold', async ({ event, context }) => {
  const { listingId, buyer, grams, paid, retirementId } = event.args;
  const { creditId, seller, currency } = await context.db
    .update(listing, { id: listingId })
    .set((row) => ({ leftGrams: row.leftGrams - grams, soldGrams: row.soldGrams + grams }));
  await addListed(context.db, creditId, -grams);
  await context.db.insert(sale).values({
    id: saleIdOf(event.transaction.hash, event.log.logIndex),
    listingId,
    creditId,
    seller,
    buyer,
    currency,
    grams,
    paid,
    retirementId: retirementId === 0n ? null : retirementId,
    ...placeOf(event),
  });
});

ponder.on('TonneMarket:Owed', async ({ event, context }) => {
  const { seller, amount } = event.args;
  await context.db
    .insert(owedCoin)
    .values({ seller, amount })
    .onConflictDoUpdate((row) => ({ amount: row.amount + amount }));
});

ponder.on('TonneMarket:Claimed', async ({ event, context }) => {
  await context.db.update(owedCoin, { seller: event.args.seller }).set({ amount: 0n });
});

async function addListed(db: Db, creditId: bigint, grams: bigint): Promise<void> {
  await db
    .update(credit, { id: creditId })
    .set((row) => ({ listedGrams: row.listedGrams + grams }));
}

/** @throws Error for a project that was never registered: no credit of it could be listed */
async function getProject(db: Db, id: number) {
  const found = await db.find(project, { id });
  if (found === null) throw new Error(`A credit of project ${id} was listed, which there is not`);
  return found;
}

/** @throws RangeError for a currency that the contract does not have */
function currencyOf(number: number) {
  const currency = CURRENCIES[number];
  if (currency === undefined) throw new RangeError(`There is no currency ${number}`);
  return currency;
}

function saleIdOf(transactionHash: Hex, logIndex: number): string {
  return `${transactionHash}-${logIndex}`;
}
