import type { Hex } from '@truetonne/protocol';
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import { KEEPERS } from '../../domain/roles.ts';
import type { Session } from '../../store/database/database.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import {
  members,
  organisations,
  workspaces,
  type MemberRow,
  type OrganisationRow,
  type WorkspaceRow,
} from '../../store/tables/schema.ts';
import { holdRight, memberRight, seizeRight } from './rightLocks.ts';

export async function getOrganisation({ orm }: TenantSession): Promise<OrganisationRow> {
  const [row] = await orm.select().from(organisations);
  if (row === undefined) throw new Error('a tenant without its organisation');
  return row;
}

/** Changes an organisation if it is still of this version; false when it is not. */
export async function changeOrganisation(
  { orm }: TenantSession,
  version: number,
  change: Partial<
    Omit<OrganisationRow, 'organisationId' | 'kind' | 'anchorId' | 'version' | 'createdAt'>
  >,
): Promise<boolean> {
  const rows = await orm
    .update(organisations)
    .set({ ...change, version: version + 1 })
    .where(eq(organisations.version, version))
    .returning({ version: organisations.version });
  return rows.length > 0;
}

/** Members by the time they came, after one of them. */
export function readMembers(
  { orm }: TenantSession,
  after: number,
  limit: number,
): Promise<readonly MemberRow[]> {
  return orm
    .select()
    .from(members)
    .where(gt(members.accountId, after))
    .orderBy(asc(members.accountId))
    .limit(limit);
}

/** Wallets that keep the organisation's books. */
export async function readKeepers({ orm }: TenantSession): Promise<readonly Hex[]> {
  const rows = await orm
    .select({ address: members.address })
    .from(members)
    .where(inArray(members.role, [...KEEPERS]));
  return rows.map(({ address }) => address);
}

/** Reads a member; for a change it is held until the transaction ends. */
export async function findMember(
  { orm }: TenantSession,
  address: Hex,
  forChange: boolean,
): Promise<MemberRow | undefined> {
  const query = orm.select().from(members).where(eq(members.address, address));
  const [row] = await (forChange ? query.for('update') : query);
  return row;
}

/** Owners, locked until the transaction ends: two that leave at once can't both see the other stay. */
export async function lockOwners({ orm }: TenantSession): Promise<readonly MemberRow[]> {
  return orm.select().from(members).where(eq(members.role, 'owner')).for('update');
}

export async function changeMember(
  session: TenantSession,
  { accountId, version }: MemberRow,
  role: MemberRow['role'],
): Promise<void> {
  const { orm, organisationId } = session;
  await seizeRight(session, memberRight(organisationId, accountId));
  await orm
    .update(members)
    .set({ role, supplierId: null, version: version + 1 })
    .where(eq(members.accountId, accountId));
}

export async function deleteMember(session: TenantSession, accountId: number): Promise<void> {
  const { orm, organisationId } = session;
  await seizeRight(session, memberRight(organisationId, accountId));
  await orm.delete(members).where(eq(members.accountId, accountId));
}

export function readWorkspaces({ orm }: TenantSession): Promise<readonly WorkspaceRow[]> {
  return orm.select().from(workspaces).orderBy(asc(workspaces.id));
}

export async function findWorkspace(
  { orm }: TenantSession,
  id: number,
): Promise<WorkspaceRow | undefined> {
  const [row] = await orm.select().from(workspaces).where(eq(workspaces.id, id));
  return row;
}

/** A new workspace, or `undefined` when there is one of its name. */
export async function insertWorkspace(
  { orm, organisationId }: TenantSession,
  name: string,
  now: number,
): Promise<WorkspaceRow | undefined> {
  const [row] = await orm
    .insert(workspaces)
    .values({ organisationId, name, createdAt: now })
    .onConflictDoNothing()
    .returning();
  return row;
}

export async function closeWorkspace(
  { orm }: TenantSession,
  id: number,
  now: number,
): Promise<boolean> {
  const rows = await orm
    .update(workspaces)
    .set({ closedAt: now })
    .where(and(eq(workspaces.id, id), isNull(workspaces.closedAt)))
    .returning({ id: workspaces.id });
  return rows.length > 0;
}

/** A membership, and the organisation it is of. */
export interface Membership {
  readonly member: MemberRow;
  readonly organisation: OrganisationRow;
}

/** Organisations of a wallet: the one question that is asked across organisations. */
export function readMemberships(
  { orm }: Session,
  accountId: number,
): Promise<readonly Membership[]> {
  return orm
    .select({ member: members, organisation: organisations })
    .from(members)
    .innerJoin(organisations, eq(organisations.organisationId, members.organisationId))
    .where(and(eq(members.accountId, accountId), isNull(organisations.deletedAt)))
    .orderBy(asc(organisations.createdAt), asc(organisations.organisationId));
}

/**
 * A wallet's membership in one organisation. For a write it is held until the end of the transaction:
 * a member who is being removed is either removed before or after all of it.
 */
export async function findMembership(
  session: Session,
  accountId: number,
  organisationId: string,
  forWrite: boolean,
): Promise<Membership | undefined> {
  if (forWrite) await holdRight(session, memberRight(organisationId, accountId));
  const [row] = await session.orm
    .select({ member: members, organisation: organisations })
    .from(members)
    .innerJoin(organisations, eq(organisations.organisationId, members.organisationId))
    .where(
      and(
        eq(members.accountId, accountId),
        eq(members.organisationId, organisationId),
        isNull(organisations.deletedAt),
      ),
    );
  return row;
}

/** Makes an organisation with its first owner and its first workspace. */
export async function insertOrganisation(
  { orm }: Session,
  organisation: typeof organisations.$inferInsert,
  owner: { readonly accountId: number; readonly address: Hex },
): Promise<OrganisationRow> {
  const [row] = await orm.insert(organisations).values(organisation).returning();
  if (row === undefined) throw new Error('an organisation was not stored');
  const { organisationId, createdAt } = row;
  await orm
    .insert(members)
    .values({ organisationId, ...owner, role: 'owner', joinedAt: createdAt });
  await orm.insert(workspaces).values({ organisationId, name: 'Main', createdAt });
  return row;
}

/**
 * The last number of the audit log, with its hash; holds the log until the transaction ends. Not
 * `FOR UPDATE`: each row that was inserted for the organisation holds its key, so two who inserted one
 * would wait for each other.
 */
export async function lockAuditHead({ run }: TenantSession): Promise<readonly unknown[]> {
  const [row] = await run(
    'SELECT audit_number, audit_hash FROM organisations FOR NO KEY UPDATE',
    [],
    'audit-head',
  );
  if (row === undefined) throw new Error('a tenant without its organisation');
  return row;
}
