import { toDiscount } from '@truetonne/protocol';
import type { Hex } from 'viem';
import { ponder, type Event } from 'ponder:registry';
import { promo, promoUse, receipt } from 'ponder:schema';
import { changed } from '../../model/subscription.ts';
import { enter, placeOf, record, replace, streamOf, type Db } from './shared.ts';

type Receipt = typeof receipt.$inferSelect;

/** Comes after the event of the purchase, and before those of discount and instalment. */
ponder.on('TonneSubscriptions:PaymentReceived', async ({ event, context: { db } }) => {
  const { subscriber, receipt: number, tokenId, amount, usd } = event.args;
  const old = await streamOf(db, subscriber);
  const { lastPurchase, termFrom, carried, planId, yearly, until } = old;
  if (lastPurchase === null) throw new Error(`${subscriber} paid for nothing`);
  // The token of a renewal after the end may be another one.
  await replace(db, old, changed(old, { tokenId }), { receipts: number });
  await enter(db, tokenId, { paid: amount });
  const used = await db.find(promoUse, { transactionHash: event.transaction.hash, subscriber });
  await db.insert(receipt).values({
    ...{ subscriber, number, purchase: lastPurchase, planId, yearly, tokenId, amount, usd },
    discount: used === null ? 'none' : 'promo',
    percent: used?.percent ?? 0,
    listUsd: used?.listUsd ?? null,
    codeHash: used?.codeHash ?? null,
    ...{ instalment: 1, instalments: 1, carried, from: termFrom, until },
    sender: event.transaction.from,
    ...placeOf(event),
  });
  const details = { planId, tokenId, amount, usd, number, until };
  await record(db, event, subscriber, 'paymentReceived', details);
});

ponder.on('TonneSubscriptions:DiscountApplied', async ({ event, context: { db } }) => {
  const { subscriber, percent, listUsd } = event.args;
  const discount = toDiscount(event.args.discount);
  await amend(db, event, subscriber, { discount, percent, listUsd });
  await record(db, event, subscriber, 'discountApplied', { percent, usd: listUsd });
});

ponder.on('TonneSubscriptions:LoyaltyApplied', async ({ event, context: { db } }) => {
  const { subscriber, percent, listUsd, paidTerm } = event.args;
  await amend(db, event, subscriber, { discount: 'loyalty', percent, listUsd });
  const details = { percent, usd: listUsd, number: paidTerm };
  await record(db, event, subscriber, 'loyaltyApplied', details);
});

/** Comes before the receipt, which takes it from the row of the use. */
ponder.on('TonneSubscriptions:PromoUsed', async ({ event, context: { db } }) => {
  const { subscriber, codeHash, used, percent, listUsd } = event.args;
  const { at, transactionHash } = placeOf(event);
  const latest = { uses: Number(used), lastUsedAt: at };
  await db
    .insert(promo)
    .values({ codeHash, ...latest })
    .onConflictDoUpdate(latest);
  await db
    .insert(promoUse)
    .values({ transactionHash, subscriber, codeHash, percent, listUsd, at })
    .onConflictDoUpdate({ codeHash, percent, listUsd });
  await record(db, event, subscriber, 'promoUsed', { codeHash, percent, usd: listUsd });
});

ponder.on('TonneSubscriptions:InstalmentPaid', async ({ event, context: { db } }) => {
  const { subscriber, number, instalments } = event.args;
  const old = await streamOf(db, subscriber);
  await replace(db, old, changed(old, { instalments, instalmentsLeft: instalments - number }));
  await amend(db, event, subscriber, { instalment: number, instalments });
  await record(db, event, subscriber, 'instalmentPaid', { number });
});

/** Completes the receipt of this transaction; unused value alone may have paid, without a receipt. */
async function amend(
  db: Db,
  event: Pick<Event<'TonneSubscriptions:DiscountApplied'>, 'transaction'>,
  subscriber: Hex,
  change: Partial<Receipt>,
): Promise<void> {
  const { receipts: number } = await streamOf(db, subscriber);
  const last = await db.find(receipt, { subscriber, number });
  if (last?.transactionHash !== event.transaction.hash) return;
  await db.update(receipt, { subscriber, number }).set(change);
}
