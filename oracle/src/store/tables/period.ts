import { bigint, date, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { count, hex, longIdentity } from './columns.ts';

const organisationId = uuid('organisation_id').notNull();
const periodId = bigint('period_id', { mode: 'number' }).notNull();
const number = integer('number').notNull();

export const periods = pgTable('periods', {
  id: longIdentity('id'),
  organisationId,
  firstDay: date('first_day', { mode: 'string' }).notNull(),
  lastDay: date('last_day', { mode: 'string' }).notNull(),
  state: text('state', { enum: ['closed', 'reopened'] }).notNull(),
  /** Of its newest inventory: 0, and one more with each restatement. */
  number,
  /** Why it was reopened. */
  reason: text('reason'),
  /** What a restatement would change after factors did, JSON of an `Outdated`. */
  outdated: text('outdated'),
  version: integer('version').notNull().default(1),
  createdAt: count('created_at').notNull(),
});

export const inventories = pgTable(
  'inventories',
  {
    organisationId,
    periodId,
    number,
    root: hex('root').notNull(),
    lineCount: integer('line_count').notNull(),
    factorSets: text('factor_sets').notNull(),
    factorSetsHash: hex('factor_sets_hash').notNull(),
    engineVersion: text('engine_version').notNull(),
    totals: text('totals').notNull(),
    reason: text('reason'),
    closedBy: text('closed_by').notNull(),
    closedAt: count('closed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.periodId, table.number] })],
);

export const inventoryLines = pgTable(
  'inventory_lines',
  {
    organisationId,
    periodId,
    number,
    position: integer('position').notNull(),
    activityId: bigint('activity_id', { mode: 'number' }).notNull(),
    line: text('line').notNull(),
    leaf: hex('leaf').notNull(),
  },
  ({ organisationId: id, periodId: period, number: one, position }) => [
    primaryKey({ columns: [id, period, one, position] }),
  ],
);

export type PeriodRow = typeof periods.$inferSelect;
export type InventoryRow = typeof inventories.$inferSelect;
