import { randomUUID } from 'node:crypto';
import { TonneError, type Hex } from '@truetonne/protocol';
import { mayDo, mayGive, type Role } from '../../domain/roles.ts';
import type { Session } from '../../store/database/database.ts';
import { enterTenant, type TenantSession } from '../../store/database/tenant.ts';
import type { InvitationRow, MemberRow } from '../../store/tables/schema.ts';
import { appendAudit } from '../audit/store.ts';
import type { Account } from '../signIn/store.ts';
import {
  deleteInvitation,
  findInvitationOf,
  insertMember,
  readInvitationsBy,
  saveInvitation,
} from './invitationStore.ts';
import { readKeysOf, revokeKey } from './keyStore.ts';
import { noteRevoked } from './keys.ts';
import type { By } from './organisations.ts';
import { changeMember, deleteMember, findMember, lockOwners } from './store.ts';

/** An invitation waits so long, seconds. */
const INVITATION_SECONDS = 14 * 86_400;

interface Wish {
  readonly address: Hex;
  readonly role: Role;
  readonly supplierId: number | null;
  /** The wallet that invites. */
  readonly invitedBy: MemberRow;
}

/** Invites a wallet. Throws MEMBER_EXISTS, NOT_ALLOWED. */
export async function invite(
  session: TenantSession,
  { address, role, supplierId, invitedBy }: Wish,
  { actor, now }: By,
): Promise<InvitationRow> {
  assertMayGive(invitedBy.role, role);
  if ((await findMember(session, address, false)) !== undefined) {
    throw new TonneError('MEMBER_EXISTS', { field: 'address', value: address });
  }
  const { organisationId } = session;
  const invitation = {
    ...{ id: randomUUID(), address, role, supplierId, createdAt: now },
    ...{ invitedBy: invitedBy.address, expiresAt: now + INVITATION_SECONDS },
  };
  await saveInvitation(session, invitation);
  await appendAudit(session, {
    ...{ actor, at: now, action: 'member.invited', subject: address },
    detail: { role, supplierId },
  });
  return { ...invitation, organisationId };
}

/** Takes an invitation back. Throws INVITATION_UNKNOWN. */
export async function uninvite(session: TenantSession, id: string, by: By): Promise<void> {
  if (!(await deleteInvitation(session, id))) throw unknownInvitation(id);
  await noteWithdrawn(session, id, by);
}

function noteWithdrawn(session: TenantSession, id: string, { actor, now }: By): Promise<void> {
  return appendAudit(session, {
    ...{ actor, at: now, action: 'invitation.withdrawn', subject: id, detail: {} },
  });
}

/** The invited wallet becomes a member. Throws INVITATION_UNKNOWN, INVITATION_EXPIRED, MEMBER_EXISTS. */
export async function acceptInvitation(
  outer: Session,
  { id: accountId, address }: Account,
  id: string,
  now: number,
): Promise<string> {
  const invitation = await findInvitationOf(outer, address, id);
  if (invitation === undefined) throw unknownInvitation(id);
  const { organisationId, role, supplierId, expiresAt } = invitation;
  if (expiresAt <= now) throw new TonneError('INVITATION_EXPIRED', { field: 'id', value: id });
  const session = await enterTenant(outer, organisationId);
  const member = { accountId, address, role, supplierId, joinedAt: now };
  // Two that accept at once: whoever deletes the invitation first becomes the member.
  if (!(await deleteInvitation(session, id))) throw unknownInvitation(id);
  if (!(await insertMember(session, member))) {
    throw new TonneError('MEMBER_EXISTS', { field: 'address', value: address });
  }
  await appendAudit(session, {
    ...{ actor: `wallet:${address}`, at: now, action: 'member.joined', subject: address },
    detail: { role, supplierId },
  });
  return organisationId;
}

/**
 * Gives a member another role; keys and invitations of it that the new role could not make end with it.
 *
 * @throws TonneError NOT_ALLOWED, LAST_OWNER
 */
export async function changeRole(
  session: TenantSession,
  member: MemberRow,
  role: Exclude<Role, 'supplier'>,
  giver: MemberRow,
  { actor, now }: By,
): Promise<void> {
  assertMayGive(giver.role, role);
  assertMayGive(giver.role, member.role);
  if (member.role === 'owner' && role !== 'owner') await assertOtherOwner(session, member);
  await changeMember(session, member, role);
  const noteEnded = await endGrants(session, member, role, { actor, now });
  await appendAudit(session, {
    ...{ actor, at: now, action: 'member.role', subject: member.address },
    ...{ detail: { from: member.role, to: role }, endsRight: true },
  });
  await noteEnded();
}

/**
 * Takes a member out, with the keys that it made and the invitations that it sent; what it is writing at this
 * moment is either all stored before, or not at all.
 *
 * @throws TonneError NOT_ALLOWED, LAST_OWNER
 */
export async function removeMember(
  session: TenantSession,
  member: MemberRow,
  remover: MemberRow,
  { actor, now }: By,
): Promise<void> {
  if (member.accountId !== remover.accountId) assertMayGive(remover.role, member.role);
  if (member.role === 'owner') await assertOtherOwner(session, member);
  await deleteMember(session, member.accountId);
  const noteEnded = await endGrants(session, member, undefined, { actor, now });
  await appendAudit(session, {
    ...{ actor, at: now, action: 'member.removed', subject: member.address },
    ...{ detail: { role: member.role }, endsRight: true },
  });
  await noteEnded();
}

/** Throws MEMBER_UNKNOWN. */
export async function getMember(
  session: TenantSession,
  address: Hex,
  forChange: boolean,
): Promise<MemberRow> {
  const member = await findMember(session, address, forChange);
  if (member !== undefined) return member;
  throw new TonneError('MEMBER_UNKNOWN', { field: 'address', value: address });
}

/**
 * Whoever lost a right keeps none through what it gave away: ends what the role that is left could not make.
 * Answers what writes that down, to be called last: whoever writes with such a key or accepts such an
 * invitation holds that first, and the head of the audit log after it.
 */
async function endGrants(
  session: TenantSession,
  { address }: MemberRow,
  role: Role | undefined,
  by: By,
): Promise<() => Promise<void>> {
  const mayMakeKeys = role !== undefined && mayDo(role, 'keys:write');
  const keys = mayMakeKeys ? [] : await readKeysOf(session, address);
  for (const { id } of keys) await revokeKey(session, id, by.now);
  const withdrawn: string[] = [];
  for (const invitation of await readInvitationsBy(session, address)) {
    if (role !== undefined && mayGive(role, invitation.role)) continue;
    // One that is accepted at this moment is gone already.
    if (await deleteInvitation(session, invitation.id)) withdrawn.push(invitation.id);
  }
  return async () => {
    for (const { id } of keys) await noteRevoked(session, id, by);
    for (const id of withdrawn) await noteWithdrawn(session, id, by);
  };
}

async function assertOtherOwner(session: TenantSession, { accountId }: MemberRow): Promise<void> {
  const owners = await lockOwners(session);
  if (owners.some((owner) => owner.accountId !== accountId)) return;
  throw new TonneError('LAST_OWNER', { field: 'role', value: 'owner' });
}

function assertMayGive(giver: Role, role: Role): void {
  if (mayGive(giver, role)) return;
  throw new TonneError('NOT_ALLOWED', { field: 'role', value: giver, expected: 'owner' });
}

function unknownInvitation(value: string): TonneError {
  return new TonneError('INVITATION_UNKNOWN', { field: 'id', value });
}
