import { batchIdOf, certifyDown, cidOf, findDigestOfCid, TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { compareBatch, type BatchComparison } from '../../metering/methodologies/compareBatch.ts';
import { createQueue } from '../../metering/methodologies/oneAtATime.ts';
import { readBatchDevices, readBatches, sumGramsBefore } from '../../store/batches.ts';
import type { BatchRow } from '../../store/tables/schema.ts';
import { namesTag, parseByteRange } from '../byteRange.ts';
import type { ApiContext } from '../context.ts';
import { getKnownBatch, getKnownProject } from '../lookUp.ts';
import {
  cursorSchema,
  cutPage,
  getRoute,
  MAX_INTEGER,
  nothing,
  pageQuery,
  parseCursor,
  problemContent,
  projectIdParameter,
  type ApiEnv,
} from '../route.ts';
import {
  batchDetailSchema,
  batchSchema,
  exact,
  findingSchema,
  id32,
  time,
} from '../schemas/shared.ts';
import { readFindingPage } from '../views/finding.ts';

const GRAMS_PER_TONNE = 1_000_000n;

/** Batch files never change: their name is their hash. */
const FOREVER = 'public, max-age=31536000, immutable';

const params = z.object({
  id: z
    .string()
    .regex(/^\d{1,20}$/)
    .openapi({ example: '1000001', description: 'project id x 1,000,000 + number' }),
});

const listRoute = getRoute({
  path: '/v1/batches',
  tag: 'batches',
  summary: 'Batches, of one project or of all, also those on their way to the chain',
  params: nothing,
  query: pageQuery.extend({ project: projectIdParameter.optional() }),
  answer: z.object({ batches: z.array(batchSchema), nextCursor: cursorSchema }),
});

const oneRoute = getRoute({
  path: '/v1/batches/{id}',
  tag: 'batches',
  summary: 'A batch with its devices',
  params,
  query: nothing,
  answer: batchDetailSchema,
});

const findingsRoute = getRoute({
  path: '/v1/batches/{id}/findings',
  tag: 'batches',
  summary: 'What of a batch was excluded and why',
  params,
  query: pageQuery,
  answer: z.object({ findings: z.array(findingSchema), nextCursor: cursorSchema }),
});

const comparisonSchema = z
  .object({
    deviceId: id32,
    capacityW: exact,
    exportedWh: exact,
    performanceRatioE4: exact.nullable().openapi({ description: 'PR of IEC 61724-1 x 10,000' }),
    yieldWhPerKw: exact,
    fromMedianE4: z
      .string()
      .nullable()
      .openapi({ description: 'Yield above the median of the plant x 10,000; negative below it' }),
    days: z.array(z.object({ startsAt: time, exportedWh: exact, referenceWh: exact.nullable() })),
  })
  .openapi('DeviceComparison');

const comparisonRoute = getRoute({
  path: '/v1/batches/{id}/comparison',
  tag: 'batches',
  summary: 'Each device of a batch against its irradiance and against the others of the plant',
  params,
  query: nothing,
  answer: z.object({ devices: z.array(comparisonSchema) }),
});

export function addBatchRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const { database } = api;
  app.openapi(listRoute, async (context) => {
    const { project, limit, cursor } = context.req.valid('query');
    const [projectId = 0, number = 0] = parseCursor(cursor, [0, 0], MAX_INTEGER);
    const after = { projectId, number };
    const read = await readBatches(database, { projectId: project }, { after, limit: limit + 1 });
    const { rows, nextCursor } = cutPage(read, limit, (row) => `${row.projectId}.${row.number}`);
    return context.json({ batches: rows.map(batchView), nextCursor }, 200);
  });
  app.openapi(oneRoute, async (context) => {
    const row = await getKnownBatch(api, context.req.valid('param').id);
    const devices = (await readBatchDevices(database, row.key)).map((device) => ({
      deviceId: device.deviceId,
      openingSequence: device.openingSequence,
      closingSequence: device.closingSequence,
      closedAt: device.closedAt,
      exportedWh: String(device.exportedWh),
      importedWh: String(device.importedWh),
    }));
    const certified = await certifiedView(api, row);
    return context.json({ ...batchView(row), certified, devices }, 200);
  });
  app.openapi(findingsRoute, async (context) => {
    const row = await getKnownBatch(api, context.req.valid('param').id);
    const devices = await readBatchDevices(database, row.key);
    const ranges = devices.map((device) => ({
      deviceNumber: device.deviceNumber,
      after: device.openingSequence,
      upTo: device.closingSequence,
    }));
    const ids = new Map(devices.map((device) => [device.deviceNumber, device.deviceId]));
    return context.json(
      await readFindingPage(database, ranges, ids, context.req.valid('query')),
      200,
    );
  });
  const inTurn = createQueue();
  app.openapi(comparisonRoute, async (context) => {
    const row = await getKnownBatch(api, context.req.valid('param').id);
    const project = await getKnownProject(api, row.projectId);
    const found = await inTurn(() => compareBatch(api, project, row));
    return context.json({ devices: found.map(comparisonView) }, 200);
  });
  addFileRoutes(app, api);
}

