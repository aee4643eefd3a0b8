/** What is sold and what came of it: plans, tokens with their books, withdrawals. Columns as in tables.ts. */
import { index, onchainEnum, onchainTable, primaryKey } from 'ponder';

export const tier = onchainEnum('tier', ['free', 'starter', 'professional', 'enterprise']);
export const tokenStatus = onchainEnum('token_status', ['none', 'accepted', 'paused', 'retired']);
export const planChange = onchainEnum('plan_change', [
  'planCreated',
  'planRepriced',
  'offersSet',
  'planRetired',
]);

/** A plan as it is sold now. Prices are USD x 10^6; 0 is not sold. */
export const plan = onchainTable('plan', (t) => ({
  id: t.integer().primaryKey(),
  /** Number of its newest version, from 1. */
  version: t.integer().notNull(),
  name: t.text().notNull(),
  tier: tier('tier').notNull(),
  seats: t.doublePrecision().notNull(),
  devices: t.doublePrecision().notNull(),
  apiCallsPerDay: t.doublePrecision().notNull(),
  /** One bit per feature. */
  features: t.bigint().notNull(),
  trialDays: t.integer().notNull(),
  maxInstalments: t.integer().notNull(),
  monthlyUsd: t.bigint().notNull(),
  yearlyUsd: t.bigint().notNull(),
  promoSigner: t.hex(),
  /** Bit 0 is January. */
  seasonMonths: t.integer().notNull(),
  seasonPercent: t.integer().notNull(),
  welcomePercent: t.integer().notNull(),
  retired: t.boolean().notNull(),
}));

/** A plan as it was sold from `at` on, until its next version. */
export const planVersion = onchainTable(
  'plan_version',
  (t) => ({
    planId: t.integer().notNull(),
    version: t.integer().notNull(),
    change: planChange('change').notNull(),
    name: t.text().notNull(),
    tier: tier('tier').notNull(),
    seats: t.doublePrecision().notNull(),
    devices: t.doublePrecision().notNull(),
    apiCallsPerDay: t.doublePrecision().notNull(),
    features: t.bigint().notNull(),
    trialDays: t.integer().notNull(),
    maxInstalments: t.integer().notNull(),
    monthlyUsd: t.bigint().notNull(),
    yearlyUsd: t.bigint().notNull(),
    promoSigner: t.hex(),
    seasonMonths: t.integer().notNull(),
    seasonPercent: t.integer().notNull(),
    welcomePercent: t.integer().notNull(),
    retired: t.boolean().notNull(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.planId, table.version] }) }),
);

/** A token that is or was accepted, with its books (law 4), all in its smallest units. */
export const paymentToken = onchainTable('payment_token', (t) => ({
  id: t.integer().primaryKey(),
  /** Null is the chain's own coin. */
  address: t.hex(),
  decimals: t.integer().notNull(),
  status: tokenStatus('status').notNull(),
  bountyPercentE2: t.integer().notNull(),
  /** Null: one token is one dollar. */
  feed: t.hex(),
  /** Sums since the beginning: what came in, and where it went. */
  paid: t.bigint().notNull(),
  referral: t.bigint().notNull(),
  bounty: t.bigint().notNull(),
  refunded: t.bigint().notNull(),
  resolved: t.bigint().notNull(),
  kept: t.bigint().notNull(),
  claimed: t.bigint().notNull(),
  withdrawn: t.bigint().notNull(),
  /** What the contract holds, and for whom: balance = funded + earned + owed. */
  balance: t.bigint().notNull(),
  funded: t.bigint().notNull(),
  earned: t.bigint().notNull(),
  owed: t.bigint().notNull(),
}));

/** Earned money that went to the treasury. */
export const withdrawal = onchainTable('withdrawal', (t) => ({
  id: t.text().primaryKey(),
  tokenId: t.integer().notNull(),
  treasury: t.hex().notNull(),
  amount: t.bigint().notNull(),
  at: t.doublePrecision().notNull(),
  blockNumber: t.bigint().notNull(),
  transactionHash: t.hex().notNull(),
}));

/** Money that waits for its owner. */
export const keptMoney = onchainTable(
  'kept_money',
  (t) => ({
    account: t.hex().notNull(),
    tokenId: t.integer().notNull(),
    amount: t.bigint().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.account, table.tokenId] }),
    byToken: index().on(table.tokenId),
  }),
);
