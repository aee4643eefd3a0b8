import { ponder } from 'ponder:registry';
import { referral, referralEarning } from 'ponder:schema';
import { enter, placeOf, record, streamOf } from './shared.ts';

ponder.on('TonneSubscriptions:ReferrerRegistered', async ({ event, context: { db } }) => {
  await record(db, event, event.args.referrer, 'referrerRegistered');
});

/** A wallet is referred once in its life: by its first payment. */
ponder.on('TonneSubscriptions:ReferralPaid', async ({ event, context: { db } }) => {
  const { referrer, subscriber, tokenId, amount } = event.args;
  const { endsAt } = await streamOf(db, subscriber);
  await enter(db, tokenId, { referral: amount });
  await db
    .insert(referral)
    .values({ subscriber, referrer, tokenId, amount, endsAt, ...placeOf(event) });
  await db
    .insert(referralEarning)
    .values({ referrer, tokenId, referrals: 1, amount })
    .onConflictDoUpdate((row) => ({ referrals: row.referrals + 1, amount: row.amount + amount }));
  const details = { tokenId, amount, counterparty: referrer };
  await record(db, event, subscriber, 'referralPaid', details);
});
