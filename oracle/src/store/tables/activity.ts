import {
  bigint,
  boolean,
  date,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { count, hex, longIdentity } from './columns.ts';

const organisationId = uuid('organisation_id').notNull();

export const inventoryHeads = pgTable('inventory_heads', {
  organisationId: uuid('organisation_id').primaryKey(),
  version: count('version').notNull(),
});

export const activities = pgTable('activities', {
  id: longIdentity('id'),
  organisationId,
  workspaceId: bigint('workspace_id', { mode: 'number' }).notNull(),
  version: integer('version').notNull(),
  change: text('change', { enum: ['created', 'changed', 'recalculated', 'deleted'] }).notNull(),
  deleted: boolean('deleted').notNull().default(false),
  method: text('method').notNull(),
  scope: text('scope').notNull(),
  category: text('category').notNull(),
  date: date('date', { mode: 'string' }).notNull(),
  /** Empty: none was named. */
  site: text('site').notNull(),
  supplierId: bigint('supplier_id', { mode: 'number' }),
  evidence: text('evidence').notNull(),
  /** Signed readings that its energy is from; JSON. */
  citation: text('citation'),
  input: text('input').notNull(),
  lines: text('lines').notNull(),
  factors: text('factors').notNull(),
  co2eNg: text('co2e_ng').notNull(),
  engineVersion: text('engine_version').notNull(),
  fingerprint: hex('fingerprint').notNull(),
  importId: text('import_id'),
  importRow: integer('import_row'),
  actor: text('actor').notNull(),
  createdAt: count('created_at').notNull(),
  changedAt: count('changed_at').notNull(),
});

export const activityVersions = pgTable(
  'activity_versions',
  {
    organisationId,
    activityId: bigint('activity_id', { mode: 'number' }).notNull(),
    version: integer('version').notNull(),
    /** The row as JSON. */
    state: text('state').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.activityId, table.version] })],
);

export const inventoryTotals = pgTable(
  'inventory_totals',
  {
    organisationId,
    workspaceId: bigint('workspace_id', { mode: 'number' }).notNull(),
    month: integer('month').notNull(),
    gwpSet: text('gwp_set').notNull(),
    scope: text('scope').notNull(),
    kind: text('kind').notNull(),
    key: text('key').notNull(),
    lines: bigint('lines', { mode: 'number' }).notNull(),
    co2eNg: numeric('co2e_ng').notNull(),
    biogenicNg: numeric('biogenic_ng').notNull(),
    otherNg: numeric('other_ng').notNull(),
    statedNg: numeric('stated_ng').notNull(),
    varianceNg2: numeric('variance_ng2').notNull(),
    massNg: numeric('mass_ng').notNull(),
    massless: bigint('massless', { mode: 'number' }).notNull(),
  },
  ({ organisationId: id, kind, month, workspaceId, gwpSet, scope, key }) => [
    primaryKey({ columns: [id, kind, month, workspaceId, gwpSet, scope, key] }),
  ],
);

export type ActivityRow = typeof activities.$inferSelect;
