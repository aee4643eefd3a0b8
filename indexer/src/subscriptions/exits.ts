import { ponder } from 'ponder:registry';
import { dispute } from 'ponder:schema';
import { changed, disputed, handedOver, NO_STREAM } from '../../model/subscription.ts';
import { orNull } from '../deviceLife.ts';
import { enter, placeOf, record, replace, streamOf } from './shared.ts';

ponder.on('TonneSubscriptions:Canceled', async ({ event, context: { db } }) => {
  const { subscriber, atOnce, unused } = event.args;
  const old = await streamOf(db, subscriber);
  const since = Number(event.block.timestamp);
  const next = atOnce ? NO_STREAM : changed(old, { state: 'canceled', since, funded: unused });
  await replace(db, old, next);
  const details = { planId: old.planId, tokenId: old.tokenId, amount: unused };
  await record(db, event, subscriber, 'canceled', details);
});

ponder.on('TonneSubscriptions:Resumed', async ({ event, context: { db } }) => {
  const { subscriber, until } = event.args;
  const old = await streamOf(db, subscriber);
  await replace(db, old, changed(old, { state: old.trial ? 'trial' : 'active' }));
  await record(db, event, subscriber, 'resumed', { planId: old.planId, until });
});

ponder.on('TonneSubscriptions:Refunded', async ({ event, context: { db } }) => {
  const { subscriber, tokenId, amount } = event.args;
  await enter(db, tokenId, { refunded: amount });
  await record(db, event, subscriber, 'refunded', { tokenId, amount });
});

ponder.on('TonneSubscriptions:Disputed', async ({ event, context: { db } }) => {
  const { subscriber, tokenId, stake, deadline, reasonHash } = event.args;
  const { at: openedAt, ...place } = placeOf(event);
  const opened = { subscriber, tokenId, stake, deadline, reasonHash, openedAt };
  await db.insert(dispute).values({ id: event.id, ...opened, ...place });
  const old = await streamOf(db, subscriber);
  await replace(db, old, disputed(old, deadline), { disputeId: event.id });
  const details = { tokenId, amount: stake, until: deadline };
  await record(db, event, subscriber, 'disputed', details);
});

ponder.on('TonneSubscriptions:Resolved', async ({ event, context: { db } }) => {
  const { subscriber, toSubscriber, toOperator, byDeadline } = event.args;
  const old = await streamOf(db, subscriber);
  const dismissed = toSubscriber === 0n && toOperator === 0n;
  const next = dismissed ? changed(old, { state: 'active' }) : NO_STREAM;
  await replace(db, old, next, { disputeId: null });
  await enter(db, old.tokenId, { resolved: toSubscriber });
  if (old.disputeId === null) throw new Error(`${subscriber} had no dispute to resolve`);
  await db
    .update(dispute, { id: old.disputeId })
    .set({ resolvedAt: Number(event.block.timestamp), toSubscriber, toOperator, byDeadline });
  const details = { tokenId: old.tokenId, amount: toSubscriber };
  await record(db, event, subscriber, 'resolved', details);
});

ponder.on('TonneSubscriptions:HandOverOffered', async ({ event, context: { db } }) => {
  const { from, to } = event.args;
  const old = await streamOf(db, from);
  const offeredTo = orNull(to);
  await replace(db, old, changed(old, {}), { offeredTo });
  await record(db, event, from, 'handOverOffered', { counterparty: offeredTo });
});

/** Receipts stay with the wallet that paid. */
ponder.on('TonneSubscriptions:HandedOver', async ({ event, context: { db } }) => {
  const { from, to } = event.args;
  const given = await streamOf(db, from);
  const taker = await streamOf(db, to);
  const { lastPurchase, termFrom } = given;
  await replace(db, given, NO_STREAM, { offeredTo: null, referrer: null });
  await replace(db, taker, handedOver(given), { lastPurchase, termFrom, referrer: null });
  await record(db, event, from, 'handedOver', { planId: given.planId, counterparty: to });
});
