import { integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
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
