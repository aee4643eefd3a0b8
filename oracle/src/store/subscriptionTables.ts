import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { count, hex } from './columns.ts';

export const apiUsage = pgTable(
  'api_usage',
  {
    wallet: hex('wallet').notNull(),
    /** UTC days since 1970. */
    day: integer('day').notNull(),
    calls: count('calls').notNull(),
  },
  (table) => [primaryKey({ columns: [table.wallet, table.day] })],
);

export const billingDetails = pgTable('billing_details', {
  wallet: hex('wallet').primaryKey(),
  name: text('name').notNull(),
  /** Lines of text. */
  address: text('address').notNull(),
  taxId: text('tax_id').notNull(),
  changedAt: count('changed_at').notNull(),
});

export type BillingDetailsRow = typeof billingDetails.$inferSelect;
