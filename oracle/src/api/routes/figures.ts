import { TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import {
  acceptFigure,
  refuseFigure,
  submitFigure,
  withdrawFigure,
} from '../../inventory/suppliers/figures.ts';
import { readFigures } from '../../inventory/suppliers/store.ts';
import { getSupplier } from '../../inventory/suppliers/suppliers.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { SupplierFigureRow } from '../../store/tables/schema.ts';
import type { Actor } from '../caller.ts';
import type { ApiContext } from '../context.ts';
import { nothing, pageQuery, parseCursor, type ApiEnv } from '../route.ts';
import { nameSchema, rowIdSchema } from '../schemas/organisation.ts';
import { figureBody, figureSchema, figuresSchema, portalSchema } from '../schemas/supplier.ts';
import { addTenantRoute, noBody } from '../tenantRoute.ts';
import { getSelf } from './members.ts';

const params = z.object({ id: rowIdSchema });
const done = z.object({ done: z.literal(true) });
const DONE = { body: { done: true as const } };

export function addFigureRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addPortalRoutes(app, api);
  addDecisionRoutes(app, api);
}

function addPortalRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { tag: 'portal', permission: 'portal:use', query: nothing } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'get', path: '/v1/portal', params: nothing, body: noBody },
      ...{ summary: 'What a supplier sees: itself and its own figures', answer: portalSchema },
      query: pageQuery,
    },
    async ({ session, actor, query }) => {
      const supplier = await getSupplier(session, getSupplierId(actor));
      const { rows, nextCursor } = await readPage(session, supplier.id, query);
      const { id, name, country } = supplier;
      return {
        body: {
          organisation: actor.organisation.name,
          supplier: { id: String(id), name, country },
          ...{ figures: rows.map(figureView), nextCursor },
        },
      };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'post', path: '/v1/portal/figures', params: nothing },
      ...{ summary: 'Submit a figure of one’s own', status: 201, answer: figureSchema },
      body: figureBody,
    },
    async ({ session, actor, body, now }) => {
      const { address } = getSelf(actor);
      const by = { actor: actor.name, now };
      return {
        body: figureView(await submitFigure(session, getSupplierId(actor), address, body, by)),
      };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'post', path: '/v1/portal/figures/{id}/withdraw', params },
      ...{ summary: 'Take a figure back that nobody decided on', body: noBody, answer: done },
    },
    async ({ session, actor, params: { id }, now }) => {
      await withdrawFigure(session, getSupplierId(actor), id, { actor: actor.name, now });
      return DONE;
    },
  );
}

function addDecisionRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const tag = 'suppliers';
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/figures', tag, permission: 'suppliers:read', body: noBody },
      ...{ params: nothing, answer: figuresSchema },
      query: pageQuery.extend({ supplierId: rowIdSchema.optional() }),
      summary: 'Figures of suppliers, the newest first, with the estimates that each replaced',
    },
    async ({ session, query: { supplierId, ...page } }) => {
      const { rows, nextCursor } = await readPage(session, supplierId, page);
      return { body: { figures: rows.map(figureView), nextCursor } };
    },
  );
  const shared = { method: 'post', tag, params, query: nothing, answer: done } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/figures/{id}/accept', permission: 'suppliers:write' },
      summary: 'Take a figure into the inventory in place of the estimates of its period',
      body: z.object({ workspaceId: rowIdSchema }),
    },
    async ({ session, actor, params: { id }, body: { workspaceId }, now }) => {
      const engine = await (await api.accounting()).engineOf(session, actor.organisation);
      await acceptFigure(session, engine, { id, workspaceId }, { actor: actor.name, now });
      return DONE;
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/figures/{id}/refuse', permission: 'suppliers:write' },
      ...{ summary: 'Refuse a figure with a reason', body: z.object({ reason: nameSchema }) },
    },
    async ({ session, actor, params: { id }, body: { reason }, now }) => {
      await refuseFigure(session, id, reason, { actor: actor.name, now });
      return DONE;
    },
  );
}

async function readPage(
  session: TenantSession,
  supplierId: number | undefined,
  { limit, cursor }: z.infer<typeof pageQuery>,
) {
  const [before = 0] = parseCursor(cursor, [0]);
  const filter = { supplierId, before: before === 0 ? undefined : before };
  const rows = await readFigures(session, filter, limit);
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { rows, nextCursor: last === undefined ? null : String(last.id) };
}

/** Throws NOT_ALLOWED for who is no supplier. */
function getSupplierId(actor: Actor): number {
  const { supplierId, role } = getSelf(actor);
  if (supplierId !== null) return supplierId;
  throw new TonneError('NOT_ALLOWED', { field: 'role', value: role, expected: 'supplier' });
}

function figureView(row: SupplierFigureRow): z.input<typeof figureSchema> {
  const { firstDay, lastDay, category, kgCo2e, gwpSet, source, state, reason } = row;
  const { submittedBy, submittedAt, decidedAt } = row;
  return {
    ...{ firstDay, lastDay, category, kgCo2e, gwpSet, source, state, reason },
    ...{ submittedBy, submittedAt, decidedAt, id: String(row.id) },
    supplierId: String(row.supplierId),
    activityId: row.activityId === null ? null : String(row.activityId),
    replaced: z.array(z.string()).parse(JSON.parse(row.replaced)),
  };
}
