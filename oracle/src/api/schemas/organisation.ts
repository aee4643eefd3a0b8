import { z } from '@hono/zod-openapi';
import { ROLES, SCOPES } from '../../domain/roles.ts';
import { address, id32, time, whole } from './shared.ts';

/** A name that people read: no control characters, so that it can stand in a file or a log. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((text) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text), 'no control characters');

/** Of a wallet, in any case. */
export const walletSchema = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, '0x and 40 hex digits')
  // Proof: the expression above takes nothing else.
  .transform((text) => text.toLowerCase() as `0x${string}`);

export const countrySchema = z.string().regex(/^[A-Z]{2}$/, 'two capital letters of ISO 3166-1');

export const sessionSchema = z
  .object({
    id: z.uuid(),
    address,
    current: z.boolean(),
    agent: z.string(),
    createdAt: time,
    seenAt: time,
    expiresAt: time,
  })
  .openapi('Session');

export const currentSessionSchema = sessionSchema
  .extend({
    csrfToken: z.string().openapi({ description: 'To be sent as x-csrf-token with every write' }),
    secondFactorUntil: time.nullable(),
  })
  .openapi('CurrentSession');

export const factorSchema = z
  .object({ id: z.uuid(), kind: z.enum(['totp', 'passkey']), name: z.string(), createdAt: time })
  .openapi('SecondFactor');

export const organisationSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['organisation', 'individual']),
    name: z.string(),
    country: z.string(),
    gwpSet: z.enum(['AR4', 'AR5', 'AR6']),
    otherGwpSet: z.enum(['refuse', 'apart']).openapi({
      description: 'Factors published only under another set: refused, or in lines apart',
    }),
    widenRegion: z.boolean().openapi({ description: 'A wider region may stand in' }),
    carryForwardYears: whole.openapi({
      description: 'A factor may be used so long after its validity',
    }),
    secondFactorRequired: z.boolean(),
    anchorId: id32.openapi({ description: 'Random; its inventories stand under it on the chain' }),
    version: whole,
    createdAt: time,
  })
  .openapi('Organisation');

export const membershipSchema = organisationSchema
  .extend({ role: z.enum(ROLES) })
  .openapi('Membership');

export const memberSchema = z
  .object({
    address,
    role: z.enum(ROLES),
    supplierId: z.string().nullable(),
    version: whole,
    joinedAt: time,
  })
  .openapi('Member');

export const invitationSchema = z
  .object({
    id: z.uuid(),
    organisationId: z.uuid(),
    address,
    role: z.enum(ROLES),
    invitedBy: address,
    createdAt: time,
    expiresAt: time,
  })
  .openapi('Invitation');

export const workspaceSchema = z
  .object({ id: z.string(), name: z.string(), createdAt: time, closedAt: time.nullable() })
  .openapi('Workspace');

export const scopeSchema = z.enum(SCOPES);

export const keySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(scopeSchema),
    createdBy: address,
    createdAt: time,
    expiresAt: time,
    seenAt: time.nullable(),
    revokedAt: time.nullable(),
  })
  .openapi('ApiKey');

export const auditEntrySchema = z
  .object({
    number: whole,
    at: time,
    actor: z.string().openapi({ example: 'wallet:0x...' }),
    action: z.string().openapi({ example: 'member.removed' }),
    subject: z.string(),
    detail: z.string().openapi({ description: 'JSON, as the hash covers it' }),
    previousHash: id32,
    hash: id32,
  })
  .openapi('AuditEntry');

export const auditHeadSchema = z
  .object({
    organisationId: z.uuid(),
    number: whole,
    hash: id32,
    entries: whole.openapi({ description: 'Entries that were read and fit one after another' }),
  })
  .openapi('AuditHead');

/** A number of a row, as text. */
export const rowIdSchema = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, 'a row id')
  .transform(Number);
