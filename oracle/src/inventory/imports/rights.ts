import { TonneError } from '@truetonne/protocol';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { mayDo } from '../../domain/roles.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import { apiKeys, members, organisations, type ImportRow } from '../../store/tables/schema.ts';
import { findImport } from './store.ts';

/** Somebody stopped the import. */
export class ImportStopped extends Error {}

/** Throws ImportStopped when the import was cancelled; nobody cancels it until the transaction ends. */
export async function assertNotStopped(session: TenantSession, id: string): Promise<void> {
  const row = await findImport(session, id, true);
  if (row?.state === 'cancelled') throw new ImportStopped();
}

/**
 * Whoever began an import must still be allowed to write when each part of it is stored. That a session
 * has ended since does not matter: the file was handed over while it held.
 *
 * @throws TonneError NOT_ALLOWED
 */
export async function assertStillMay(
  { orm }: TenantSession,
  { accountId, keyId }: ImportRow,
  now: number,
): Promise<void> {
  const [organisation] = await orm
    .select({ deletedAt: organisations.deletedAt })
    .from(organisations);
  if (organisation?.deletedAt === null) {
    if (accountId !== null) {
      const [member] = await orm
        .select({ role: members.role })
        .from(members)
        .where(eq(members.accountId, accountId))
        .for('share');
      if (member !== undefined && mayDo(member.role, 'activities:write')) return;
    } else if (keyId !== null) {
      const [key] = await orm
        .select({ id: apiKeys.id })
        .from(apiKeys)
        .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now)))
        .for('share');
      if (key !== undefined) return;
    }
  }
  const expected = 'activities:write, of who began the import';
  throw new TonneError('NOT_ALLOWED', { field: 'role', value: 'nothing any more', expected });
}
