/** What wallets have and what happened to it. Columns as in tables.ts; amounts in smallest units. */
import { index, onchainEnum, onchainTable, primaryKey } from 'ponder';

/** As the last event left it: that time ran out is no event, compare `until` and `endsAt`. */
export const subscriptionState = onchainEnum('subscription_state', [
  'free',
  'trial',
  'active',
  'canceled',
  'disputed',
]);
export const purchase = onchainEnum('purchase', ['subscribed', 'renewed', 'planChanged']);
export const discount = onchainEnum('discount', ['none', 'season', 'loyalty', 'welcome', 'promo']);

/** The events of the contract that are about one wallet. */
export const subscriptionEventKind = onchainEnum('subscription_event_kind', [
  'subscribed',
  'trialStarted',
  'renewed',
  'planChanged',
  'paymentReceived',
  'discountApplied',
  'loyaltyApplied',
  'promoUsed',
  'instalmentPaid',
  'instalmentMissed',
  'referrerRegistered',
  'referralPaid',
  'bountyPaid',
  'paymentFailed',
  'graceStarted',
  'canceled',
  'resumed',
  'refunded',
  'renewalCapSet',
  'disputed',
  'resolved',
  'handOverOffered',
  'handedOver',
  'collected',
  'owed',
  'claimed',
]);

export const subscription = onchainTable(
  'subscription',
  (t) => ({
    subscriber: t.hex().primaryKey(),
    state: subscriptionState('state').notNull(),
    /** Nothing was paid yet; a canceled trial is one still. */
    trial: t.boolean().notNull(),
    planId: t.integer().notNull(),
    yearly: t.boolean().notNull(),
    tokenId: t.integer().notNull(),
    /** Parts of a term; 0 and 1 are all at once. */
    instalments: t.integer().notNull(),
    instalmentsLeft: t.integer().notNull(),
    /** Keepers may renew up to this price, US cents; 0 forbids it. */
    capCents: t.doublePrecision().notNull(),
    /** Terms paid in a row, up to 15. */
    paidTerms: t.integer().notNull(),
    /** `funded` is earned over [since, until); see docs/subscriptions.md, Money. */
    since: t.doublePrecision().notNull(),
    /** Paid until then; 0 without subscription. */
    until: t.doublePrecision().notNull(),
    /** The rights end then if nothing happens; in a dispute at its deadline at the latest. */
    endsAt: t.doublePrecision().notNull(),
    funded: t.bigint().notNull(),
    /** Number of the last receipt of this wallet. */
    receipts: t.integer().notNull(),
    /** What the last payment was for, and from when on. */
    lastPurchase: purchase('last_purchase'),
    termFrom: t.doublePrecision().notNull(),
    /** Unused value that paid a part of it: of the plan before. */
    carried: t.bigint().notNull(),
    /** Who gets a tenth of the payment that follows a trial. */
    referrer: t.hex(),
    /** Wallet that may take it over. */
    offeredTo: t.hex(),
    /** The dispute that is open. */
    disputeId: t.text(),
    /** The grace and the instalment that were told of last, by their times; 0 for none. */
    graceUntil: t.doublePrecision().notNull(),
    missedAt: t.doublePrecision().notNull(),
  }),
  (table) => ({ byUntil: index().on(table.until), byPlan: index().on(table.planId) }),
);

/** A payment that was received: what an invoice is drawn from. */
export const receipt = onchainTable(
  'receipt',
  (t) => ({
    subscriber: t.hex().notNull(),
    /** Counts the payments of a wallet from 1. */
    number: t.integer().notNull(),
    purchase: purchase('purchase').notNull(),
    planId: t.integer().notNull(),
    yearly: t.boolean().notNull(),
    tokenId: t.integer().notNull(),
    amount: t.bigint().notNull(),
    /** What it was worth, USD x 10^6. */
    usd: t.bigint().notNull(),
    discount: discount('discount').notNull(),
    percent: t.integer().notNull(),
    /** Price of the whole term without the discount, USD x 10^6; null where there is none. */
    listUsd: t.bigint(),
    codeHash: t.hex(),
    /** Which part of how many it was. */
    instalment: t.integer().notNull(),
    instalments: t.integer().notNull(),
    /** Unused value of the plan before that paid the rest. */
    carried: t.bigint().notNull(),
    /** What it bought. */
    from: t.doublePrecision().notNull(),
    until: t.doublePrecision().notNull(),
    /** Who sent the transaction: the wallet itself or a keeper. */
    sender: t.hex().notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.subscriber, table.number] }) }),
);

/** The life of a subscription, one row per event of the contract; kinds are the names of the events. */
export const subscriptionEvent = onchainTable(
  'subscription_event',
  (t) => ({
    /** Grows in the order in which things happened: sort by it. */
    id: t.text().primaryKey(),
    /** The wallet it is about; of a bounty the keeper, of kept money its owner. */
    subscriber: t.hex().notNull(),
    kind: subscriptionEventKind('kind').notNull(),
    planId: t.integer(),
    tokenId: t.integer(),
    amount: t.bigint(),
    usd: t.bigint(),
    percent: t.integer(),
    /** Receipt or instalment. */
    number: t.integer(),
    until: t.doublePrecision(),
    /** Referrer, new owner, or where claimed money went. */
    counterparty: t.hex(),
    codeHash: t.hex(),
    /** Why a keeper could not renew: the code in docs/errors.md, or the bare selector. */
    reason: t.text(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({
    bySubscriber: index().on(table.subscriber),
    byKind: index().on(table.kind),
  }),
);

export const promo = onchainTable('promo', (t) => ({
  codeHash: t.hex().primaryKey(),
  uses: t.doublePrecision().notNull(),
  lastUsedAt: t.doublePrecision().notNull(),
}));

export const promoUse = onchainTable(
  'promo_use',
  (t) => ({
    transactionHash: t.hex().notNull(),
    subscriber: t.hex().notNull(),
    codeHash: t.hex().notNull(),
    percent: t.integer().notNull(),
    listUsd: t.bigint().notNull(),
    at: t.doublePrecision().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.transactionHash, table.subscriber] }),
    byCode: index().on(table.codeHash),
    bySubscriber: index().on(table.subscriber),
  }),
);

/** Who came by whom; a referral is active while `endsAt` lies ahead. */
export const referral = onchainTable(
  'referral',
  (t) => ({
    subscriber: t.hex().primaryKey(),
    referrer: t.hex().notNull(),
    tokenId: t.integer().notNull(),
    amount: t.bigint().notNull(),
    /** When the rights of who was referred end. */
    endsAt: t.doublePrecision().notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byReferrer: index().on(table.referrer) }),
);

export const referralEarning = onchainTable(
  'referral_earning',
  (t) => ({
    referrer: t.hex().notNull(),
    tokenId: t.integer().notNull(),
    referrals: t.integer().notNull(),
    amount: t.bigint().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.referrer, table.tokenId] }) }),
);

export const dispute = onchainTable(
  'dispute',
  (t) => ({
    id: t.text().primaryKey(),
    subscriber: t.hex().notNull(),
    tokenId: t.integer().notNull(),
    stake: t.bigint().notNull(),
    deadline: t.doublePrecision().notNull(),
    /** Hash of a text that stays private. */
    reasonHash: t.hex().notNull(),
    openedAt: t.doublePrecision().notNull(),
    /** Null while it is open. */
    resolvedAt: t.doublePrecision(),
    toSubscriber: t.bigint(),
    toOperator: t.bigint(),
    byDeadline: t.boolean(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ bySubscriber: index().on(table.subscriber) }),
);
