import { randomUUID } from 'node:crypto';
import { TonneError, type Hex } from '@truetonne/protocol';
import type { Permission } from '../../domain/roles.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { ApiKeyRow } from '../../store/tables/schema.ts';
import { appendAudit } from '../audit/store.ts';
import { hashToken, makeToken } from '../signIn/tokens.ts';
import { insertKey, revokeKey } from './keyStore.ts';
import type { By } from './organisations.ts';

/** Says what it is to whoever finds it, and to programs that look for secrets in files. */
const PREFIX = 'tt_';
const SHOWN = 8;

interface Wish {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly createdBy: Hex;
  readonly expiresAt: number;
}

/** A new key. Its text is in the answer alone; only its hash is stored. */
export async function createKey(
  session: TenantSession,
  { name, scopes, createdBy, expiresAt }: Wish,
  { actor, now }: By,
): Promise<{ readonly key: ApiKeyRow; readonly text: string }> {
  if (expiresAt <= now) {
    const expected = `after ${now}`;
    throw new TonneError('BODY_MALFORMED', { field: 'expiresAt', value: `${expiresAt}`, expected });
  }
  const text = `${PREFIX}${makeToken()}`;
  const key = {
    ...{ id: randomUUID(), name, createdBy, createdAt: now, expiresAt },
    prefix: text.slice(0, SHOWN),
    keyHash: hashToken(text),
    scopes: [...new Set(scopes)].join(' '),
  };
  await insertKey(session, key);
  await appendAudit(session, {
    ...{ actor, at: now, action: 'key.created', subject: key.id },
    detail: { name, scopes, expiresAt },
  });
  const { organisationId } = session;
  return { key: { ...key, organisationId, seenAt: null, revokedAt: null }, text };
}

/** Ends a key at once. Throws API_KEY_UNKNOWN. */
export async function endKey(session: TenantSession, id: string, by: By): Promise<void> {
  if (!(await revokeKey(session, id, by.now))) {
    throw new TonneError('API_KEY_UNKNOWN', { field: 'id', value: id });
  }
  await noteRevoked(session, id, by);
}

export function noteRevoked(session: TenantSession, id: string, { actor, now }: By): Promise<void> {
  return appendAudit(session, {
    ...{ actor, at: now, action: 'key.revoked', subject: id, detail: {}, endsRight: true },
  });
}
