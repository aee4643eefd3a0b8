import { bigint, date, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { count, hex, longIdentity } from './columns.ts';

const organisationId = uuid('organisation_id').notNull();

export const suppliers = pgTable('suppliers', {
  id: longIdentity('id'),
  organisationId,
  name: text('name').notNull(),
  country: text('country').notNull(),
  naics: text('naics'),
  contact: text('contact').notNull(),
  version: integer('version').notNull().default(1),
  createdAt: count('created_at').notNull(),
});

export const supplierFigures = pgTable('supplier_figures', {
  id: longIdentity('id'),
  organisationId,
  supplierId: bigint('supplier_id', { mode: 'number' }).notNull(),
  firstDay: date('first_day', { mode: 'string' }).notNull(),
  lastDay: date('last_day', { mode: 'string' }).notNull(),
  category: text('category').notNull(),
  kgCo2e: text('kg_co2e').notNull(),
  gwpSet: text('gwp_set', { enum: ['AR4', 'AR5', 'AR6'] }).notNull(),
  source: text('source').notNull(),
  state: text('state', { enum: ['submitted', 'accepted', 'refused', 'withdrawn'] }).notNull(),
  reason: text('reason'),
  /** The activity that it became. */
  activityId: bigint('activity_id', { mode: 'number' }),
  /** JSON: ids of the estimates that it replaced. */
  replaced: text('replaced').notNull().default('[]'),
  submittedBy: hex('submitted_by').notNull(),
  submittedAt: count('submitted_at').notNull(),
  decidedBy: text('decided_by'),
  decidedAt: count('decided_at'),
});

export type SupplierRow = typeof suppliers.$inferSelect;
export type SupplierFigureRow = typeof supplierFigures.$inferSelect;
