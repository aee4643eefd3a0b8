import { ponder } from 'ponder:registry';
import { changed, NO_STREAM, prolonged } from '../../model/subscription.ts';
import { orNull } from '../deviceLife.ts';
import { record, replace, streamOf } from './shared.ts';

ponder.on('TonneSubscriptions:Subscribed', async ({ event, context: { db } }) => {
  const { subscriber, planId, yearly, tokenId, instalments, capCents, until, funded } = event.args;
  const since = Number(event.block.timestamp);
  const bought = { planId, yearly, tokenId, instalments, capCents, since, until, funded };
  // A term counts when all of it is paid.
  const paidTerms = instalments > 1 ? 0 : 1;
  const next = changed(NO_STREAM, { state: 'active', paidTerms, ...bought });
  const term = {
    lastPurchase: 'subscribed',
    termFrom: since,
    carried: 0n,
    referrer: null,
  } as const;
  await replace(db, await streamOf(db, subscriber), next, term);
  await record(db, event, subscriber, 'subscribed', { planId, tokenId, until });
});

ponder.on('TonneSubscriptions:TrialStarted', async ({ event, context: { db } }) => {
  const { subscriber, planId, yearly, tokenId, instalments, capCents, until } = event.args;
  const since = Number(event.block.timestamp);
  const bought = { planId, yearly, tokenId, instalments, capCents, since, until };
  const next = changed(NO_STREAM, { state: 'trial', trial: true, ...bought });
  const referrer = orNull(event.args.referrer);
  await replace(db, await streamOf(db, subscriber), next, { referrer });
  const details = { planId, tokenId, until, counterparty: referrer };
  await record(db, event, subscriber, 'trialStarted', details);
});

/** Tells the plan by the wallet's row, and the token by the receipt that follows in the transaction. */
ponder.on('TonneSubscriptions:Renewed', async ({ event, context: { db } }) => {
  const { subscriber, paidTerms, until, funded } = event.args;
  const old = await streamOf(db, subscriber);
  const next = prolonged(old, { paidTerms, until, funded }, Number(event.block.timestamp));
  const term = {
    lastPurchase: 'renewed',
    termFrom: old.until,
    carried: 0n,
    referrer: null,
  } as const;
  await replace(db, old, next, term);
  await record(db, event, subscriber, 'renewed', { planId: old.planId, until });
});

ponder.on('TonneSubscriptions:PlanChanged', async ({ event, context: { db } }) => {
  const { subscriber, planId, yearly, tokenId, capCents, until, funded, carried } = event.args;
  const { paidTerms } = event.args;
  const old = await streamOf(db, subscriber);
  const since = Math.min(Number(event.block.timestamp), old.until);
  const bought = { planId, yearly, tokenId, capCents, paidTerms, since, until, funded };
  const whole = { instalments: 1, instalmentsLeft: 0 };
  const next = changed(old, { state: 'active', ...whole, ...bought });
  await replace(db, old, next, { lastPurchase: 'planChanged', termFrom: since, carried });
  const details = { planId, tokenId, until, amount: carried };
  await record(db, event, subscriber, 'planChanged', details);
});

ponder.on('TonneSubscriptions:RenewalCapSet', async ({ event, context: { db } }) => {
  const { subscriber, capCents } = event.args;
  const old = await streamOf(db, subscriber);
  await replace(db, old, changed(old, { capCents }));
  await record(db, event, subscriber, 'renewalCapSet', { amount: BigInt(capCents) });
});
