import { bigint, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { count, hex, longIdentity } from './columns.ts';

const organisationId = uuid('organisation_id').notNull();

export const privateFactors = pgTable('private_factors', {
  id: longIdentity('id'),
  organisationId,
  version: integer('version').notNull().default(1),
  withdrawnAt: count('withdrawn_at'),
  createdAt: count('created_at').notNull(),
});

export const privateFactorVersions = pgTable(
  'private_factor_versions',
  {
    organisationId,
    factorId: bigint('factor_id', { mode: 'number' }).notNull(),
    version: integer('version').notNull(),
    body: text('body').notNull(),
    sha256: hex('sha256').notNull(),
    actor: text('actor').notNull(),
    createdAt: count('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.factorId, table.version] })],
);

export type PrivateFactorRow = typeof privateFactors.$inferSelect;
export type PrivateFactorVersionRow = typeof privateFactorVersions.$inferSelect;
