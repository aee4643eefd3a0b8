import { TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { readInvitations } from '../../accounts/organisations/invitationStore.ts';
import {
  changeRole,
  getMember,
  invite,
  removeMember,
  uninvite,
} from '../../accounts/organisations/membership.ts';
import { readMembers } from '../../accounts/organisations/store.ts';
import type { MemberRow } from '../../store/tables/schema.ts';
import type { Actor } from '../caller.ts';
import type { ApiContext } from '../context.ts';
import { cursorSchema, nothing, pageQuery, parseCursor, pageAfter, type ApiEnv } from '../route.ts';
import { invitationSchema, memberSchema, walletSchema } from '../schemas/organisation.ts';
import { addTenantRoute, etagOf, noBody } from '../tenantRoute.ts';

const tag = 'members';
const params = z.object({ address: walletSchema });

/** Suppliers are invited on their own page, since they belong to an entry of the directory. */
const role = z.enum(['owner', 'admin', 'editor', 'viewer', 'verifier']);

export function addMemberRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addReadRoutes(app, api);
  addWriteRoutes(app, api);
  addInvitationRoutes(app, api);
}

function addReadRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/members', tag, permission: 'members:read', body: noBody },
      ...{ summary: 'Members, in the order in which they came', params: nothing, query: pageQuery },
      answer: z.object({ members: z.array(memberSchema), nextCursor: cursorSchema }),
    },
    async ({ session, query: { limit, cursor } }) => {
      const [after = 0] = parseCursor(cursor, [0]);
      const rows = await readMembers(session, after, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      const nextCursor = last === undefined ? null : String(last.accountId);
      return { body: { members: rows.map(memberView), nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/members/{address}', tag, permission: 'members:read' },
      ...{ summary: 'A member', params, query: nothing, body: noBody, answer: memberSchema },
    },
    async ({ session, params: { address } }) => {
      const member = await getMember(session, address, false);
      return { body: memberView(member), etag: etagOf(member.version) };
    },
  );
}

function addWriteRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { tag, params, query: nothing, path: '/v1/members/{address}' } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'patch', permission: 'members:write', dangerous: true },
      ...{ summary: 'Give a member another role; needs If-Match', answer: memberSchema },
      match: true,
      body: z.object({ role }),
    },
    async ({ session, actor, params: { address }, body, now, assertMatch }) => {
      const member = await getMember(session, address, true);
      assertMatch(member.version);
      const by = { actor: actor.name, now };
      await changeRole(session, member, body.role, getSelf(actor), by);
      const changed = await getMember(session, address, false);
      return { body: memberView(changed), etag: etagOf(changed.version) };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'delete', permission: 'members:write', dangerous: true },
      ...{ summary: 'Take a member out at once; needs If-Match', body: noBody, match: true },
      answer: z.object({ removed: z.literal(true) }),
    },
    async ({ session, actor, params: { address }, now, assertMatch }) => {
      const member = await getMember(session, address, true);
      assertMatch(member.version);
      await removeMember(session, member, getSelf(actor), { actor: actor.name, now });
      return { body: { removed: true as const } };
    },
  );
}

function addInvitationRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { tag, query: nothing };
  addTenantRoute(
    app,
    api,
    {
      ...{ tag, method: 'get', path: '/v1/invitations', permission: 'members:read' },
      ...{ summary: 'Wallets that are invited', params: nothing, body: noBody, query: pageQuery },
      answer: z.object({ invitations: z.array(invitationSchema), nextCursor: cursorSchema }),
    },
    async ({ session, query }) => {
      const { rows, nextCursor } = pageAfter(
        await readInvitations(session),
        query,
        ({ createdAt, id }) => [createdAt, id],
      );
      return { body: { invitations: [...rows], nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'post', path: '/v1/invitations', permission: 'members:write' },
      ...{ summary: 'Invite a wallet', params: nothing, status: 201, dangerous: true },
      ...{ body: z.object({ address: walletSchema, role }), answer: invitationSchema },
    },
    async ({ session, actor, body, now }) => {
      const wish = { ...body, supplierId: null, invitedBy: getSelf(actor) };
      await api.entitlements.assertSeat(session, session.organisationId);
      return { body: await invite(session, wish, { actor: actor.name, now }) };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'delete', path: '/v1/invitations/{id}', permission: 'members:write' },
      ...{ summary: 'Take an invitation back', params: z.object({ id: z.uuid() }), body: noBody },
      answer: z.object({ withdrawn: z.literal(true) }),
    },
    async ({ session, actor, params: { id }, now }) => {
      await uninvite(session, id, { actor: actor.name, now });
      return { body: { withdrawn: true as const } };
    },
  );
}

/** The member who acts. Throws NOT_ALLOWED for an API key: members are managed by hand. */
export function getSelf({ member }: Actor): MemberRow {
  if (member !== undefined) return member;
  const expected = 'a member who is signed in';
  throw new TonneError('NOT_ALLOWED', { field: 'role', value: 'API key', expected });
}

function memberView({ address, role: own, supplierId, version, joinedAt }: MemberRow) {
  const supplier = supplierId === null ? null : String(supplierId);
  return { address, role: own, supplierId: supplier, version, joinedAt };
}
