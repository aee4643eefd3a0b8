import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { STATEMENT_REASONS } from '../../domain/statements/place.ts';
import { count, exact, exactSum, hex, identity } from './columns.ts';

export const calibrations = pgTable('calibrations', {
  id: identity('id'),
  projectId: integer('project_id').notNull(),
  deviceNumber: integer('device_number').notNull(),
  calibratedOn: text('calibrated_on').notNull(),
  validUntil: text('valid_until').notNull(),
  permissibleErrorE8: integer('permissible_error_e8').notNull(),
  foundErrorE8: integer('found_error_e8'),
  evidence: hex('evidence').notNull(),
  supersedes: integer('supersedes'),
  statedBy: hex('stated_by').notNull(),
  statedAt: count('stated_at').notNull(),
});

export const invoices = pgTable('invoices', {
  id: identity('id'),
  projectId: integer('project_id').notNull(),
  firstDay: text('first_day').notNull(),
  lastDay: text('last_day').notNull(),
  exportWh: exact('export_wh').notNull(),
  importWh: exact('import_wh').notNull(),
  evidence: hex('evidence').notNull(),
  supersedes: integer('supersedes'),
  statedBy: hex('stated_by').notNull(),
  statedAt: count('stated_at').notNull(),
});

export const adjustments = pgTable(
  'adjustments',
  {
    batchKey: integer('batch_key').notNull(),
    reason: text('reason', { enum: STATEMENT_REASONS }).notNull(),
    subject: integer('subject').notNull(),
    dueWh: exactSum('due_wh').notNull(),
    deductedWh: exactSum('deducted_wh').notNull(),
  },
  (table) => [primaryKey({ columns: [table.batchKey, table.reason, table.subject] })],
);

export type CalibrationRow = typeof calibrations.$inferSelect;
export type InvoiceRow = typeof invoices.$inferSelect;
