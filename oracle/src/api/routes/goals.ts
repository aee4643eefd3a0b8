import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { ngToKg } from '../../accounting/index.ts';
import {
  addGoal,
  changeGoal,
  dropGoal,
  getGoal,
  outputsOf,
  readGoals,
  readProgress,
  type GoalWish,
} from '../../goals/goals.ts';
import type { GoalProgress } from '../../goals/progress.ts';
import type { GoalRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { rowIdSchema } from '../schemas/organisation.ts';
import { cursorSchema, nothing, pageQuery, slicePage, type ApiEnv } from '../route.ts';
import { goalBody, goalProgressSchema } from '../schemas/supplier.ts';
import { addTenantRoute, etagOf, noBody } from '../tenantRoute.ts';

const tag = 'goals';
const params = z.object({ id: rowIdSchema });
const path = '/v1/goals';
const onePath = '/v1/goals/{id}';

export function addGoalRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addReadRoutes(app, api);
  addWriteRoutes(app, api);
}

function addReadRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'get', tag, permission: 'goals:read', query: nothing } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path, params: nothing, body: noBody, query: pageQuery },
      summary: 'Goals with how each stands by the inventory',
      answer: z.object({ goals: z.array(goalProgressSchema), nextCursor: cursorSchema }),
    },
    async ({ session, actor: { organisation }, query }) => {
      const { rows, nextCursor } = slicePage(await readGoals(session), query);
      const goals: z.input<typeof goalProgressSchema>[] = [];
      for (const row of rows) {
        goals.push(goalView(row, await readProgress(session, row, organisation)));
      }
      return { body: { goals, nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: onePath, params, body: noBody, answer: goalProgressSchema },
      summary: 'A goal',
    },
    async ({ session, actor: { organisation }, params: { id } }) => {
      const row = await getGoal(session, id);
      const progress = await readProgress(session, row, organisation);
      return { body: goalView(row, progress), etag: etagOf(row.version) };
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
      ...{ summary: 'Set a goal', answer: goalProgressSchema },
    },
    async ({ session, actor, body, now }) => {
      const row = await addGoal(session, wishOf(body), { actor: actor.name, now });
      const progress = await readProgress(session, row, actor.organisation);
      return { body: goalView(row, progress), etag: etagOf(row.version) };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'put', path: onePath, params, body: goalBody, match: true },
      ...{ summary: 'Change a goal; needs If-Match', answer: goalProgressSchema },
    },
    async ({ session, actor, params: { id }, body, now, assertMatch }) => {
      const known = await getGoal(session, id);
      assertMatch(known.version);
      const row = await changeGoal(session, known, wishOf(body), { actor: actor.name, now });
      const progress = await readProgress(session, row, actor.organisation);
      return { body: goalView(row, progress), etag: etagOf(row.version) };
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
      const known = await getGoal(session, id);
      assertMatch(known.version);
      await dropGoal(session, known, { actor: actor.name, now });
      return { body: { dropped: true as const } };
    },
  );
}

function wishOf({ scopes, ...body }: z.infer<typeof goalBody>): GoalWish {
  return { ...body, scopes: [...new Set(scopes)].join(' ') };
}

function goalView(row: GoalRow, progress: GoalProgress): z.input<typeof goalProgressSchema> {
  const { name, kind, path: line, baseYear, targetYear, reductionPercent, outputUnit } = row;
  const { status, latestYear, progressPpm, years } = progress;
  return {
    ...{ id: String(row.id), version: row.version, createdAt: row.createdAt },
    ...{ name, kind, path: line, baseYear, targetYear, reductionPercent, outputUnit, status },
    outputs: { ...outputsOf(row) },
    scopes: goalBody.shape.scopes.parse(row.scopes.split(' ')),
    latestYear: latestYear ?? null,
    progressPercent: progressPpm === undefined ? null : percentOf(progressPpm),
    years: years.map(({ year, actualNg, allowedNg }) => ({
      year,
      actualKgCo2e: actualNg === undefined ? null : ngToKg(actualNg),
      allowedKgCo2e: allowedNg === undefined ? null : ngToKg(allowedNg),
    })),
  };
}

/** Tenths of a percent, rounded down. */
function percentOf(ppm: bigint): string {
  const tenths = ppm >= 0n ? ppm / 1_000n : -((-ppm + 999n) / 1_000n);
  const [sign, size] = tenths < 0n ? ['-', -tenths] : ['', tenths];
  return `${sign}${size / 10n}.${size % 10n}`;
}
