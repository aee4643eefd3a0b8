import type { Hex } from '@truetonne/protocol';
import { and, asc, eq } from 'drizzle-orm';
import type { Session } from '../../store/database/database.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import {
  invitations,
  members,
  organisations,
  type InvitationRow,
  type MemberRow,
} from '../../store/tables/schema.ts';

/** Invites a wallet; an invitation that it has already is replaced. */
export async function saveInvitation(
  { orm, organisationId }: TenantSession,
  invitation: Omit<InvitationRow, 'organisationId'>,
): Promise<void> {
  await orm
    .insert(invitations)
    .values({ ...invitation, organisationId })
    .onConflictDoUpdate({
      target: [invitations.organisationId, invitations.address],
      set: invitation,
    });
}

export function readInvitations({ orm }: TenantSession): Promise<readonly InvitationRow[]> {
  return orm.select().from(invitations).orderBy(asc(invitations.createdAt), asc(invitations.id));
}

/** Invitations that a wallet sent and nobody accepted. */
export function readInvitationsBy(
  { orm }: TenantSession,
  invitedBy: Hex,
): Promise<readonly InvitationRow[]> {
  return orm
    .select()
    .from(invitations)
    .where(eq(invitations.invitedBy, invitedBy))
    .orderBy(asc(invitations.id));
}

export async function deleteInvitation({ orm }: TenantSession, id: string): Promise<boolean> {
  const rows = await orm
    .delete(invitations)
    .where(eq(invitations.id, id))
    .returning({ id: invitations.id });
  return rows.length > 0;
}

/** Invitations of a wallet, from whichever organisations. */
export function readInvitationsOf({ orm }: Session, address: Hex) {
  return orm
    .select({ invitation: invitations, organisationName: organisations.name })
    .from(invitations)
    .innerJoin(organisations, eq(organisations.organisationId, invitations.organisationId))
    .where(eq(invitations.address, address))
    .orderBy(asc(invitations.createdAt), asc(invitations.id));
}

export async function findInvitationOf(
  { orm }: Session,
  address: Hex,
  id: string,
): Promise<InvitationRow | undefined> {
  const [row] = await orm
    .select()
    .from(invitations)
    .where(and(eq(invitations.id, id), eq(invitations.address, address)));
  return row;
}

/** Makes a member; false when the wallet is one already. */
export async function insertMember(
  { orm, organisationId }: TenantSession,
  member: Omit<MemberRow, 'organisationId' | 'version'>,
): Promise<boolean> {
  const rows = await orm
    .insert(members)
    .values({ ...member, organisationId })
    .onConflictDoNothing()
    .returning({ accountId: members.accountId });
  return rows.length > 0;
}
