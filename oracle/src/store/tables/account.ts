import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, count, hex, longIdentity } from './columns.ts';

export const accounts = pgTable('accounts', {
  id: longIdentity('id'),
  address: hex('address').notNull(),
  createdAt: count('created_at').notNull(),
});

export const signInNonces = pgTable('sign_in_nonces', {
  nonce: text('nonce').primaryKey(),
  expiresAt: count('expires_at').notNull(),
});

export const sessions = pgTable('sessions', {
  id: text('id').primaryKey(),
  accountId: bigint('account_id', { mode: 'number' }).notNull(),
  tokenHash: hex('token_hash').notNull(),
  agent: text('agent').notNull(),
  createdAt: count('created_at').notNull(),
  seenAt: count('seen_at').notNull(),
  expiresAt: count('expires_at').notNull(),
  /** When the second factor was last shown. */
  verifiedAt: count('verified_at'),
  challenge: text('challenge'),
  challengeExpiresAt: count('challenge_expires_at'),
  revokedAt: count('revoked_at'),
});

export const secondFactors = pgTable('second_factors', {
  id: text('id').primaryKey(),
  accountId: bigint('account_id', { mode: 'number' }).notNull(),
  kind: text('kind', { enum: ['totp', 'passkey'] }).notNull(),
  name: text('name').notNull(),
  secret: text('secret'),
  /** The newest step of 30 s whose code was used: a code is good once. */
  usedStep: count('used_step'),
  failures: integer('failures').notNull().default(0),
  failedAt: count('failed_at'),
  credentialId: text('credential_id'),
  publicKey: bytes('public_key'),
  counter: count('counter'),
  createdAt: count('created_at').notNull(),
  confirmedAt: count('confirmed_at'),
});

export const accountAnswers = pgTable(
  'account_answers',
  {
    accountId: bigint('account_id', { mode: 'number' }).notNull(),
    key: text('key').notNull(),
    requestHash: hex('request_hash').notNull(),
    status: integer('status').notNull(),
    body: text('body').notNull(),
    etag: text('etag'),
    createdAt: count('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.key] })],
);

export type SessionRow = typeof sessions.$inferSelect;
export type SecondFactorRow = typeof secondFactors.$inferSelect;
