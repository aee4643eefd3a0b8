import { periodHash } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { ngToKg, type FactorIndex } from '../../accounting/index.ts';
import { getOrganisation } from '../../accounts/organisations/store.ts';
import { compareInventories, totalsOf } from '../../inventory/periods/difference.ts';
import { outdatedOf } from '../../inventory/periods/outdated.ts';
import {
  closePeriod,
  getInventory,
  getPeriod,
  proveActivity,
  reopenPeriod,
  restatePeriod,
} from '../../inventory/periods/periods.ts';
import { readInventories, readPeriods } from '../../inventory/periods/store.ts';
import { lockInventory } from '../../inventory/totals/store.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { InventoryRow, PeriodRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { cursorSchema, nothing, pageQuery, pageAfter, type ApiEnv } from '../route.ts';
import { nameSchema, rowIdSchema } from '../schemas/organisation.ts';
import {
  anchorSchema,
  differenceSchema,
  periodBody,
  periodSchema,
  proofSchema,
} from '../schemas/period.ts';
import { addTenantRoute, etagOf, noBody } from '../tenantRoute.ts';

const tag = 'periods';
const params = z.object({ id: rowIdSchema });
const number = z.coerce.number().int().min(0).max(10_000);

export function addPeriodRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addReadRoutes(app, api);
  addCloseRoutes(app, api);
  addProofRoutes(app, api);
  addDifferenceRoute(app, api);
}

function addReadRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'get', tag, permission: 'periods:read', query: nothing } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/periods', params: nothing, body: noBody, query: pageQuery },
      summary: 'Closed periods',
      answer: z.object({ periods: z.array(periodSchema), nextCursor: cursorSchema }),
    },
    async ({ session, query }) => {
      const { rows, nextCursor } = pageAfter(
        await readPeriods(session),
        query,
        ({ firstDay, id }) => [Date.parse(firstDay), String(id)],
      );
      const periods: z.input<typeof periodSchema>[] = [];
      for (const row of rows) periods.push(await view(session, row));
      return { body: { periods, nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/periods/{id}', params, body: noBody, answer: periodSchema },
      summary: 'A period with every inventory that it was closed with',
    },
    async ({ session, params: { id } }) => reply(session, await getPeriod(session, id)),
  );
}

function addCloseRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'post', tag, permission: 'periods:write', dangerous: true } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/periods', params: nothing, query: nothing, body: periodBody },
      ...{ summary: 'Close a period: nothing in it changes any more', status: 201 },
      answer: periodSchema,
    },
    async ({ session, actor, body, now }) => {
      const index = await holdBooks(api, session);
      const by = { actor: actor.name, now };
      return reply(session, await closePeriod(session, index, body, by));
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/periods/{id}/reopen', params, query: nothing },
      ...{ summary: 'Open a period for a restatement; needs If-Match', answer: periodSchema },
      match: true,
      body: z.object({ reason: nameSchema }),
    },
    async ({ session, actor, params: { id }, body: { reason }, now, assertMatch }) => {
      await lockInventory(session);
      const period = await getPeriod(session, id);
      assertMatch(period.version);
      const by = { actor: actor.name, now };
      return reply(session, await reopenPeriod(session, period, reason, by));
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/periods/{id}/restate', params, query: nothing, body: noBody },
      summary: 'Close a reopened period again; the old root stays; needs If-Match',
      ...{ answer: periodSchema, match: true },
    },
    async ({ session, actor, params: { id }, now, assertMatch }) => {
      const index = await holdBooks(api, session);
      const period = await getPeriod(session, id);
      assertMatch(period.version);
      const by = { actor: actor.name, now };
      return reply(session, await restatePeriod(session, index, period, by));
    },
  );
}

/** Holds the inventory, then reads the factors that are sealed with it: none comes between. */
async function holdBooks(api: ApiContext, session: TenantSession): Promise<FactorIndex> {
  await lockInventory(session);
  return (await api.accounting()).indexOf(session, await getOrganisation(session));
}

function addProofRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'get', permission: 'periods:read', body: noBody } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/proofs', tag: 'proofs', params: nothing, answer: proofSchema },
      query: z.object({ period: rowIdSchema, number, activity: rowIdSchema }),
      summary: "An activity's lines as they were sealed, with proofs that show no other line",
    },
    async ({ session, query }) => {
      const inventory = await getInventory(session, query.period, query.number);
      const lines = await proveActivity(session, inventory, query.activity);
      const shown = lines.map(({ position, line, proof }) => ({
        position,
        line,
        proof: [...proof],
      }));
      return { body: { root: inventory.root, number: inventory.number, lines: shown } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/periods/{id}/anchor', tag, params, answer: anchorSchema },
      ...{ summary: 'What the wallet of the organisation sends to anchor an inventory' },
      query: z.object({ number }),
    },
    async ({ session, actor: { organisation }, params: { id }, query }) => {
      const { firstDay, lastDay } = await getPeriod(session, id);
      const { root, factorSetsHash, engineVersion } = await getInventory(session, id, query.number);
      return {
        body: {
          ...{ chainId: api.signIn.chainId, contract: api.inventoryAnchor ?? null },
          ...{ organisation: organisation.anchorId, period: periodHash(firstDay, lastDay) },
          ...{ number: query.number, root, factorSetsHash, engineVersion },
        },
      };
    },
  );
}

function addDifferenceRoute(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'get', permission: 'periods:read', body: noBody } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/periods/{id}/difference', tag, params, answer: differenceSchema },
      query: z.object({ before: number, after: number }),
      summary: 'What a restatement changed',
    },
    async ({ session, params: { id }, query }) => {
      const before = await getInventory(session, id, query.before);
      const after = await getInventory(session, id, query.after);
      const { totals, lines, truncated } = await compareInventories(session, before, after);
      return {
        body: {
          ...{ before: before.number, after: after.number, truncated },
          totals: totals.map(({ gwpSet, scope, beforeNg, afterNg }) => ({
            ...{ gwpSet, scope, beforeKgCo2e: ngToKg(beforeNg), afterKgCo2e: ngToKg(afterNg) },
            differenceKgCo2e: ngToKg(afterNg - beforeNg),
          })),
          lines: lines.map(({ activityId, gwpSet, scope, beforeNg, afterNg }) => ({
            ...{ activityId, gwpSet, scope },
            beforeKgCo2e: beforeNg === undefined ? null : ngToKg(beforeNg),
            afterKgCo2e: afterNg === undefined ? null : ngToKg(afterNg),
          })),
        },
      };
    },
  );
}

async function reply(session: TenantSession, row: PeriodRow) {
  return { body: await view(session, row), etag: etagOf(row.version) };
}

async function view(session: TenantSession, row: PeriodRow): Promise<z.input<typeof periodSchema>> {
  const { firstDay, lastDay, state, number: newest, version, reason } = row;
  const inventories = (await readInventories(session, row.id)).map(sealedView);
  return {
    ...{ id: String(row.id), firstDay, lastDay, state, number: newest, version, reason },
    ...{ inventories, outdated: outdatedView(row) },
  };
}

function outdatedView(row: PeriodRow): z.input<typeof periodSchema>['outdated'] {
  const outdated = outdatedOf(row);
  if (outdated === undefined) return null;
  const totals = outdated.totals.map(({ gwpSet, scope, beforeNg, afterNg }) => ({
    ...{ gwpSet, scope },
    ...{ beforeKgCo2e: ngToKg(BigInt(beforeNg)), afterKgCo2e: ngToKg(BigInt(afterNg)) },
  }));
  return { activities: outdated.activities, totals };
}

function sealedView(row: InventoryRow) {
  const { number: own, root, lineCount: lines, factorSetsHash, engineVersion, reason } = row;
  const { closedBy, closedAt } = row;
  return {
    ...{ number: own, root, lines, factorSetsHash, engineVersion, reason, closedBy, closedAt },
    factorSets: row.factorSets
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [id = '', sha256 = ''] = line.split(' ');
        return { id, sha256 };
      }),
    totals: [...totalsOf(row)].map(([key, ng]) => {
      const [gwpSet = '', scope = ''] = key.split(' ');
      return { gwpSet, scope, kgCo2e: ngToKg(ng) };
    }),
  };
}
