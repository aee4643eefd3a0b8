import { findReasonOfSelector } from '@truetonne/protocol';
import { ponder } from 'ponder:registry';
import { changed, collected } from '../../model/subscription.ts';
import { enter, record, replace, streamOf } from './shared.ts';

ponder.on('TonneSubscriptions:PaymentFailed', async ({ event, context: { db } }) => {
  const { subscriber } = event.args;
  const reason = findReasonOfSelector(event.args.reason) ?? event.args.reason;
  await record(db, event, subscriber, 'paymentFailed', { reason });
});

/** Anyone may have it told again; it is missed once. */
ponder.on('TonneSubscriptions:InstalmentMissed', async ({ event, context: { db } }) => {
  const { subscriber, number, dueAt } = event.args;
  const old = await streamOf(db, subscriber);
  if (old.missedAt === dueAt) return;
  await replace(db, old, changed(old, {}), { missedAt: dueAt });
  await record(db, event, subscriber, 'instalmentMissed', { number, until: dueAt });
});

/** Anyone may have it told again; it begins once. */
ponder.on('TonneSubscriptions:GraceStarted', async ({ event, context: { db } }) => {
  const { subscriber, endsAt } = event.args;
  const old = await streamOf(db, subscriber);
  if (old.graceUntil === endsAt) return;
  await replace(db, old, changed(old, {}), { graceUntil: endsAt });
  await record(db, event, subscriber, 'graceStarted', { until: endsAt });
});

ponder.on('TonneSubscriptions:BountyPaid', async ({ event, context: { db } }) => {
  const { keeper, tokenId, amount } = event.args;
  await enter(db, tokenId, { bounty: amount });
  await record(db, event, keeper, 'bountyPaid', { tokenId, amount });
});

ponder.on('TonneSubscriptions:Collected', async ({ event, context: { db } }) => {
  const { subscriber, tokenId, amount, unused } = event.args;
  const old = await streamOf(db, subscriber);
  await replace(db, old, collected(old, unused, Number(event.block.timestamp)));
  await record(db, event, subscriber, 'collected', { tokenId, amount });
});
