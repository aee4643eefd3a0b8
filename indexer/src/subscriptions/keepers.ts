import { findReasonOfSelector } from '@truetonne/protocol';
import { ponder } from 'ponder:registry';
import { collected } from '../../model/subscription.ts';
import { enter, record, replace, streamOf } from './shared.ts';

ponder.on('TonneSubscriptions:PaymentFailed', async ({ event, context: { db } }) => {
  const { subscriber } = event.args;
  const reason = findReasonOfSelector(event.args.reason) ?? event.args.reason;
  await record(db, event, subscriber, 'paymentFailed', { reason });
});

ponder.on('TonneSubscriptions:InstalmentMissed', async ({ event, context: { db } }) => {
  const { subscriber, number, dueAt } = event.args;
  await record(db, event, subscriber, 'instalmentMissed', { number, until: dueAt });
});

ponder.on('TonneSubscriptions:GraceStarted', async ({ event, context: { db } }) => {
  const { subscriber, endsAt } = event.args;
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
