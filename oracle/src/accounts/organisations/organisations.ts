import { randomBytes, randomUUID } from 'node:crypto';
import { auditGenesis, TonneError } from '@truetonne/protocol';
import type { Session } from '../../store/database/database.ts';
import { enterTenant, type TenantSession } from '../../store/database/tenant.ts';
import type { OrganisationRow, WorkspaceRow } from '../../store/tables/schema.ts';
import { appendAudit } from '../audit/store.ts';
import type { Account } from '../signIn/store.ts';
import {
  changeOrganisation,
  closeWorkspace,
  findWorkspace,
  getOrganisation,
  insertOrganisation,
  insertWorkspace,
} from './store.ts';

/** Who changes something, and when. */
export interface By {
  /** As the audit log names it. */
  readonly actor: string;
  readonly now: number;
}

/**
 * A new organisation, or an individual's own books; the wallet that makes it is its owner. The
 * transaction is inside of it from then on.
 */
export async function createOrganisation(
  session: Session,
  account: Account,
  wish: Pick<OrganisationRow, 'kind' | 'name' | 'country' | 'gwpSet'>,
  now: number,
): Promise<OrganisationRow> {
  const organisationId = randomUUID();
  const row = await insertOrganisation(
    session,
    {
      ...{ ...wish, organisationId, createdAt: now },
      anchorId: `0x${randomBytes(32).toString('hex')}`,
      auditHash: auditGenesis(organisationId),
    },
    { accountId: account.id, address: account.address },
  );
  await appendAudit(await enterTenant(session, organisationId), {
    ...{ actor: `wallet:${account.address}`, at: now, action: 'organisation.created' },
    ...{ subject: organisationId, detail: wish },
  });
  return row;
}

type OrganisationChange = Partial<
  Pick<
    OrganisationRow,
    | ('name' | 'country' | 'gwpSet' | 'secondFactorRequired')
    | ('otherGwpSet' | 'widenRegion' | 'carryForwardYears')
  >
>;

/** Changes an organisation that the caller knows to be of a version. */
export async function updateOrganisation(
  session: TenantSession,
  { version }: OrganisationRow,
  change: OrganisationChange,
  { actor, now }: By,
): Promise<OrganisationRow> {
  await changeOrThrow(session, version, change);
  const row = await getOrganisation(session);
  const subject = row.organisationId;
  await appendAudit(session, {
    ...{ actor, at: now, action: 'organisation.changed', subject, detail: change },
  });
  return row;
}

/** Ends an organisation: nobody reaches it any more; its rows and its log are kept. */
export async function deleteOrganisation(
  session: TenantSession,
  { version, organisationId, name }: OrganisationRow,
  { actor, now }: By,
): Promise<void> {
  await appendAudit(session, {
    ...{ actor, at: now, action: 'organisation.deleted', subject: organisationId },
    ...{ detail: { name }, endsRight: true },
  });
  await changeOrThrow(session, version, { deletedAt: now });
}

async function changeOrThrow(
  session: TenantSession,
  version: number,
  change: Parameters<typeof changeOrganisation>[2],
): Promise<void> {
  if (await changeOrganisation(session, version, change)) return;
  throw new TonneError('PRECONDITION_FAILED', { field: 'if-match', value: String(version) });
}

/** Throws WORKSPACE_EXISTS. */
export async function openWorkspace(
  session: TenantSession,
  name: string,
  { actor, now }: By,
): Promise<WorkspaceRow> {
  const row = await insertWorkspace(session, name, now);
  if (row === undefined) throw new TonneError('WORKSPACE_EXISTS', { field: 'name', value: name });
  const subject = String(row.id);
  await appendAudit(session, {
    ...{ actor, at: now, action: 'workspace.opened', subject, detail: { name } },
  });
  return row;
}

/** Closes a workspace to new activities; what is in it stays. Throws WORKSPACE_UNKNOWN. */
export async function shutWorkspace(
  session: TenantSession,
  id: number,
  { actor, now }: By,
): Promise<WorkspaceRow> {
  const closed = await closeWorkspace(session, id, now);
  const row = await getWorkspace(session, id);
  if (closed) {
    const subject = String(id);
    await appendAudit(session, {
      ...{ actor, at: now, action: 'workspace.closed', subject, detail: { name: row.name } },
    });
  }
  return row;
}

/** Throws WORKSPACE_UNKNOWN. */
export async function getWorkspace(session: TenantSession, id: number): Promise<WorkspaceRow> {
  const row = await findWorkspace(session, id);
  if (row === undefined) {
    throw new TonneError('WORKSPACE_UNKNOWN', { field: 'workspaceId', value: String(id) });
  }
  return row;
}
