import { auditHash, toHex, type AuditEntry } from '@truetonne/protocol';
import { and, asc, eq, gt, gte, lte } from 'drizzle-orm';
import type { TenantSession } from '../../store/database/tenant.ts';
import { asBytes } from '../../store/ranges.ts';
import { auditEntries, organisations, type AuditEntryRow } from '../../store/tables/schema.ts';
import { lockAuditHead } from '../organisations/store.ts';

/** What an entry says; its place in the chain is found here. */
export interface Change {
  readonly actor: string;
  /** `noun.verb`, such as `member.removed`. */
  readonly action: string;
  /** Id of what was changed. */
  readonly subject: string;
  readonly detail: object;
  readonly at: number;
  /** It takes a right away: whoever looks on with that right is let go at once. */
  readonly endsRight?: true;
}

/** Adds a change to the log, in the transaction that makes the change: neither is there without the other. */
export async function appendAudit(session: TenantSession, change: Change): Promise<void> {
  const { organisationId, orm } = session;
  const [number, hash] = await lockAuditHead(session);
  const content = {
    ...{ number: Number(number) + 1, at: change.at, actor: change.actor },
    ...{ action: change.action, subject: change.subject, detail: JSON.stringify(change.detail) },
    previousHash: toHex(asBytes(hash)),
  };
  const entry: AuditEntry = { ...content, hash: auditHash(content) };
  await orm.insert(auditEntries).values({ ...entry, organisationId });
  await orm
    .update(organisations)
    .set({
      ...{ auditNumber: entry.number, auditHash: entry.hash },
      ...(change.endsRight === true && { rightsEnded: entry.number }),
    })
    .where(eq(organisations.organisationId, organisationId));
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** Entries after a number, by number. */
export function readAudit(
  { orm }: TenantSession,
  filter: AuditFilter,
  after: number,
  limit: number,
): Promise<readonly AuditEntryRow[]> {
  const { actor, action, subject, from, until } = filter;
  return orm
    .select()
    .from(auditEntries)
    .where(
      and(
        gt(auditEntries.number, after),
        actor === undefined ? undefined : eq(auditEntries.actor, actor),
        action === undefined ? undefined : eq(auditEntries.action, action),
        subject === undefined ? undefined : eq(auditEntries.subject, subject),
        from === undefined ? undefined : gte(auditEntries.at, from),
        until === undefined ? undefined : lte(auditEntries.at, until),
      ),
    )
    .orderBy(asc(auditEntries.number))
    .limit(limit);
}
