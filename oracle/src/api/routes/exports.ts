import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { TonneError } from '@truetonne/protocol';
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import {
  EXPORT_JOB,
  exportOutputShape,
  exportPath,
  exportShape,
  type ExportRequest,
} from '../../exports/export.ts';
import { findJob } from '../../jobs/jobStore.ts';
import type { JobRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { exportSchema } from '../schemas/fleet.ts';
import { readJsonBody } from '../jsonBody.ts';
import { getKnownDevice, getKnownProject } from '../lookUp.ts';
import { getRoute, nothing, parseParameters, problemContent, type ApiEnv } from '../route.ts';
import { toStream } from '../stream.ts';

const params = z.object({ id: z.uuid() });

const oneRoute = getRoute({
  path: '/v1/exports/{id}',
  tag: 'exports',
  summary: 'How an export stands',
  params,
  query: nothing,
  answer: exportSchema,
});

const cancelRoute = createRoute({
  method: 'delete',
  path: '/v1/exports/{id}',
  tags: ['exports'],
  summary: 'Cancel an export, or take its file away',
  request: { params },
  responses: {
    200: { description: 'OK', content: { 'application/json': { schema: exportSchema } } },
    '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
  },
});

/** Longer than this the queue itself would suffer. */
const MAX_SPAN = 2 ** 40;

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
} as const;

export function addExportRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addCreateRoute(app, api);
  app.openapi(oneRoute, async (context) =>
    context.json(exportView(await getExport(api, context.req.valid('param').id)), 200),
  );
  app.openapi(cancelRoute, async (context) => {
    const job = await getExport(api, context.req.valid('param').id);
    await api.jobs.cancel(job.id);
    await rm(fileOf(api, job), { force: true });
    return context.json(exportView(await getExport(api, job.id)), 200);
  });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/exports/{id}/file',
    tags: ['exports'],
    summary: 'The file of an export that is done',
    request: { params },
    responses: {
      200: {
        description: 'OK',
        content: { 'text/csv': { schema: z.string() }, [TYPES.parquet]: { schema: z.string() } },
      },
      '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
    },
  });
  app.get('/v1/exports/:id/file', async (context) => {
    const { id } = parseParameters(params, context.req.param());
    return readFile(api, await getExport(api, id));
  });
}

function addCreateRoute(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/exports',
    tags: ['exports'],
    summary: 'Write readings or energy of a project or a device into a file, in the background',
    request: { body: { content: { 'application/json': { schema: exportShape } } } },
    responses: {
      202: { description: 'Taken', content: { 'application/json': { schema: exportSchema } } },
      '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
    },
  });
  app.post('/v1/exports', async (context) => {
    const request = await readJsonBody(context.env.incoming, exportShape);
    const { projectId, deviceId, from, to, format } = request;
    if (to <= from || to > MAX_SPAN) {
      const expected = 'a time after `from`';
      throw new TonneError('BODY_MALFORMED', { field: 'to', value: String(to), expected });
    }
    if (projectId === undefined && deviceId === undefined)
      throw new TonneError('BODY_MALFORMED', { field: 'projectId', expected: 'or `deviceId`' });
    const project = projectId === undefined ? undefined : await getKnownProject(api, projectId);
    const device = deviceId === undefined ? undefined : await getKnownDevice(api, deviceId);
    const owner = device?.owner ?? project?.owner;
    // Readings are everyone's as CSV; the columns of a warehouse come with the plan of whose they are.
    if (format === 'parquet' && owner !== undefined)
      await api.entitlements.assertWalletFeature(owner, 'parquet');
    return context.json(exportView(await api.jobs.enqueue(EXPORT_JOB, request)), 202);
  });
}

/** Throws NOT_FOUND. */
async function getExport({ database }: ApiContext, id: string): Promise<JobRow> {
  const job = await findJob(database, id);
  if (job?.kind !== EXPORT_JOB) throw new TonneError('NOT_FOUND', { field: 'id', value: id });
  return job;
}

function requestOf(job: JobRow): ExportRequest {
  return exportShape.parse(JSON.parse(job.input));
}

function fileOf({ dataFolder }: ApiContext, job: JobRow): string {
  return exportPath(dataFolder, job.id, requestOf(job).format);
}

async function readFile(api: ApiContext, job: JobRow): Promise<Response> {
  const stream = createReadStream(fileOf(api, job));
  try {
    await new Promise((resolve, reject) => stream.once('open', resolve).once('error', reject));
  } catch {
    const expected = 'an export that is done';
    throw new TonneError('NOT_FOUND', { field: 'id', value: `${job.id}: ${job.state}`, expected });
  }
  const { format } = requestOf(job);
  const headers = {
    'content-type': TYPES[format],
    'content-disposition': `attachment; filename="${job.id}.${format}"`,
  };
  return new Response(toStream(stream), { headers });
}

function exportView(job: JobRow) {
  const done = job.output === null ? undefined : exportOutputShape.parse(JSON.parse(job.output));
  return {
    id: job.id,
    status: job.state,
    progress: { done: job.doneSteps, total: job.totalSteps },
    rows: done?.rows ?? null,
    size: done?.size ?? null,
    url: job.state === 'done' ? `/v1/exports/${job.id}/file` : null,
    code: job.code,
    detail: job.detail,
    requestedAt: job.createdAt,
    endedAt: job.endedAt,
  };
}
