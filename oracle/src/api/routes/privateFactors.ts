import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { createFactorSearch } from '../../inventory/factorSets/search.ts';
import { privateFactorShape } from '../../inventory/privateFactors/factor.ts';
import { getFactor, readVersions, toVersion } from '../../inventory/privateFactors/store.ts';
import {
  holdFactor,
  recalculateUses,
  replaceFactor,
  uploadFactor,
  withdrawFactor,
} from '../../inventory/privateFactors/write.ts';
import type { ApiContext } from '../context.ts';
import { cursorSchema, nothing, pageQuery, parseCursor, type ApiEnv } from '../route.ts';
import { factorQuery, factorSchema } from '../schemas/factor.ts';
import { rowIdSchema } from '../schemas/organisation.ts';
import { time, whole } from '../schemas/shared.ts';
import { addTenantRoute, etagOf, noBody } from '../tenantRoute.ts';
import { factorView } from '../views/factor.ts';

const tag = 'factors';
const path = '/v1/private-factors';
const onePath = '/v1/private-factors/{id}';
const params = z.object({ id: rowIdSchema });

const versionSchema = z
  .object({
    id: z.string(),
    version: whole,
    sha256: z.string().openapi({ description: 'Of the version as it was uploaded' }),
    factor: privateFactorShape,
  })
  .openapi('PrivateFactorVersion');

const replacedSchema = versionSchema.extend({
  recalculated: whole.openapi({ description: 'Activities that come to something else now' }),
  failed: z
    .array(z.object({ id: z.string(), code: z.string(), detail: z.string() }))
    .openapi({ description: 'Activities that keep their result, each with the reason' }),
});

export function addPrivateFactorRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addReadRoutes(app, api);
  addWriteRoutes(app, api);
}

function addReadRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'get', tag, permission: 'activities:read', body: noBody } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path, params: nothing, query: factorQuery.extend(pageQuery.shape) },
      summary: "The organisation's private factors, searched as public ones are",
      answer: z.object({
        factors: z.array(factorSchema.extend({ privateId: z.string() })),
        nextCursor: cursorSchema,
      }),
    },
    async ({ session, actor, query: { limit, cursor, ...filter } }) => {
      const { own, ...index } = await (await api.accounting()).indexOf(session, actor.organisation);
      const [from = 0] = parseCursor(cursor, [0]);
      const found = createFactorSearch({ ...index, factors: own })(filter, from, limit);
      const factors = found.factors.map((factor) => ({
        ...factorView(factor),
        privateId: /@(\d+)/.exec(factor.id)?.[1] ?? '',
      }));
      return { body: { factors, nextCursor: found.next?.toString() ?? null } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: onePath, params, query: nothing },
      summary: 'Versions of a private factor, the newest first; its ETag is needed to replace it',
      answer: z.object({
        withdrawnAt: time.nullable(),
        versions: z.array(versionSchema.extend({ actor: z.string(), createdAt: time })),
      }),
    },
    async ({ session, params: { id } }) => {
      const { version, withdrawnAt } = await getFactor(session, id, false);
      const versions = (await readVersions(session, id)).map((row) => ({
        ...versionView(toVersion(row)),
        ...{ actor: row.actor, createdAt: row.createdAt },
      }));
      return { body: { withdrawnAt, versions }, etag: etagOf(version) };
    },
  );
}

function addWriteRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { tag, permission: 'factors:write', query: nothing } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'post', path, params: nothing, body: privateFactorShape },
      ...{ summary: 'Upload a factor with its source', answer: versionSchema, status: 201 },
    },
    async ({ session, actor, body, now }) => {
      const { index } = await api.accounting();
      const kept = await uploadFactor(session, index, body, { actor: actor.name, now });
      return { body: versionView(kept), etag: etagOf(kept.version) };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'put', path: onePath, params, body: privateFactorShape, match: true },
      summary: 'A new version of a factor, with every activity that uses it; needs If-Match',
      answer: replacedSchema,
    },
    async ({ session, actor, params: { id }, body, now, assertMatch }) => {
      const { version } = await holdFactor(session, id);
      assertMatch(version);
      const by = { actor: actor.name, now };
      const { index, engineAfresh } = await api.accounting();
      const kept = await replaceFactor(session, index, { id, version }, body, by);
      const engine = await engineAfresh(session, actor.organisation);
      const { changed, failed } = await recalculateUses(session, engine, kept, by);
      const refused = failed.map(({ id: activity, ...why }) => ({ id: String(activity), ...why }));
      const answer = { ...versionView(kept), recalculated: changed, failed: refused };
      return { body: answer, etag: etagOf(kept.version) };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'delete', path: onePath, params, body: noBody, match: true },
      summary: 'Withdraw a factor; activities that used it keep what they came to; needs If-Match',
      answer: z.object({ withdrawn: z.literal(true) }),
    },
    async ({ session, actor, params: { id }, now, assertMatch }) => {
      assertMatch((await holdFactor(session, id)).version);
      await withdrawFactor(session, id, { actor: actor.name, now });
      return { body: { withdrawn: true as const } };
    },
  );
}

function versionView({ factorId, version, sha256, body }: ReturnType<typeof toVersion>) {
  return { id: String(factorId), version, sha256, factor: body };
}
