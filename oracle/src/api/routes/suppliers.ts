import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { ngToKg } from '../../accounting/index.ts';
import { invite } from '../../accounts/organisations/membership.ts';
import { readSuppliers } from '../../inventory/suppliers/store.ts';
import {
  addSupplier,
  getSupplier,
  rankSuppliers,
  updateSupplier,
  type RankedSupplier,
} from '../../inventory/suppliers/suppliers.ts';
import { monthOf } from '../../inventory/totals/deltas.ts';
import type { SupplierRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { cursorSchema, nothing, pageQuery, parseCursor, slicePage, type ApiEnv } from '../route.ts';
import { inventoryQuery } from '../schemas/inventory.ts';
import { invitationSchema, rowIdSchema, walletSchema } from '../schemas/organisation.ts';
import {
  rankingSchema,
  supplierBody,
  supplierChange,
  supplierSchema,
} from '../schemas/supplier.ts';
import { addTenantRoute, etagOf, noBody } from '../tenantRoute.ts';
import { getSelf } from './members.ts';

const tag = 'suppliers';
const params = z.object({ id: rowIdSchema });

export function addSupplierRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addReadRoutes(app, api);
  addWriteRoutes(app, api);
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'post', path: '/v1/suppliers/{id}/invite', tag, params, query: nothing },
      ...{ permission: 'members:write', status: 201, dangerous: true, answer: invitationSchema },
      ...{ feature: 'suppliers', summary: "Invite a supplier's own wallet" },
      ...{ body: z.object({ address: walletSchema }) },
    },
    async ({ session, actor, params: { id }, body: { address }, now }) => {
      const supplier = await getSupplier(session, id);
      const wish = { address, role: 'supplier', supplierId: supplier.id } as const;
      const by = { actor: actor.name, now };
      return { body: await invite(session, { ...wish, invitedBy: getSelf(actor) }, by) };
    },
  );
}

function addReadRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'get', tag, permission: 'suppliers:read', body: noBody } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/suppliers', params: nothing, query: pageQuery },
      summary: 'The directory',
      answer: z.object({ suppliers: z.array(supplierSchema), nextCursor: cursorSchema }),
    },
    async ({ session, query: { limit, cursor } }) => {
      const [after = 0] = parseCursor(cursor, [0]);
      const rows = await readSuppliers(session, after, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      const nextCursor = last === undefined ? null : String(last.id);
      return { body: { suppliers: rows.map(supplierView), nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/suppliers/ranking', params: nothing, answer: rankingSchema },
      query: inventoryQuery.pick({ from: true, until: true }).extend(pageQuery.shape),
      summary: 'Suppliers by emissions of Scope 3, with the share that is estimated',
    },
    async ({ session, query: { from, until, ...page } }) => {
      const span = { fromMonth: monthOf(from), toMonth: monthOf(until) };
      const { rows, nextCursor } = slicePage(await rankSuppliers(session, span), page);
      return { body: { suppliers: rows.map(rankedView), nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/suppliers/{id}', params, query: nothing, answer: supplierSchema },
      summary: 'A supplier',
    },
    async ({ session, params: { id } }) => reply(await getSupplier(session, id)),
  );
}

function addWriteRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { tag, permission: 'suppliers:write', query: nothing } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'post', path: '/v1/suppliers', params: nothing, body: supplierBody },
      ...{ summary: 'Add a supplier', status: 201, answer: supplierSchema },
      feature: 'suppliers',
    },
    async ({ session, actor, body, now }) =>
      reply(await addSupplier(session, body, { actor: actor.name, now })),
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'patch', path: '/v1/suppliers/{id}', params, body: supplierChange },
      ...{ summary: 'Change a supplier; needs If-Match', answer: supplierSchema, match: true },
    },
    async ({ session, actor, params: { id }, body, now, assertMatch }) => {
      const row = await getSupplier(session, id);
      assertMatch(row.version);
      const change = Object.fromEntries(
        Object.entries(body).filter(([, value]) => value !== undefined),
      );
      return reply(await updateSupplier(session, row, change, { actor: actor.name, now }));
    },
  );
}

function reply(row: SupplierRow) {
  return { body: supplierView(row), etag: etagOf(row.version) };
}

function supplierView({ id, name, country, naics, contact, version, createdAt }: SupplierRow) {
  return { id: String(id), name, country, naics, contact, version, createdAt };
}

/** Tenths of a percent, rounded up: an estimate is never made to look smaller. */
function rankedView({ supplierId, gwpSet, lines, co2eNg, estimatedNg }: RankedSupplier) {
  const tenths = co2eNg === 0n ? undefined : (estimatedNg * 1_000n + co2eNg - 1n) / co2eNg;
  return {
    ...{ supplierId, gwpSet, lines, kgCo2e: ngToKg(co2eNg) },
    estimatedKgCo2e: ngToKg(estimatedNg),
    estimatedPercent: tenths === undefined ? null : `${tenths / 10n}.${tenths % 10n}`,
  };
}
