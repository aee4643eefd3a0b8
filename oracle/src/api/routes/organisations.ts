import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { readInvitationsOf } from '../../accounts/organisations/invitationStore.ts';
import { acceptInvitation } from '../../accounts/organisations/membership.ts';
import {
  createOrganisation,
  deleteOrganisation,
  openWorkspace,
  shutWorkspace,
  updateOrganisation,
} from '../../accounts/organisations/organisations.ts';
import { readMemberships, readWorkspaces } from '../../accounts/organisations/store.ts';
import type { OrganisationRow, WorkspaceRow } from '../../store/tables/schema.ts';
import { addAccountRoute } from '../accountRoute.ts';
import type { ApiContext } from '../context.ts';
import { cursorSchema, nothing, pageQuery, pageAfter, type ApiEnv } from '../route.ts';
import {
  countrySchema,
  invitationSchema,
  membershipSchema,
  nameSchema,
  organisationSchema,
  rowIdSchema,
  workspaceSchema,
} from '../schemas/organisation.ts';
import { addTenantRoute, etagOf, noBody } from '../tenantRoute.ts';

const gwpSet = z.enum(['AR4', 'AR5', 'AR6']);
const tag = 'organisations';

export function addOrganisationRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addAccountRoutes(app, api);
  addInvitedRoutes(app, api);
  addTenantRoutes(app, api);
  addDeleteRoute(app, api);
  addWorkspaceRoutes(app, api);
}

function addAccountRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/organisations', tag, params: nothing, body: noBody },
      summary: 'Organisations of this wallet, with its role in each',
      query: pageQuery,
      answer: z.object({
        organisations: z.array(membershipSchema),
        nextCursor: cursorSchema,
      }),
    },
    async ({ signedIn: { account }, session, query }) => {
      const { rows, nextCursor } = pageAfter(
        await readMemberships(session, account.id),
        query,
        ({ organisation }) => [organisation.createdAt, organisation.organisationId],
      );
      const organisations = rows.map(({ organisation, member: { role } }) => ({
        ...{ ...organisationView(organisation), role },
      }));
      return { body: { organisations, nextCursor } };
    },
  );
  addAccountRoute(
    app,
    api,
    {
      ...{
        method: 'post',
        path: '/v1/organisations',
        tag,
        params: nothing,
        status: 201,
        once: true,
      },
      summary: "A new organisation, or an individual's own books",
      body: z.object({
        kind: z.enum(['organisation', 'individual']),
        ...{ name: nameSchema, country: countrySchema, gwpSet },
      }),
      answer: organisationSchema,
    },
    async ({ signedIn: { account }, session, body, now }) => ({
      body: organisationView(await createOrganisation(session, account, body, now)),
    }),
  );
}

function addInvitedRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/invitations/mine', tag, params: nothing, body: noBody },
      summary: 'Invitations of this wallet',
      query: pageQuery,
      answer: z.object({
        invitations: z.array(invitationSchema.extend({ organisationName: z.string() })),
        nextCursor: cursorSchema,
      }),
    },
    async ({ signedIn: { account }, session, query }) => {
      const found = await readInvitationsOf(session, account.address);
      const { rows, nextCursor } = pageAfter(found, query, ({ invitation }) => [
        invitation.createdAt,
        invitation.id,
      ]);
      const invitations = rows.map(({ invitation, organisationName }) => ({
        ...{ ...invitation, organisationName },
      }));
      return { body: { invitations, nextCursor } };
    },
  );
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'post', path: '/v1/invitations/{id}/accept', tag, body: noBody, once: true },
      ...{ summary: 'Become a member', params: z.object({ id: z.uuid() }) },
      answer: z.object({ organisationId: z.uuid() }),
    },
    async ({ signedIn: { account }, session, params: { id }, now }) => ({
      body: { organisationId: await acceptInvitation(session, account, id, now) },
    }),
  );
}

function addTenantRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const path = '/v1/organisation';
  const shared = { path, tag, params: nothing, query: nothing };
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'get', permission: 'organisation:read', body: noBody },
      ...{ summary: 'The organisation', answer: organisationSchema },
    },
    ({ actor: { organisation } }) =>
      Promise.resolve({
        body: organisationView(organisation),
        etag: etagOf(organisation.version),
      }),
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'patch', permission: 'organisation:write', dangerous: true },
      match: true,
      ...{ summary: 'Change the organisation; needs If-Match', answer: organisationSchema },
      body: z
        .object({
          ...{
            name: nameSchema,
            country: countrySchema,
            gwpSet,
            secondFactorRequired: z.boolean(),
          },
          otherGwpSet: z.enum(['refuse', 'apart']),
          widenRegion: z.boolean(),
          carryForwardYears: z.int().min(0).max(10),
        })
        .partial()
        .strict(),
    },
    async ({ session, actor, body, now, assertMatch }) => {
      assertMatch(actor.organisation.version);
      const by = { actor: actor.name, now };
      const change = Object.fromEntries(
        Object.entries(body).filter(([, value]) => value !== undefined),
      );
      const row = await updateOrganisation(session, actor.organisation, change, by);
      return { body: organisationView(row), etag: etagOf(row.version) };
    },
  );
}

function addDeleteRoute(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addTenantRoute(
    app,
    api,
    {
      ...{ path: '/v1/organisation', tag, params: nothing, query: nothing, method: 'delete' },
      ...{ permission: 'organisation:delete', dangerous: true, match: true },
      ...{ summary: 'End the organisation; needs If-Match', body: noBody },
      answer: z.object({ deleted: z.literal(true) }),
    },
    async ({ session, actor, now, assertMatch }) => {
      assertMatch(actor.organisation.version);
      await deleteOrganisation(session, actor.organisation, { actor: actor.name, now });
      return { body: { deleted: true as const } };
    },
  );
}

function addWorkspaceRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { tag, query: nothing };
  addTenantRoute(
    app,
    api,
    {
      ...{ tag, method: 'get', path: '/v1/workspaces', permission: 'organisation:read' },
      ...{ summary: 'Workspaces, the oldest first', params: nothing, body: noBody },
      query: pageQuery,
      answer: z.object({ workspaces: z.array(workspaceSchema), nextCursor: cursorSchema }),
    },
    async ({ session, query }) => {
      const { rows, nextCursor } = pageAfter(await readWorkspaces(session), query, ({ id }) => [
        id,
        '',
      ]);
      return { body: { workspaces: rows.map(workspaceView), nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'post', path: '/v1/workspaces', permission: 'organisation:write' },
      ...{ summary: 'Open a workspace', params: nothing, status: 201, answer: workspaceSchema },
      body: z.object({ name: nameSchema }),
    },
    async ({ session, actor, body, now }) => ({
      body: workspaceView(await openWorkspace(session, body.name, { actor: actor.name, now })),
    }),
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'post', path: '/v1/workspaces/{id}/close', body: noBody },
      ...{ permission: 'organisation:write', answer: workspaceSchema },
      ...{ summary: 'Close a workspace to new activities', params: z.object({ id: rowIdSchema }) },
    },
    async ({ session, actor, params: { id }, now }) => ({
      body: workspaceView(await shutWorkspace(session, id, { actor: actor.name, now })),
    }),
  );
}

export function organisationView(row: OrganisationRow): z.infer<typeof organisationSchema> {
  const { organisationId: id, kind, name, country, gwpSet: set, anchorId, createdAt } = row;
  const { secondFactorRequired, version, otherGwpSet, widenRegion, carryForwardYears } = row;
  return {
    ...{ id, kind, name, country, gwpSet: set, secondFactorRequired, anchorId, version, createdAt },
    ...{ otherGwpSet, widenRegion, carryForwardYears },
  };
}

function workspaceView({ id, name, createdAt, closedAt }: WorkspaceRow) {
  return { id: String(id), name, createdAt, closedAt };
}
