import { toTier, toTokenStatus } from '@truetonne/protocol';
import { ponder, type Event } from 'ponder:registry';
import { paymentToken, plan, planVersion, type planChange } from 'ponder:schema';
import { NO_BOOKS } from '../../model/books.ts';
import { orNull } from '../deviceLife.ts';
import { placeOf, type Db } from './shared.ts';

type Plan = typeof plan.$inferSelect;
type Change = (typeof planChange.enumValues)[number];
type PlanEvent = Event<
  | 'TonnePlans:PlanCreated'
  | 'TonnePlans:PlanRepriced'
  | 'TonnePlans:OffersSet'
  | 'TonnePlans:PlanRetired'
>;

const NO_OFFERS = { promoSigner: null, seasonMonths: 0, seasonPercent: 0, welcomePercent: 0 };

/** Plan 0 may be created again: its rights are replaced. OffersSet follows in the transaction. */
ponder.on('TonnePlans:PlanCreated', async ({ event, context: { db } }) => {
  const { planId, name, terms } = event.args;
  const found = await db.find(plan, { id: planId });
  const { seats, devices, apiCallsPerDay, features, trialDays, maxInstalments } = terms;
  await save(db, event, 'planCreated', {
    ...{ id: planId, version: (found?.version ?? 0) + 1, name, tier: toTier(terms.tier) },
    ...{ seats, devices, apiCallsPerDay, features, trialDays, maxInstalments },
    monthlyUsd: BigInt(terms.monthlyUsd),
    yearlyUsd: BigInt(terms.yearlyUsd),
    ...NO_OFFERS,
    retired: false,
  });
});

ponder.on('TonnePlans:PlanRepriced', async ({ event, context: { db } }) => {
  const { planId, monthlyUsd, yearlyUsd } = event.args;
  const old = await getPlan(db, planId);
  const prices = { monthlyUsd: BigInt(monthlyUsd), yearlyUsd: BigInt(yearlyUsd) };
  await save(db, event, 'planRepriced', { ...old, version: old.version + 1, ...prices });
});

ponder.on('TonnePlans:OffersSet', async ({ event, context: { db } }) => {
  const { planId, offers } = event.args;
  const old = await getPlan(db, planId);
  const { seasonMonths, seasonPercent, welcomePercent } = offers;
  const promoSigner = orNull(offers.promoSigner);
  const next = { ...old, promoSigner, seasonMonths, seasonPercent, welcomePercent };
  const last = await db.find(planVersion, { planId, version: old.version });
  // The offers that a plan is created with belong to its first version.
  if (last?.change === 'planCreated' && last.transactionHash === event.transaction.hash) {
    await save(db, event, 'planCreated', next);
    return;
  }
  await save(db, event, 'offersSet', { ...next, version: old.version + 1 });
});

ponder.on('TonnePlans:PlanRetired', async ({ event, context: { db } }) => {
  const old = await getPlan(db, event.args.planId);
  await save(db, event, 'planRetired', { ...old, version: old.version + 1, retired: true });
});

ponder.on('TonnePlans:TokenAccepted', async ({ event, context: { db } }) => {
  const { tokenId, draft, decimals } = event.args;
  await db.insert(paymentToken).values({
    id: tokenId,
    address: orNull(draft.token),
    decimals,
    status: 'accepted',
    bountyPercentE2: draft.bountyPercentE2,
    feed: orNull(draft.feed),
    ...NO_BOOKS,
  });
});

ponder.on('TonnePlans:TokenStatusSet', async ({ event, context: { db } }) => {
  const { tokenId, status } = event.args;
  await db.update(paymentToken, { id: tokenId }).set({ status: toTokenStatus(status) });
});

async function getPlan(db: Db, id: number): Promise<Plan> {
  const found = await db.find(plan, { id });
  if (found === null) throw new Error(`plan ${id} was never created`);
  return found;
}

async function save(db: Db, event: PlanEvent, change: Change, next: Plan): Promise<void> {
  const { id, ...columns } = next;
  await db.insert(plan).values(next).onConflictDoUpdate(columns);
  const version = { ...columns, change, ...placeOf(event) };
  await db
    .insert(planVersion)
    .values({ planId: id, ...version })
    .onConflictDoUpdate(version);
}
