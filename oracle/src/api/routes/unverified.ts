import { TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { parseUnverified } from '../../metering/unverified/parse.ts';
import { readSources, readUnverified, saveUnverified } from '../../metering/unverified/store.ts';
import type { UnverifiedRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { readJsonBody } from '../jsonBody.ts';
import {
  cutPage,
  getRoute,
  nothing,
  pageQuery,
  parseCursor,
  problemContent,
  type ApiEnv,
} from '../route.ts';
import {
  sourcesSchema,
  unverifiedPageSchema,
  unverifiedStoredSchema,
  type unverifiedSchema,
} from '../schemas/upload.ts';

/** Readings of one post. */
const MAX_READINGS = 10_000;
/** Past any time that is taken. */
const NO_END = 2 ** 41;

const readingsRoute = getRoute({
  path: '/v1/unverified/{source}',
  tag: 'unverified',
  summary: 'Readings that nobody signed, of one device by time; they are shown and never count',
  params: z.object({ source: z.string().min(1).max(100) }),
  query: pageQuery.extend({
    from: z.coerce.number().int().min(0).default(0),
    to: z.coerce.number().int().min(0).default(NO_END),
  }),
  answer: unverifiedPageSchema,
});

const sourcesRoute = getRoute({
  path: '/v1/unverified',
  tag: 'unverified',
  summary: 'Devices of which there are unsigned readings',
  params: nothing,
  query: pageQuery,
  answer: sourcesSchema,
});

/** Throws UNSIGNED_NOT_ALLOWED where the operator has not allowed it. */
export function assertUnsignedAllowed({ allowUnsigned }: ApiContext): void {
  if (!allowUnsigned) throw new TonneError('UNSIGNED_NOT_ALLOWED', { field: 'signature' });
}

export function addUnverifiedRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  describePost(app);
  app.post('/v1/unverified', async (context) => {
    assertUnsignedAllowed(api);
    const body: unknown = await readJsonBody(context.env.incoming, z.unknown());
    const list: readonly unknown[] = Array.isArray(body) ? body : [body];
    if (list.length === 0 || list.length > MAX_READINGS) {
      const expected = `1 to ${MAX_READINGS} readings`;
      throw new TonneError('BODY_MALFORMED', { field: 'body', expected });
    }
    const readings = list.map((one, index) => parseUnverified(one, `readings[${index}]`));
    const isNew = await saveUnverified(api.database, readings, api.now(), null);
    const stored = isNew.filter(Boolean).length;
    const label = 'unverified' as const;
    return context.json({ label, stored, duplicate: readings.length - stored }, 200);
  });
  app.openapi(sourcesRoute, async (context) => {
    const { limit, cursor = '' } = context.req.valid('query');
    const read = await readSources(api.database, cursor, limit + 1);
    const { rows, nextCursor } = cutPage(read, limit, ({ source }) => source);
    return context.json({ sources: [...rows], nextCursor }, 200);
  });
  app.openapi(readingsRoute, async (context) => {
    const { source } = context.req.valid('param');
    const { limit, cursor, from, to } = context.req.valid('query');
    const [start = from] = parseCursor(cursor, [from]);
    const rows = await readUnverified(api.database, source, { from: start, to }, limit + 1);
    const next = rows[limit];
    const nextCursor = next === undefined ? null : String(next.at);
    return context.json({ readings: rows.slice(0, limit).map(view), nextCursor }, 200);
  });
}

function view(row: UnverifiedRow): z.infer<typeof unverifiedSchema> {
  const { exportWh, importWh, fields, ...rest } = row;
  return {
    ...{ label: 'unverified', ...rest },
    exportWh: exportWh?.toString() ?? null,
    importWh: importWh?.toString() ?? null,
    // Proof: only `saveUnverified` writes it.
    fields: JSON.parse(fields) as Record<string, string>,
  };
}

function describePost(app: OpenAPIHono<ApiEnv>): void {
  const reading = z.record(z.string(), z.unknown());
  app.openAPIRegistry.registerPath({
    ...{ method: 'post', path: '/v1/unverified', tags: ['unverified'] },
    summary: 'Send readings without a signature, where the operator allows it',
    request: {
      body: {
        required: true,
        content: { 'application/json': { schema: z.union([reading, z.array(reading)]) } },
      },
    },
    responses: {
      200: {
        description: 'OK',
        content: { 'application/json': { schema: unverifiedStoredSchema } },
      },
      '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
    },
  });
}
