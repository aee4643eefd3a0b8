import { createReadStream } from 'node:fs';
import { TonneError } from '@truetonne/protocol';
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { findJob, readJobs } from '../../jobs/jobStore.ts';
import { assertRoom } from '../../jobs/quota.ts';
import {
  EXPORT_JOB,
  exportOutputShape,
  exportPath,
  exportShape,
  type ExportRequest,
} from '../../metering/exports/export.ts';
import { removeExport } from '../../metering/exports/remove.ts';
import type { Session } from '../../store/database/database.ts';
import type { JobRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { fileKeyOf, isFileKey } from '../fileKey.ts';
import { findFileOwner, getFileOwner, ownerParameters, type FileOwner } from '../fileOwner.ts';
import { readJsonBody } from '../jsonBody.ts';
import { getKnownDevice, getKnownProject } from '../lookUp.ts';
import { cutPage, pageQuery, parseParameters, problemContent, type ApiEnv } from '../route.ts';
import { exportSchema, exportsSchema, newExportSchema } from '../schemas/fleet.ts';
import { toStream } from '../stream.ts';
import { parseTimeCursor, timeCursorOf } from '../timeCursor.ts';

const params = z.object({ id: z.uuid() });
const fileQuery = z.object({
  key: z
    .string()
    .max(100)
    .optional()
    .openapi({ description: 'Of the path in `url`, in place of a credential' }),
});
const problems = { '4XX': { description: 'Problem details (RFC 9457)', content: problemContent } };
const answer = { description: 'OK', content: { 'application/json': { schema: exportSchema } } };
const shared = { tags: ['exports'], ...ownerParameters };

const listRoute = createRoute({
  ...{ ...shared, method: 'get', path: '/v1/exports', request: { query: pageQuery } },
  summary: 'Exports that you asked for, the newest first',
  responses: {
    200: { description: 'OK', content: { 'application/json': { schema: exportsSchema } } },
    ...problems,
  },
});

const oneRoute = createRoute({
  ...{ ...shared, method: 'get', path: '/v1/exports/{id}', request: { params } },
  ...{ summary: 'How an export of yours stands', responses: { 200: answer, ...problems } },
});

const deleteRoute = createRoute({
  ...{ ...shared, method: 'delete', path: '/v1/exports/{id}', request: { params } },
  summary: 'Cancel an export; one that has ended is removed with its file',
  responses: { 200: answer, ...problems },
});

/** Longer than this the queue itself would suffer. */
const MAX_SPAN = 2 ** 40;

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
} as const;

export function addExportRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addCreateRoute(app, api);
  app.openapi(listRoute, async (context) => {
    const { limit, cursor } = context.req.valid('query');
    const before = parseTimeCursor(cursor);
    const owner = await findFileOwner(api, context.env.incoming, false);
    if (owner === undefined) return context.json({ exports: [], nextCursor: null }, 200);
    const page = { owner: owner.name, kind: EXPORT_JOB, before, limit: limit + 1 };
    const read = await readJobs(api.database, page);
    const { rows, nextCursor } = cutPage(read, limit, timeCursorOf);
    return context.json({ exports: rows.map((job) => exportView(api, job)), nextCursor }, 200);
  });
  app.openapi(oneRoute, async (context) =>
    context.json(
      exportView(api, await getExport(api, context, context.req.valid('param').id)),
      200,
    ),
  );
  app.openapi(deleteRoute, async (context) => {
    const job = await getExport(api, context, context.req.valid('param').id);
    if (job.endedAt !== null) {
      await removeExport(api, job);
      return context.json({ ...exportView(api, job), url: null }, 200);
    }
    await api.jobs.cancel(job.id);
    return context.json(exportView(api, await getExport(api, context, job.id)), 200);
  });
  addFileRoute(app, api);
}

function addFileRoute(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openAPIRegistry.registerPath({
    ...{ ...shared, method: 'get', path: '/v1/exports/{id}/file' },
    summary: 'The file of an export that is done',
    request: { params, query: fileQuery },
    responses: {
      200: {
        description: 'OK',
        content: { 'text/csv': { schema: z.string() }, [TYPES.parquet]: { schema: z.string() } },
      },
      ...problems,
    },
  });
  app.get('/v1/exports/:id/file', async (context) => {
    const { id } = parseParameters(params, context.req.param());
    const { key } = parseParameters(fileQuery, context.req.query());
    const job = isFileKey(api.signIn.seal, id, key)
      ? await findJob(api.database, id)
      : await getExport(api, context, id);
    return readFile(api, asExport(job, id));
  });
}

function addCreateRoute(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openAPIRegistry.registerPath({
    ...{ ...shared, method: 'post', path: '/v1/exports' },
    summary: 'Write readings or energy of a project or a device into a file, in the background',
    request: { body: { content: { 'application/json': { schema: exportShape } } } },
    responses: {
      202: { description: 'Taken', content: { 'application/json': { schema: newExportSchema } } },
      ...problems,
    },
  });
  app.post('/v1/exports', async (context) => {
    const asker = await getFileOwner(api, context.env.incoming);
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
    const visitorToken = asker.newToken ?? null;
    const job = await enqueue(api, asker, request);
    return context.json({ ...exportView(api, job), visitorToken }, 202);
  });
}

function enqueue(api: ApiContext, owner: FileOwner, request: ExportRequest): Promise<JobRow> {
  const { jobs, jobQuota, now } = api;
  const admit = (session: Session): Promise<void> => assertRoom(session, owner, 0, jobQuota, now());
  return jobs.enqueue(EXPORT_JOB, request, { owner, admit });
}

/** Somebody else's is as unknown as one that never was. Throws JOB_UNKNOWN. */
async function getExport(
  api: ApiContext,
  { env: { incoming }, req }: Context<ApiEnv>,
  id: string,
): Promise<JobRow> {
  const owner = await findFileOwner(api, incoming, req.method !== 'GET');
  const job = owner && (await findJob(api.database, id));
  return asExport(job?.owner === owner?.name ? job : undefined, id);
}

/** Throws JOB_UNKNOWN. */
function asExport(job: JobRow | undefined, id: string): JobRow {
  if (job?.kind === EXPORT_JOB) return job;
  throw new TonneError('JOB_UNKNOWN', { field: 'id', value: id });
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

function exportView({ jobQuota, signIn: { seal } }: ApiContext, job: JobRow) {
  const { id, endedAt } = job;
  const done = job.output === null ? undefined : exportOutputShape.parse(JSON.parse(job.output));
  return {
    id,
    request: requestOf(job),
    status: job.state,
    progress: { done: job.doneSteps, total: job.totalSteps },
    rows: done?.rows ?? null,
    size: done?.size ?? null,
    url: job.state === 'done' ? `/v1/exports/${id}/file?key=${fileKeyOf(seal, id)}` : null,
    code: job.code,
    detail: job.detail,
    requestedAt: job.createdAt,
    endedAt,
    keptUntil: endedAt === null ? null : endedAt + jobQuota.keptSeconds,
  };
}
