import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { findJob } from '../../jobs/jobStore.ts';
import { assertRoom } from '../../jobs/quota.ts';
import { createReceiving } from '../../jobs/receiving.ts';
import { filesOf, receiveFile } from '../../metering/uploads/files.ts';
import { toOptions, uploadQuery, type UploadOptions } from '../../metering/uploads/options.ts';
import { removeUpload } from '../../metering/uploads/remove.ts';
import { readReport } from '../../metering/uploads/report.ts';
import { UPLOAD_JOB } from '../../metering/uploads/run.ts';
import {
  findUploadByDigest,
  insertUpload,
  type UploadState,
} from '../../metering/uploads/uploadStore.ts';
import type { Session } from '../../store/database/database.ts';
import type { ApiContext } from '../context.ts';
import { isFileKey } from '../fileKey.ts';
import { getFileOwner, ownerParameters, type FileOwner } from '../fileOwner.ts';
import { getUpload, unknownUpload, uploadView } from '../ownUploads.ts';
import {
  invalidCursor,
  pageQuery,
  parseParameters,
  problemContent,
  type ApiEnv,
} from '../route.ts';
import { newUploadSchema, reportSchema } from '../schemas/upload.ts';
import { toStream } from '../stream.ts';
import { assertUnsignedAllowed } from './unverified.ts';

/** Largest file, bytes: a million rows of windows as hex. */
const MAX_FILE = 1_073_741_824;

const params = z.object({ id: z.uuid() });
const problems = { '4XX': { description: 'Problem details (RFC 9457)', content: problemContent } };
const answer = { description: 'OK', content: { 'application/json': { schema: newUploadSchema } } };
const shared = { tags: ['uploads'], ...ownerParameters };

const reportQuery = pageQuery.extend({
  format: z.enum(['json', 'csv']).default('json'),
  status: z.enum(['accepted', 'duplicate', 'refused']).optional(),
  key: z
    .string()
    .max(100)
    .optional()
    .openapi({ description: 'Of the path in `report`, in place of a credential' }),
});

export function addUploadFileRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addPost(app, api);
  addReport(app, api);
}

function addPost(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openAPIRegistry.registerPath({
    ...{ ...shared, method: 'post', path: '/v1/uploads' },
    summary: 'Upload a CSV file of windows, or of unsigned readings; it is read in the background',
    request: {
      query: uploadQuery,
      body: { required: true, content: { 'text/csv': { schema: z.string() } } },
    },
    responses: {
      200: { ...answer, description: 'You uploaded it before' },
      202: answer,
      ...problems,
    },
  });
  const receiving = createReceiving(api.jobQuota);
  app.post('/v1/uploads', async (context) => {
    const { incoming } = context.env;
    const options = toOptions(parseParameters(uploadQuery, context.req.query()));
    if (options.kind === 'readings') assertUnsignedAllowed(api);
    const owner = await getFileOwner(api, incoming);
    const told = Number(incoming.headers['content-length'] ?? 0);
    // Before a byte of it is taken; and again in the transaction that keeps it, when its size is known.
    await assertRoom(api.database, owner, told, api.jobQuota, api.now());
    const over = receiving.begin(owner);
    const received = await receiveFile(
      ...([api.dataFolder, incoming, JSON.stringify(options), MAX_FILE] as const),
    ).finally(over);
    const visitorToken = owner.newToken ?? null;
    try {
      const before = await findEarlier(api, owner, received.digest);
      const state = before ?? (await begin(api, owner, options, received));
      const view = { ...uploadView(api, state), visitorToken };
      return context.json(view, before === undefined ? 202 : 200);
    } finally {
      await received.drop();
    }
  });
}

/** The same file of the same owner read in the same way, unless that did not come to its end. */
async function findEarlier(
  api: ApiContext,
  { name }: FileOwner,
  digest: UploadState['upload']['digest'],
): Promise<UploadState | undefined> {
  const before = await findUploadByDigest(api.database, name, digest);
  if (before === undefined) return undefined;
  if (before.job.state !== 'failed' && before.job.state !== 'cancelled') return before;
  await removeUpload(api, before.upload.id);
  return undefined;
}

/** The same file of the same owner came twice at the same time. */
class CameTwice extends Error {}

async function begin(
  api: ApiContext,
  owner: FileOwner,
  options: UploadOptions,
  { digest, size, keep }: Awaited<ReturnType<typeof receiveFile>>,
): Promise<UploadState> {
  const { database, dataFolder, jobs, jobQuota, now } = api;
  const id = randomUUID();
  const { kind } = options;
  const upload = {
    ...{ id, owner: owner.name, digest, kind, options: JSON.stringify(options) },
    ...{ size, createdAt: now() },
  };
  const admit = async (session: Session): Promise<void> => {
    if (!(await insertUpload(session, upload))) throw new CameTwice();
    await assertRoom(session, owner, size, jobQuota, now());
  };
  await keep(id);
  try {
    const order = { owner, id, bytes: size, admit };
    return { upload, job: await jobs.enqueue(UPLOAD_JOB, { options }, order) };
  } catch (error) {
    await rm(filesOf(dataFolder, id).file, { force: true });
    const other =
      error instanceof CameTwice
        ? await findUploadByDigest(database, owner.name, digest)
        : undefined;
    if (other === undefined) throw error;
    return other;
  }
}

function addReport(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openAPIRegistry.registerPath({
    ...{ ...shared, method: 'get', path: '/v1/uploads/{id}/report' },
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
    if (!isFileKey(api.signIn.seal, id, query.key)) await getUpload(api, context, id);
    else if ((await findJob(api.database, id)) === undefined) throw unknownUpload(id);
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
    if (!Number.isSafeInteger(from) || from < 0) throw invalidCursor(query.cursor ?? '');
    const { lines, next } = await readReport(report, from, query.limit, query.status);
    return context.json({ lines, nextCursor: next === null ? null : String(next) }, 200);
  });
}
