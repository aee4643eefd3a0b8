import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { count, longIdentity } from './columns.ts';

const organisationId = uuid('organisation_id').notNull();

export const goals = pgTable('goals', {
  id: longIdentity('id'),
  organisationId,
  name: text('name').notNull(),
  kind: text('kind', { enum: ['absolute', 'intensity'] }).notNull(),
  path: text('path', { enum: ['linear', 'sbti-1.5'] }).notNull(),
  /** Scopes with blanks between them. */
  scopes: text('scopes').notNull(),
  baseYear: integer('base_year').notNull(),
  targetYear: integer('target_year').notNull(),
  reductionPercent: text('reduction_percent').notNull(),
  /** Of the base year's total; null: the goal was set before it was asked for. */
  thresholdPercent: text('threshold_percent'),
  outputUnit: text('output_unit'),
  /** JSON: amount of output by year. */
  outputs: text('outputs').notNull().default('{}'),
  version: integer('version').notNull().default(1),
  deleted: boolean('deleted').notNull().default(false),
  createdAt: count('created_at').notNull(),
});

export const goalBases = pgTable(
  'goal_bases',
  {
    organisationId,
    goalId: bigint('goal_id', { mode: 'number' }).notNull(),
    /** 1 for the first one. */
    number: integer('number').notNull(),
    baseYear: integer('base_year').notNull(),
    scopes: text('scopes').notNull(),
    gwpSet: text('gwp_set', { enum: ['AR4', 'AR5', 'AR6'] }).notNull(),
    /** JSON: nanograms by scope. */
    totals: text('totals').notNull(),
    kind: text('kind', { enum: ['first', 'structure', 'methodology', 'error'] }).notNull(),
    reason: text('reason').notNull(),
    takenBy: text('taken_by').notNull(),
    takenAt: count('taken_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.goalId, table.number] })],
);

export type GoalRow = typeof goals.$inferSelect;
export type GoalBaseRow = typeof goalBases.$inferSelect;
