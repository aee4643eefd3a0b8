import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TonneError } from '@truetonne/protocol';
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { filesOf, receiveFile } from '../../uploads/files.ts';
import { toOptions, uploadQuery, type UploadOptions } from '../../uploads/options.ts';
import { readReport } from '../../uploads/report.ts';
import { UPLOAD_JOB, uploadOutputShape } from '../../uploads/run.ts';
import {
  findUpload,
  findUploadByDigest,
  forgetUpload,
  insertUpload,
  readUploads,
  type UploadState,
} from '../../uploads/uploadStore.ts';
import type { ApiContext } from '../context.ts';
import {
  getRoute,
  nothing,
  pageQuery,
  parseParameters,
  problemContent,
  type ApiEnv,
} from '../route.ts';
import { toStream } from '../stream.ts';
import { reportSchema, uploadSchema, uploadsSchema } from '../schemas/upload.ts';
import { assertUnsignedAllowed } from './unverified.ts';

/** Largest file, bytes: a million rows of windows as hex. */
const MAX_FILE = 1_073_741_824;

const params = z.object({ id: z.uuid() });
const problems = { '4XX': { description: 'Problem details (RFC 9457)', content: problemContent } };
const answer = { description: 'OK', content: { 'application/json': { schema: uploadSchema } } };

const listRoute = getRoute({
  ...{ path: '/v1/uploads', tag: 'uploads', summary: 'Files that were uploaded, the newest first' },
  ...{ params: nothing, query: pageQuery, answer: uploadsSchema },
});

const oneRoute = getRoute({
  ...{ path: '/v1/uploads/{id}', tag: 'uploads', summary: 'How an upload stands' },
  ...{ params, query: nothing, answer: uploadSchema },
});

const cancelRoute = createRoute({
  ...{ method: 'delete', path: '/v1/uploads/{id}', tags: ['uploads'], request: { params } },
  summary: 'Stop reading a file; what was stored stays',
  responses: { 200: answer, ...problems },
});

const reportQuery = pageQuery.extend({
  format: z.enum(['json', 'csv']).default('json'),
  status: z.enum(['accepted', 'duplicate', 'refused']).optional(),
});

export function addUploadRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addPost(app, api);
  app.openapi(listRoute, async (context) => {
    const { limit, cursor } = context.req.valid('query');
    const rows = await readUploads(api.database, parseBefore(cursor), limit);
    const last = rows.length === limit ? rows.at(-1) : undefined;
    const nextCursor = last === undefined ? null : `${last.upload.createdAt}.${last.upload.id}`;
    return context.json({ uploads: rows.map(uploadView), nextCursor }, 200);
  });
  app.openapi(oneRoute, async (context) =>
    context.json(uploadView(await getUpload(api, context.req.valid('param').id)), 200),
  );
  app.openapi(cancelRoute, async (context) => {
    const { id } = context.req.valid('param');
    await getUpload(api, id);
    await api.jobs.cancel(id);
    return context.json(uploadView(await getUpload(api, id)), 200);
  });
  addReport(app, api);
}

function addPost(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openAPIRegistry.registerPath({
    ...{ method: 'post', path: '/v1/uploads', tags: ['uploads'] },
    summary: 'Upload a CSV file of windows, or of unsigned readings; it is read in the background',
    request: {
      query: uploadQuery,
      body: { required: true, content: { 'text/csv': { schema: z.string() } } },
    },
    responses: {
      200: { ...answer, description: 'It was uploaded before' },
      202: answer,
      ...problems,
    },
  });
  app.post('/v1/uploads', async (context) => {
    const options = toOptions(parseParameters(uploadQuery, context.req.query()));
    if (options.kind === 'readings') assertUnsignedAllowed(api);
    const received = await receiveFile(
      api.dataFolder,
      context.env.incoming,
      JSON.stringify(options),
      MAX_FILE,
    );
    try {
      const before = await findEarlier(api, received.digest);
      if (before !== undefined) return context.json(uploadView(before), 200);
      return context.json(uploadView(await begin(api, options, received)), 202);
    } finally {
      await received.drop();
    }
  });
}

