import { ponder } from 'ponder:registry';
import { keptMoney, withdrawal } from 'ponder:schema';
import { enter, placeOf, record } from './shared.ts';

ponder.on('TonneSubscriptions:Owed', async ({ event, context: { db } }) => {
  const { account, tokenId, amount } = event.args;
  await enter(db, tokenId, { kept: amount });
  await db
    .insert(keptMoney)
    .values({ account, tokenId, amount })
    .onConflictDoUpdate((row) => ({ amount: row.amount + amount }));
  await record(db, event, account, 'owed', { tokenId, amount });
});

/** All that is kept of the token is taken at once. */
ponder.on('TonneSubscriptions:Claimed', async ({ event, context: { db } }) => {
  const { account, tokenId, to, amount } = event.args;
  await enter(db, tokenId, { claimed: amount });
  await db.update(keptMoney, { account, tokenId }).set((row) => ({ amount: row.amount - amount }));
  await record(db, event, account, 'claimed', { tokenId, amount, counterparty: to });
});

ponder.on('TonneSubscriptions:Withdrawn', async ({ event, context: { db } }) => {
  const { tokenId, treasury, amount } = event.args;
  await enter(db, tokenId, { withdrawn: amount });
  await db
    .insert(withdrawal)
    .values({ id: event.id, tokenId, treasury, amount, ...placeOf(event) });
});