function comparisonView({ days, performanceRatioE4, fromMedianE4, ...device }: BatchComparison) {
  return {
    deviceId: device.deviceId,
    capacityW: String(device.capacityW),
    exportedWh: String(device.exportedWh),
    yieldWhPerKw: String(device.yieldWhPerKw),
    performanceRatioE4: performanceRatioE4?.toString() ?? null,
    fromMedianE4: fromMedianE4?.toString() ?? null,
    days: days.map(({ startsAt, exportedWh, referenceWh }) => ({
      startsAt,
      exportedWh: String(exportedWh),
      referenceWh: referenceWh?.toString() ?? null,
    })),
  };
}

function addFileRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const files = [
    { path: '/v1/batches/{id}/file', params, summary: "A batch's file" },
    {
      path: '/v1/files/{cid}',
      params: z.object({ cid: z.string() }),
      summary: 'A batch file by its CID',
    },
  ];
  for (const { path, params: of, summary } of files) {
    app.openAPIRegistry.registerPath({
      method: 'get',
      path,
      tags: ['batches'],
      summary,
      description:
        'gzip of SPEC.md section 6; its SHA-256 is the digest that the CID and the chain name. Takes one `Range` of bytes, `If-Range` and `If-None-Match`.',
      request: { params: of },
      responses: {
        200: {
          description: 'The file, byte for byte',
          content: { 'application/gzip': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        206: {
          description: 'The bytes that `Range` asked for',
          content: { 'application/gzip': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        304: { description: 'The file is the one that `If-None-Match` names' },
        416: { description: 'No byte of the file lies in the range; `Content-Range` has its size' },
        '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
      },
    });
  }
  app.get('/v1/batches/:id/file', async (context) => {
    const id = params.safeParse(context.req.param());
    if (!id.success)
      throw new TonneError('PARAMETER_INVALID', { field: 'id', value: context.req.param('id') });
    const row = await getKnownBatch(api, id.data.id);
    return sendFile(api, row.cid, `batch-${id.data.id}.ttb.gz`, context.req.raw.headers);
  });
  app.get('/v1/files/:cid', (context) => {
    const digest = findDigestOfCid(context.req.param('cid'));
    if (digest === undefined) {
      throw new TonneError('PARAMETER_INVALID', { field: 'cid', value: context.req.param('cid') });
    }
    const name = `${context.req.param('cid')}.gz`;
    return sendFile(api, cidOf(digest), name, context.req.raw.headers);
  });
}

/** The bytes as they are: no Content-Encoding, which would make a browser unpack them. */
async function sendFile(
  { files }: ApiContext,
  cid: string,
  name: string,
  asked: Headers,
): Promise<Response> {
  const etag = `"${cid}"`;
  const named = { etag, 'cache-control': FOREVER, 'accept-ranges': 'bytes' };
  const file = await files.find(cid);
  if (file === undefined) throw new TonneError('FILE_MISSING', { field: 'cid', value: cid });
  if (namesTag(asked.get('if-none-match') ?? undefined, etag)) {
    return new Response(null, { status: 304, headers: named });
  }
  // A range of another file than the asker has begun to fetch would be spliced into it.
  const sameFile = (asked.get('if-range') ?? etag) === etag;
  const range = parseByteRange(
    sameFile ? (asked.get('range') ?? undefined) : undefined,
    file.length,
  );
  if (range === 'unsatisfiable') {
    const headers = { ...named, 'content-range': `bytes */${file.length}` };
    return new Response(null, { status: 416, headers });
  }
  const part = range === undefined ? file : file.subarray(range.first, range.last + 1);
  return new Response(Buffer.from(part), {
    status: range === undefined ? 200 : 206,
    headers: {
      ...named,
      'content-type': 'application/gzip',
      'content-length': String(part.length),
      'content-disposition': `attachment; filename="${name}"`,
      ...(range !== undefined && {
        'content-range': `bytes ${range.first}-${range.last}/${file.length}`,
      }),
    },
  });
}

async function certifiedView({ database }: ApiContext, row: BatchRow) {
  if (row.grams === null) return null;
  const carriedIn = (await sumGramsBefore(database, row)) % GRAMS_PER_TONNE;
  const { tonnes, carriedGrams } = certifyDown(row.grams, carriedIn);
  return { tonnes: String(tonnes), carriedGrams: String(carriedGrams) };
}

function batchView(row: BatchRow) {
  // Proof: refused batches are never read here.
  const phase = row.phase === 'refused' ? 'sealed' : row.phase;
  return {
    batchId: String(batchIdOf(row.projectId, row.number)),
    projectId: row.projectId,
    number: row.number,
    phase,
    own: row.own,
    crossing: row.crossing,
    vintage: row.vintage,
    periodStart: row.periodStart,
    periodEnd: row.periodEnd,
    root: row.root,
    fileDigest: row.fileDigest,
    cid: row.cid,
    fileSize: row.fileSize,
    deviceCount: row.deviceCount,
    windowCount: row.windowCount,
    readingCount: row.readingCount,
    exportedWh: String(row.exportedWh),
    importedWh: String(row.importedWh),
    deductedWh: String(row.deductedWh),
    creditableWh: row.creditableWh?.toString() ?? null,
    grams: row.grams?.toString() ?? null,
    minted: row.minted,
    transactionHash: row.txHash,
    blockNumber: row.blockNumber,
    sealedAt: row.sealedAt,
  };
}
