import { TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { createHash } from 'node:crypto';
import { METHODS, UNIT_ROWS, type FactorIndex } from '../../accounting/index.ts';
import { createFactorSearch, type FactorSearch } from '../../inventory/factorSets/search.ts';
import type { ApiContext } from '../context.ts';
import { getRoute, nothing, parseCursor, type ApiEnv } from '../route.ts';
import {
  factorDetailSchema,
  factorPageSchema,
  factorQuery,
  factorSetSchema,
  gasSchema,
  methodSchema,
  unitSchema,
} from '../schemas/factor.ts';
import {
  factorDetailView,
  factorSetView,
  factorView,
  gasViews,
  methodView,
} from '../views/factor.ts';

const tag = 'factors';
const MAX_LIMIT = 200;

const searchRoute = getRoute({
  path: '/v1/factors',
  tag,
  summary: 'Emission factors by text, activity, region, year and unit; open to everybody',
  params: nothing,
  query: factorQuery.extend({
    limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50),
    cursor: z
      .string()
      .max(20)
      .optional()
      .openapi({ description: '`nextCursor` of the page before' }),
  }),
  answer: factorPageSchema,
});

const oneRoute = getRoute({
  path: '/v1/factors/{id}',
  tag,
  summary: 'A factor with its source, licence and CO2e under each set of potentials',
  params: z.object({
    id: z.string().max(300).openapi({ description: 'URL-encoded, as it holds slashes' }),
  }),
  query: nothing,
  answer: factorDetailSchema,
});

const setsRoute = getRoute({
  path: '/v1/factor-sets',
  tag,
  summary: 'The sets of factors, with publisher, licence and hash',
  params: nothing,
  query: nothing,
  answer: z.object({ sets: z.array(factorSetSchema) }),
});

const methodsRoute = getRoute({
  path: '/v1/methods',
  tag,
  summary: 'Accounting methods: what they take, their formula, and the standard it is from',
  params: nothing,
  query: nothing,
  answer: z.object({ methods: z.array(methodSchema) }),
});

const unitsRoute = getRoute({
  path: '/v1/units',
  tag,
  summary: 'Units, their size and where it comes from',
  params: nothing,
  query: nothing,
  answer: z.object({ units: z.array(unitSchema) }),
});

const gasesRoute = getRoute({
  path: '/v1/gases',
  tag,
  summary: 'Gases and blends that an activity can let out as they are, with their composition',
  params: nothing,
  query: nothing,
  answer: z.object({ gases: z.array(gasSchema) }),
});

const PATHS = [
  '/v1/factors',
  '/v1/factors/*',
  '/v1/factor-sets',
  '/v1/gases',
  '/v1/methods',
  '/v1/units',
] as const;

/** All of it changes only with the program, so one tag stands for every address. */
export function addFactorRoutes(app: OpenAPIHono<ApiEnv>, { accounting }: ApiContext): void {
  const getSearch = createSearchLoader(accounting);
  const tagged = tagWith(accounting);
  for (const path of PATHS) app.use(path, tagged);
  app.openapi(searchRoute, async (context) => {
    const { limit, cursor, ...filter } = context.req.valid('query');
    const [from = 0] = parseCursor(cursor, [0]);
    const { factors, total, next } = (await getSearch())(filter, from, limit);
    const nextCursor = next === undefined ? null : String(next);
    return context.json({ factors: factors.map(factorView), total, nextCursor }, 200);
  });
  app.openapi(oneRoute, async (context) => {
    const { index } = await accounting();
    const { id } = context.req.valid('param');
    const factor = index.findById(id);
    if (factor === undefined) {
      throw new TonneError('EMISSION_FACTOR_UNKNOWN', { field: 'id', value: id });
    }
    return context.json(factorDetailView(factor, index), 200);
  });
  app.openapi(setsRoute, async (context) => {
    const { index } = await accounting();
    const sets = [...index.sets.values()].map((set) => factorSetView(set, index));
    return context.json({ sets }, 200);
  });
  app.openapi(gasesRoute, async (context) =>
    context.json({ gases: gasViews((await accounting()).index) }, 200),
  );
  app.openapi(methodsRoute, (context) => context.json({ methods: METHODS.map(methodView) }, 200));
  app.openapi(unitsRoute, (context) =>
    context.json({ units: UNIT_ROWS.map((row) => ({ ...row, aliases: [...row.aliases] })) }, 200),
  );
}

function createSearchLoader(accounting: ApiContext['accounting']): () => Promise<FactorSearch> {
  let search: FactorSearch | undefined;
  return async () => (search ??= createFactorSearch((await accounting()).index));
}

/** An answer that the reader has already is not sent again. */
function tagWith(accounting: ApiContext['accounting']): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    await next();
    if (!context.res.ok) return;
    const etag = etagOf((await accounting()).index);
    if (context.req.header('if-none-match') === etag) {
      context.res = new Response(null, { status: 304, headers: context.res.headers });
    }
    context.header('etag', etag);
    context.header('cache-control', 'public, max-age=300');
  };
}

const etags = new WeakMap<FactorIndex, string>();

function etagOf(index: FactorIndex): string {
  const known = etags.get(index);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for (const { id, sha256 } of index.sets.values()) hash.update(`${id} ${sha256}\n`);
  const etag = `"factors-${hash.digest('hex').slice(0, 24)}"`;
  etags.set(index, etag);
  return etag;
}
