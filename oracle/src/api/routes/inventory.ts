import type { OpenAPIHono } from '@hono/zod-openapi';
import { monthOf } from '../../inventory/totals/deltas.ts';
import { GROUPS, readInventory } from '../../inventory/totals/inventory.ts';
import type { ApiContext } from '../context.ts';
import { nothing, type ApiEnv } from '../route.ts';
import { inventoryQuery, inventorySchema } from '../schemas/inventory.ts';
import { addTenantRoute, etagOf, noBody } from '../tenantRoute.ts';
import { inventoryView } from '../views/inventory.ts';

export function addInventoryRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/inventory', tag: 'inventory', params: nothing, body: noBody },
      ...{ permission: 'inventory:read', query: inventoryQuery, answer: inventorySchema },
      summary: 'Totals by scope; by category, site, supplier, gas and month as asked',
    },
    async ({ session, query }) => {
      const asked = query.by?.split(',') ?? [];
      const question = {
        ...{ fromMonth: monthOf(query.from), toMonth: monthOf(query.until) },
        workspaceId: query.workspaceId,
        groups: GROUPS.filter((group) => asked.includes(group)),
        byMonth: query.monthly === 'true',
      };
      const inventory = await readInventory(session, question);
      const { from, until } = query;
      return {
        body: { from, until, ...inventoryView(inventory) },
        etag: etagOf(inventory.version),
      };
    },
  );
}