/** The same file read in the same way, unless that did not come to its end. */
async function findEarlier({ database }: ApiContext, digest: UploadState['upload']['digest']) {
  const before = await findUploadByDigest(database, digest);
  if (before === undefined) return undefined;
  if (before.job.state !== 'failed' && before.job.state !== 'cancelled') return before;
  await forgetUpload(database, before.upload.id);
  return undefined;
}

async function begin(
  { database, jobs, now }: ApiContext,
  options: UploadOptions,
  { digest, size, keep }: Awaited<ReturnType<typeof receiveFile>>,
): Promise<UploadState> {
  const id = randomUUID();
  await keep(id);
  const { kind } = options;
  const upload = { id, digest, kind, options: JSON.stringify(options), size, createdAt: now() };
  const job = await jobs.enqueue(UPLOAD_JOB, { options }, id);
  if (await insertUpload(database, upload)) return { upload, job };
  // The same file came twice at the same time: the other one is read.
  await jobs.cancel(id);
  const other = await findUploadByDigest(database, digest);
  return other ?? { upload, job };
}

function addReport(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openAPIRegistry.registerPath({
    ...{ method: 'get', path: '/v1/uploads/{id}/report', tags: ['uploads'] },
    summary: 'What became of each row, in pages or as a CSV file',
    request: { params, query: reportQuery },
    responses: {
      200: {
        description: 'OK',
        content: {
          'application/json': { schema: reportSchema },
          'text/csv': { schema: z.string() },
        },
      },
      ...problems,
    },
  });
  app.get('/v1/uploads/:id/report', async (context) => {
    const { id } = parseParameters(params, context.req.param());
    const query = parseParameters(reportQuery, context.req.query());
    await getUpload(api, id);
    const { report } = filesOf(api.dataFolder, id);
    const exists = await stat(report).then(
      () => true,
      () => false,
    );
    if (!exists) return context.json({ lines: [], nextCursor: null }, 200);
    if (query.format === 'csv') {
      return context.body(toStream(createReadStream(report)), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="report-${id}.csv"`,
      });
    }
    const from = Number(query.cursor ?? '0');
    if (!Number.isSafeInteger(from) || from < 0) throw wrongCursor(query.cursor ?? '');
    const { lines, next } = await readReport(report, from, query.limit, query.status);
    return context.json({ lines, nextCursor: next === null ? null : String(next) }, 200);
  });
}

async function getUpload({ database }: ApiContext, id: string): Promise<UploadState> {
  const state = await findUpload(database, id);
  if (state === undefined) throw new TonneError('JOB_UNKNOWN', { field: 'id', value: id });
  return state;
}

function uploadView({ upload, job }: UploadState): z.infer<typeof uploadSchema> {
  const output = job.output === null ? undefined : uploadOutputShape.parse(JSON.parse(job.output));
  const rows = output && output.accepted + output.duplicate + output.refused;
  const { id, kind, digest, size, createdAt } = upload;
  return {
    ...{ id, kind, status: job.state, digest, size, progress: job.doneSteps },
    counts: output === undefined || rows === undefined ? null : { rows, ...output },
    ...{ code: job.code, detail: job.detail, createdAt, endedAt: job.endedAt },
    report: `/v1/uploads/${id}/report`,
  };
}

function parseBefore(cursor: string | undefined): readonly [number, string] | undefined {
  if (cursor === undefined) return undefined;
  const [, createdAt, id] = /^(\d{1,12})\.([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (createdAt === undefined || id === undefined) throw wrongCursor(cursor);
  return [Number(createdAt), id];
}

function wrongCursor(value: string): TonneError {
  return new TonneError('PARAMETER_INVALID', { field: 'cursor', value, expected: '`nextCursor`' });
}
