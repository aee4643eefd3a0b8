import { bigint, boolean, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { ENCODINGS } from '../../csv/encoding.ts';
import { count, hex } from './columns.ts';

const organisationId = uuid('organisation_id').notNull();

export const imports = pgTable('imports', {
  id: text('id').primaryKey(),
  organisationId,
  workspaceId: bigint('workspace_id', { mode: 'number' }).notNull(),
  /** Of the file, as its owner calls it. */
  name: text('name').notNull(),
  format: text('format', { enum: ['csv', 'xlsx'] }).notNull(),
  /** Of text; null: a workbook, or not read yet. */
  encoding: text('encoding', { enum: ENCODINGS }),
  size: count('size').notNull(),
  digest: hex('digest').notNull(),
  dryRun: boolean('dry_run').notNull(),
  options: text('options').notNull(),
  state: text('state', {
    enum: ['queued', 'running', 'done', 'failed', 'cancelled', 'undone'],
  }).notNull(),
  rows: count('rows').notNull().default(0),
  accepted: count('accepted').notNull().default(0),
  duplicate: count('duplicate').notNull().default(0),
  refused: count('refused').notNull().default(0),
  /** Cells of months that were empty. */
  skipped: count('skipped').notNull().default(0),
  /** Activities that were changed by hand and so stayed when it was undone. */
  kept: count('kept').notNull().default(0),
  code: text('code'),
  detail: text('detail'),
  actor: text('actor').notNull(),
  accountId: bigint('account_id', { mode: 'number' }),
  keyId: text('key_id'),
  createdAt: count('created_at').notNull(),
  endedAt: count('ended_at'),
  undoneAt: count('undone_at'),
});

export const importMappings = pgTable(
  'import_mappings',
  {
    organisationId,
    headHash: hex('head_hash').notNull(),
    options: text('options').notNull(),
    usedAt: count('used_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.headHash] })],
);

export type ImportRow = typeof imports.$inferSelect;
