import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { ROLES } from '../../domain/roles.ts';
import { count, hex, longIdentity } from './columns.ts';

const organisationId = uuid('organisation_id').notNull();

export const organisations = pgTable('organisations', {
  organisationId: uuid('organisation_id').primaryKey(),
  kind: text('kind', { enum: ['organisation', 'individual'] }).notNull(),
  name: text('name').notNull(),
  country: text('country').notNull(),
  gwpSet: text('gwp_set', { enum: ['AR4', 'AR5', 'AR6'] }).notNull(),
  otherGwpSet: text('other_gwp_set', { enum: ['refuse', 'apart'] })
    .notNull()
    .default('refuse'),
  widenRegion: boolean('widen_region').notNull().default(false),
  carryForwardYears: integer('carry_forward_years').notNull().default(0),
  /** Counts the changes of its own factors; 0: it has none. */
  privateFactors: count('private_factors').notNull().default(0),
  /** Of what its activities were last computed anew with after an upgrade. */
  factorsHash: text('factors_hash'),
  secondFactorRequired: boolean('second_factor_required').notNull().default(false),
  /** Under which its inventories stand on the chain: random, so that it names nobody. */
  anchorId: hex('anchor_id').notNull(),
  auditNumber: count('audit_number').notNull().default(0),
  auditHash: hex('audit_hash').notNull(),
  /** Number of the last entry of its log that took a right away; 0: none did. */
  rightsEnded: count('rights_ended').notNull().default(0),
  version: integer('version').notNull().default(1),
  createdAt: count('created_at').notNull(),
  deletedAt: count('deleted_at'),
});

export const workspaces = pgTable('workspaces', {
  id: longIdentity('id'),
  organisationId,
  name: text('name').notNull(),
  createdAt: count('created_at').notNull(),
  closedAt: count('closed_at'),
});

export const members = pgTable(
  'members',
  {
    organisationId,
    accountId: bigint('account_id', { mode: 'number' }).notNull(),
    address: hex('address').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    supplierId: bigint('supplier_id', { mode: 'number' }),
    version: integer('version').notNull().default(1),
    joinedAt: count('joined_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.accountId] })],
);

export const invitations = pgTable('invitations', {
  id: text('id').primaryKey(),
  organisationId,
  address: hex('address').notNull(),
  role: text('role', { enum: ROLES }).notNull(),
  supplierId: bigint('supplier_id', { mode: 'number' }),
  invitedBy: hex('invited_by').notNull(),
  createdAt: count('created_at').notNull(),
  expiresAt: count('expires_at').notNull(),
});

export const apiKeys = pgTable('api_keys', {
  id: text('id').primaryKey(),
  organisationId,
  name: text('name').notNull(),
  prefix: text('prefix').notNull(),
  keyHash: hex('key_hash').notNull(),
  /** Permissions with blanks between them. */
  scopes: text('scopes').notNull(),
  createdBy: hex('created_by').notNull(),
  createdAt: count('created_at').notNull(),
  expiresAt: count('expires_at').notNull(),
  seenAt: count('seen_at'),
  revokedAt: count('revoked_at'),
});

export const auditEntries = pgTable(
  'audit_entries',
  {
    organisationId,
    number: count('number').notNull(),
    at: count('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    /** JSON. */
    detail: text('detail').notNull(),
    previousHash: hex('previous_hash').notNull(),
    hash: hex('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.number] })],
);

export const idempotentAnswers = pgTable(
  'idempotent_answers',
  {
    organisationId,
    key: text('key').notNull(),
    requestHash: hex('request_hash').notNull(),
    status: integer('status').notNull(),
    body: text('body').notNull(),
    etag: text('etag'),
    createdAt: count('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.key] })],
);

export type OrganisationRow = typeof organisations.$inferSelect;
export type MemberRow = typeof members.$inferSelect;
export type InvitationRow = typeof invitations.$inferSelect;
export type ApiKeyRow = typeof apiKeys.$inferSelect;
export type AuditEntryRow = typeof auditEntries.$inferSelect;
export type WorkspaceRow = typeof workspaces.$inferSelect;
