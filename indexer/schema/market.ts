/** Tables of the market and of certificates; see tables.ts for units. */
import { index, onchainEnum, onchainTable } from 'ponder';

export const currency = onchainEnum('currency', ['coin', 'usdc', 'usdt']);

export const certificate = onchainTable(
  'certificate',
  (t) => ({
    /** The id of the retirement. */
    id: t.bigint().primaryKey(),
    account: t.hex().notNull(),
    /** Null until the account reveals a private beneficiary on the chain. */
    revealedBeneficiary: t.text(),
    revealedSalt: t.hex(),
    revealedAt: t.doublePrecision(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byAccount: index().on(table.account) }),
);

export const listing = onchainTable(
  'listing',
  (t) => ({
    /** Hash of seller, credit and terms. */
    id: t.hex().primaryKey(),
    seller: t.hex().notNull(),
    creditId: t.bigint().notNull(),
    currency: currency('currency').notNull(),
    /** Smallest units of the currency for 1,000,000 g. */
    pricePerTonne: t.bigint().notNull(),
    minimumGrams: t.bigint().notNull(),
    expiresAt: t.doublePrecision().notNull(),
    /** Listed = left + sold + unlisted. */
    listedGrams: t.bigint().notNull(),
    leftGrams: t.bigint().notNull(),
    soldGrams: t.bigint().notNull(),
    unlistedGrams: t.bigint().notNull(),
    /** Of the credit, to search by; they never change. */
    projectId: t.integer().notNull(),
    vintage: t.integer().notNull(),
    country: t.text().notNull(),
    methodologyId: t.integer().notNull(),
    listedAt: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({
    byCredit: index().on(table.creditId),
    bySeller: index().on(table.seller),
    byPrice: index().on(table.currency, table.pricePerTonne),
  }),
);

export const sale = onchainTable(
  'sale',
  (t) => ({
    /** Transaction hash and index of the log. */
    id: t.text().primaryKey(),
    listingId: t.hex().notNull(),
    creditId: t.bigint().notNull(),
    seller: t.hex().notNull(),
    buyer: t.hex().notNull(),
    currency: currency('currency').notNull(),
    grams: t.bigint().notNull(),
    /** Smallest units of the currency. */
    paid: t.bigint().notNull(),
    /** Of the retirement that the grams went to; null when the buyer got them. */
    retirementId: t.bigint(),
    at: t.doublePrecision().notNull(),
    blockNumber: t.bigint().notNull(),
    transactionHash: t.hex().notNull(),
  }),
  (table) => ({ byListing: index().on(table.listingId), byBuyer: index().on(table.buyer) }),
);

/** Coin that a seller did not take and can claim, wei. */
export const owedCoin = onchainTable('owed_coin', (t) => ({
  seller: t.hex().primaryKey(),
  amount: t.bigint().notNull(),
}));
