import { HEADER_SIZE, toHex, WINDOW_PREFIX_SIZE } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { ENERGY_COLUMNS, READING_COLUMNS } from '../../metering/exports/columns.ts';
import { toCsv } from '../../metering/exports/csv.ts';
import { energyRows, readingRows } from '../../metering/exports/rows.ts';
import { readEquivocations, type EquivocationPlace } from '../../store/life.ts';
import { findWindow } from '../../store/windows.ts';
import type { ApiContext } from '../context.ts';
import { getKnownDevice } from '../lookUp.ts';
import {
  cursorSchema,
  cutPage,
  getRoute,
  invalidCursor,
  pageQuery,
  parseCursor,
  parseParameters,
  type ApiEnv,
} from '../route.ts';
import { equivocationSchema, statisticsSchema } from '../schemas/fleet.ts';
import { idParameter } from '../schemas/shared.ts';
import { spanQuery } from '../span.ts';
import { readStatistics } from '../statistics.ts';
import { toStream } from '../stream.ts';

const params = z.object({ id: idParameter });

const equivocationsRoute = getRoute({
  path: '/v1/devices/{id}/equivocations',
  tag: 'devices',
  summary: 'Windows that prove that the key was copied: anyone may freeze the device with them',
  params,
  query: pageQuery,
  answer: z.object({
    publicKey: z.string(),
    equivocations: z.array(equivocationSchema),
    nextCursor: cursorSchema,
  }),
});

const statisticsRoute = getRoute({
  path: '/v1/devices/{id}/statistics',
  tag: 'devices',
  summary: 'Counts, least, greatest and mean values, energy and availability over a time',
  params,
  query: spanQuery,
  answer: statisticsSchema,
});

export function addDeviceReportRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openapi(equivocationsRoute, async (context) => {
    const device = await getKnownDevice(api, context.req.valid('param').id);
    const { limit, cursor } = context.req.valid('query');
    const after = parsePlace(cursor);
    const read = await readEquivocations(api.database, device.number, after, limit + 1);
    const { rows, nextCursor } = cutPage(read, limit, (row) => `${row.sequence}.${row.headerHash}`);
    const equivocations = [];
    for (const { sequence, bytes, receivedAt } of rows) {
      const stored = await findWindow(api.database, device.number, sequence);
      if (stored === undefined) continue;
      equivocations.push({
        ...{ sequence, receivedAt },
        a: await signedHeader(stored.bytes),
        b: await signedHeader(bytes),
      });
    }
    const publicKey = toHex(device.publicKey);
    return context.json({ publicKey, equivocations, nextCursor }, 200);
  });
  app.openapi(statisticsRoute, async (context) => {
    const device = await getKnownDevice(api, context.req.valid('param').id);
    return context.json(await readStatistics(api, device, context.req.valid('query')), 200);
  });
  addCsvRoutes(app, api);
}

/** Throws PARAMETER_INVALID. */
function parsePlace(cursor: string | undefined): EquivocationPlace {
  if (cursor === undefined) return { sequence: 0, headerHash: '0x' };
  const [, number, hash] = /^(.*)\.0x([0-9a-f]{64})$/.exec(cursor) ?? [];
  if (hash === undefined) throw invalidCursor(cursor);
  const [sequence = 0] = parseCursor(number, [0]);
  return { sequence, headerHash: `0x${hash}` };
}

/** Hashes with WebCrypto: no need of another hash here. */
async function signedHeader(bytes: Uint8Array) {
  const header = Uint8Array.from(bytes.subarray(0, HEADER_SIZE));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', header));
  return {
    header: toHex(header),
    headerHash: toHex(hash),
    signature: toHex(bytes.subarray(HEADER_SIZE, WINDOW_PREFIX_SIZE)),
  };
}

const energyQuery = spanQuery.extend({ bucket: z.enum(['hour', 'day', 'month']).default('day') });

/** CSV as it is read from the store: a year needs no more memory than a page. */
function addCsvRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const answer = {
    200: { description: 'OK', content: { 'text/csv': { schema: z.string() } } },
  };
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/devices/{id}/readings.csv',
    tags: ['devices'],
    summary: 'Readings as CSV, each with its state and reason',
    request: { params, query: spanQuery },
    responses: answer,
  });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/devices/{id}/energy.csv',
    tags: ['devices'],
    summary: 'Energy by hour, day or month as CSV',
    request: { params, query: energyQuery },
    responses: answer,
  });
  app.get('/v1/devices/:id/readings.csv', async (context) => {
    const device = await getKnownDevice(api, parseParameters(params, context.req.param()).id);
    const span = parseParameters(spanQuery, context.req.query());
    return csvResponse(toCsv(READING_COLUMNS, readingRows(api, [device], span)));
  });
  app.get('/v1/devices/:id/energy.csv', async (context) => {
    const device = await getKnownDevice(api, parseParameters(params, context.req.param()).id);
    const { bucket, ...span } = parseParameters(energyQuery, context.req.query());
    return csvResponse(toCsv(ENERGY_COLUMNS, energyRows(api, [device], bucket, span)));
  });
}

function csvResponse(pieces: AsyncIterable<string>): Response {
  const headers = { 'content-type': 'text/csv; charset=utf-8' };
  return new Response(toStream(toBytes(pieces)), { headers });
}

async function* toBytes(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) yield encoder.encode(piece);
}
