import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { readBases } from '../../inventory/goals/baseStore.ts';
import { takeBase } from '../../inventory/goals/bases.ts';
import { addGoal, changeGoal, dropGoal, getGoal, readGoals } from '../../inventory/goals/goals.ts';
import { readStanding } from '../../inventory/goals/standing.ts';
import type { GoalWish } from '../../inventory/goals/wish.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { GoalRow, OrganisationRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { cursorSchema, nothing, pageQuery, pageAfter, type ApiEnv } from '../route.ts';
import { goalBaseBody, goalBasesSchema, goalBody, goalSchema } from '../schemas/goal.ts';
import { rowIdSchema } from '../schemas/organisation.ts';
import { addTenantRoute, etagOf, noBody } from '../tenantRoute.ts';
import { baseView, goalView } from '../views/goal.ts';

const tag = 'goals';
const params = z.object({ id: rowIdSchema });
const path = '/v1/goals';
const onePath = '/v1/goals/{id}';
const basesPath = '/v1/goals/{id}/bases';

export function addGoalRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addReadRoutes(app, api);
  addWriteRoutes(app, api);
  addBaseRoute(app, api);
}

function addReadRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'get', tag, permission: 'goals:read', query: nothing } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path, params: nothing, body: noBody, query: pageQuery },
      summary: 'Goals with how each stands by the inventory',
      answer: z.object({ goals: z.array(goalSchema), nextCursor: cursorSchema }),
    },
    async ({ session, actor: { organisation }, query, now }) => {
      const { rows, nextCursor } = pageAfter(await readGoals(session), query, ({ id }) => [id, '']);
      const goals: z.input<typeof goalSchema>[] = [];
      for (const row of rows) {
        goals.push(goalView(row, await readStanding(session, row, organisation, now)));
      }
      return { body: { goals, nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: onePath, params, body: noBody, answer: goalSchema },
      summary: 'A goal',
    },
    async ({ session, actor: { organisation }, params: { id }, now }) => {
      return reply(session, await getGoal(session, id), organisation, now);
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: basesPath, params, body: noBody, query: pageQuery },
      ...{ summary: 'Every base that was taken for a goal', answer: goalBasesSchema },
    },
    async ({ session, params: { id }, query }) => {
      const goal = await getGoal(session, id);
      const { rows, nextCursor } = pageAfter(await readBases(session, goal.id), query, (base) => [
        base.number,
        '',
      ]);
      return { body: { bases: rows.map(baseView), nextCursor } };
    },
  );
}

function addWriteRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { tag, permission: 'goals:write', query: nothing } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'post', path, params: nothing, body: goalBody, status: 201 },
      ...{ summary: 'Set a goal', answer: goalSchema },
    },
    async ({ session, actor, body, now }) => {
      const { name, organisation } = actor;
      const by = { actor: name, now };
      const row = await addGoal(session, organisation, wishOf(body), by);
      return reply(session, row, organisation, now);
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'put', path: onePath, params, body: goalBody, match: true },
      ...{ summary: 'Change a goal; needs If-Match', answer: goalSchema },
    },
    async ({ session, actor, params: { id }, body, now, assertMatch }) => {
      const { name, organisation } = actor;
      const known = await getGoal(session, id, true);
      assertMatch(known.version);
      const by = { actor: name, now };
      const row = await changeGoal(session, organisation, known, wishOf(body), by);
      return reply(session, row, organisation, now);
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'delete', path: onePath, params, body: noBody, match: true },
      ...{ summary: 'Drop a goal; needs If-Match', answer: z.object({ dropped: z.literal(true) }) },
    },
    async ({ session, actor, params: { id }, now, assertMatch }) => {
      const known = await getGoal(session, id, true);
      assertMatch(known.version);
      await dropGoal(session, known, { actor: actor.name, now });
      return { body: { dropped: true as const } };
    },
  );
}

function addBaseRoute(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'post', tag, permission: 'bases:write', path: basesPath, query: nothing },
      ...{ params, body: goalBaseBody, match: true, status: 201, answer: goalSchema },
      summary: "Take the base year's total as it stands for a goal's base; needs If-Match",
    },
    async ({ session, actor: { name, organisation }, params: { id }, body, now, assertMatch }) => {
      const known = await getGoal(session, id, true);
      assertMatch(known.version);
      await takeBase(session, known, organisation, body, { actor: name, now });
      return reply(session, await getGoal(session, id), organisation, now);
    },
  );
}

/** Scopes in one order, so that goals of the same scopes have the same text. */
function wishOf({ scopes, ...body }: z.infer<typeof goalBody>): GoalWish {
  return { ...body, scopes: [...new Set(scopes)].sort().join(' ') };
}

async function reply(
  session: TenantSession,
  row: GoalRow,
  organisation: OrganisationRow,
  now: number,
) {
  const standing = await readStanding(session, row, organisation, now);
  return { body: goalView(row, standing), etag: etagOf(row.version) };
}
