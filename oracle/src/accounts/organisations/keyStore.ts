import type { Hex } from '@truetonne/protocol';
import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { Session } from '../../store/database/database.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import {
  apiKeys,
  organisations,
  type ApiKeyRow,
  type OrganisationRow,
} from '../../store/tables/schema.ts';
import { holdRight, keyRight, seizeRight } from './rightLocks.ts';

export async function insertKey(
  { orm, organisationId }: TenantSession,
  key: Omit<ApiKeyRow, 'organisationId' | 'seenAt' | 'revokedAt'>,
): Promise<void> {
  await orm.insert(apiKeys).values({ ...key, organisationId });
}

export function readKeys({ orm }: TenantSession): Promise<readonly ApiKeyRow[]> {
  return orm.select().from(apiKeys).orderBy(desc(apiKeys.createdAt), asc(apiKeys.id));
}

/** Keys that a wallet made and nobody revoked, in an order that is the same for whoever ends them. */
export function readKeysOf({ orm }: TenantSession, createdBy: Hex): Promise<readonly ApiKeyRow[]> {
  return orm
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.createdBy, createdBy), isNull(apiKeys.revokedAt)))
    .orderBy(asc(apiKeys.id));
}

export async function revokeKey(session: TenantSession, id: string, now: number): Promise<boolean> {
  const { orm } = session;
  const [known] = await orm.select().from(apiKeys).where(eq(apiKeys.id, id));
  if (known === undefined) return false;
  await seizeRight(session, keyRight(known.keyHash));
  const rows = await orm
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return rows.length > 0;
}

/**
 * A key by its hash, whether it holds or not, and its organisation. For a write it is held until the end
 * of the transaction, so that nothing is written after it is revoked.
 */
export async function findKey(
  session: Session,
  keyHash: Hex,
  forWrite: boolean,
): Promise<{ readonly key: ApiKeyRow; readonly organisation: OrganisationRow } | undefined> {
  if (forWrite) await holdRight(session, keyRight(keyHash));
  const [row] = await session.orm
    .select({ key: apiKeys, organisation: organisations })
    .from(apiKeys)
    .innerJoin(organisations, eq(organisations.organisationId, apiKeys.organisationId))
    .where(and(eq(apiKeys.keyHash, keyHash), isNull(organisations.deletedAt)));
  return row;
}

/** Left to another request that does so at this moment, which it would wait for otherwise. */
export async function saveKeySeen({ run }: Session, id: string, now: number): Promise<void> {
  await run(
    `UPDATE api_keys SET seen_at = $2
     WHERE id IN (SELECT id FROM api_keys WHERE id = $1 FOR UPDATE SKIP LOCKED)`,
    [id, now],
    'key-seen',
  );
}
