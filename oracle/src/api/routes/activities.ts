import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { TonneError } from '@truetonne/protocol';
import { assertSourced, type AccountingEngine } from '../../accounting/index.ts';
import { getOrganisation } from '../../accounts/organisations/store.ts';
import {
  calculate,
  computeActivity,
  type ActivityDraft,
} from '../../inventory/activities/activity.ts';
import { readActivities, readHistory } from '../../inventory/activities/store.ts';
import {
  addActivity,
  changeActivity,
  deleteActivity,
  getActivity,
  linesOf,
  recalculate,
  toDraft,
} from '../../inventory/activities/write.ts';
import { withCitedEnergy } from '../../inventory/citations/citation.ts';
import { resolveCitation, toDeviceIds } from '../../inventory/citations/resolve.ts';
import { lockInventory } from '../../inventory/totals/store.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { ActivityRow, OrganisationRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { cursorSchema, nothing, pageQuery, parseCursor, pageAfter, type ApiEnv } from '../route.ts';
import {
  activityBody,
  activityPage,
  activityQuery,
  activitySchema,
  explainedSchema,
  explanationSchema,
} from '../schemas/inventory.ts';
import { rowIdSchema } from '../schemas/organisation.ts';
import { addTenantRoute, etagOf, noBody } from '../tenantRoute.ts';
import { activityView, explainedView, lineView } from '../views/activity.ts';

const tag = 'activities';
const params = z.object({ id: rowIdSchema });
const path = '/v1/activities';
const onePath = '/v1/activities/{id}';

export function addActivityRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addReadRoutes(app, api);
  addCreateRoutes(app, api);
  addChangeRoutes(app, api);
  addExplainRoutes(app, api);
}

function addReadRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'get', tag, permission: 'activities:read', body: noBody } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path, params: nothing, query: activityQuery, answer: activityPage },
      summary: 'Activities in the order in which they were entered',
    },
    async ({ session, query: { limit, cursor, ...filter } }) => {
      const [after = 0] = parseCursor(cursor, [0]);
      const rows = await readActivities(session, filter, after, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      const nextCursor = last === undefined ? null : String(last.id);
      return { body: { activities: rows.map(activityView), nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: onePath, params, query: nothing, answer: activitySchema },
      summary: 'An activity; its ETag is needed to change it',
    },
    async ({ session, params: { id } }) => reply(await getActivity(session, id, false)),
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: `${onePath}/history`, params, query: pageQuery },
      summary: 'Versions of an activity, the newest first; nothing is ever overwritten',
      answer: z.object({ versions: z.array(activitySchema), nextCursor: cursorSchema }),
    },
    async ({ session, params: { id }, query }) => {
      const newest = await getActivity(session, id, false);
      const older = (await readHistory(session, id)).map(fromState);
      const { rows, nextCursor } = pageAfter([newest, ...older], query, ({ version }) => [
        -version,
        '',
      ]);
      return { body: { versions: rows.map(activityView), nextCursor } };
    },
  );
}

function addCreateRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'post', tag, permission: 'activities:write', query: nothing } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/activities/preview', params: nothing, body: activityBody },
      storesNothing: true,
      ...{
        summary: 'What an activity would come to, opened; stores nothing',
        answer: explainedSchema,
      },
    },
    async ({ session, actor, body, now }) => {
      const engine = await engineOf(api, session, actor.organisation);
      const draft = await draftOf(session, body);
      const { lines } = computeActivity(engine, draft, now);
      return { body: explainedView(calculate(engine, draft), lines) };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path, params: nothing, body: activityBody, answer: activitySchema },
      ...{ summary: 'Log an activity', status: 201 },
    },
    async ({ session, actor, body, now }) => {
      const engine = await holdBooks(api, session);
      const computed = computeActivity(engine, await draftOf(session, body), now);
      return reply(await addActivity(session, computed, { actor: actor.name, now }));
    },
  );
}

function addChangeRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { path: onePath, tag, params, query: nothing } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'put', permission: 'activities:write', body: activityBody },
      match: true,
      ...{ summary: 'Correct an activity; needs If-Match', answer: activitySchema },
    },
    async ({ session, actor, params: { id }, body, now, assertMatch }) => {
      const engine = await holdBooks(api, session);
      const row = await getActivity(session, id, true);
      assertMatch(row.version);
      const computed = computeActivity(engine, await draftOf(session, body), now);
      return reply(await changeActivity(session, row, computed, { actor: actor.name, now }));
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'delete', permission: 'activities:write', body: noBody },
      match: true,
      summary: 'Take an activity out of the inventory; needs If-Match; its history stays',
      answer: z.object({ deleted: z.literal(true) }),
    },
    async ({ session, actor, params: { id }, now, assertMatch }) => {
      await lockInventory(session);
      const row = await getActivity(session, id, true);
      assertMatch(row.version);
      await deleteActivity(session, row, { actor: actor.name, now });
      return { body: { deleted: true as const } };
    },
  );
}

/** Activities that are computed anew in one request. */
const MOST_RECALCULATED = 1_000;

const recalculateQuery = activityQuery.extend({
  limit: z.coerce.number().int().min(1).max(MOST_RECALCULATED).default(MOST_RECALCULATED),
});

function addExplainRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'get', path: `${onePath}/explanation`, tag, params, query: nothing },
      ...{ permission: 'activities:read', body: noBody, answer: explanationSchema },
      summary: 'An activity opened to inputs, formula, factor, rule and rounding',
    },
    async ({ session, actor, params: { id }, now }) => {
      const row = await getActivity(session, id, false);
      const engine = await engineOf(api, session, actor.organisation);
      return { body: explain(engine, row, now) };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'post', path: '/v1/activities/recalculate', tag, params: nothing },
      ...{ permission: 'activities:write', body: noBody, query: recalculateQuery },
      summary: 'Compute activities anew after factors changed, a page at a time',
      answer: z.object({
        changed: z.array(z.string()),
        failed: z.array(z.object({ id: z.string(), code: z.string(), detail: z.string() })),
        nextCursor: cursorSchema,
      }),
    },
    async ({ session, actor, query: { limit, cursor, ...filter }, now }) => {
      const [after = 0] = parseCursor(cursor, [0]);
      const engine = await holdBooks(api, session);
      const rows = await readActivities(session, filter, after, limit);
      const { changed, failed } = await recalculate(session, engine, rows, {
        ...{ actor: actor.name, now },
      });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        body: {
          changed: changed.map(String),
          failed: failed.map(({ id, ...why }) => ({ id: String(id), ...why })),
          nextCursor: last === undefined ? null : String(last.id),
        },
      };
    },
  );
}

async function engineOf(api: ApiContext, session: TenantSession, row: OrganisationRow) {
  return (await api.accounting()).engineOf(session, row);
}

/**
 * Holds the inventory before anything is read that a write depends on: an activity is computed under the rules and
 * factors that are in force when it is stored, and two who write wait in one order.
 */
async function holdBooks(api: ApiContext, session: TenantSession): Promise<AccountingEngine> {
  await lockInventory(session);
  return engineOf(api, session, await getOrganisation(session));
}

/** With the energy of the readings, where some are cited. */
async function draftOf(
  session: TenantSession,
  body: z.infer<typeof activityBody>,
): Promise<ActivityDraft> {
  const { workspaceId, supplierId = null, evidence, readings, ...input } = body;
  assertSourced(input);
  if (readings === undefined) return { workspaceId, supplierId, evidence, input };
  const { from, until } = readings;
  const deviceIds = toDeviceIds(readings.deviceIds);
  const citation = await resolveCitation(session, { deviceIds, from, until });
  const cited = withCitedEnergy(input, citation);
  return { workspaceId, supplierId, evidence, citation, input: cited };
}

/** What stands, opened as it would be computed now; unopened where it can't be computed any more. */
function explain(
  engine: AccountingEngine,
  row: ActivityRow,
  now: number,
): z.input<typeof explanationSchema> {
  const draft = toDraft(row);
  try {
    const { lines } = computeActivity(engine, draft, now);
    const current = JSON.stringify(lines) === row.lines;
    const kept = current ? lines : linesOf(row);
    return { ...explainedView(calculate(engine, draft), kept), current, problem: null };
  } catch (error) {
    if (!(error instanceof TonneError)) throw error;
    const lines = linesOf(row).map((line) => ({ ...lineView(line), items: [] }));
    return { lines, current: false, problem: { code: error.code, detail: error.message } };
  }
}

function reply(row: ActivityRow) {
  return { body: activityView(row), etag: etagOf(row.version) };
}

function fromState(state: string): ActivityRow {
  // Proof: only `archive` writes it, from such a row.
  return JSON.parse(state) as ActivityRow;
}
