import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { appendAudit } from '../../accounts/audit/store.ts';
import { getWorkspace } from '../../accounts/organisations/organisations.ts';
import { FIRST_LINES, type FileRow } from '../../csv/csvRows.ts';
import { findMonths } from '../../inventory/imports/layout.ts';
import { guessHeadLine } from '../../inventory/imports/headLine.ts';
import {
  hashHead,
  headLineShape,
  importOptionsShape,
  sheetShape,
  type ImportOptions,
} from '../../inventory/imports/options.ts';
import { formatOf, openRows, readRows } from '../../inventory/imports/rows.ts';
import { IMPORT_JOB, importFiles } from '../../inventory/imports/run.ts';
import { findImport, findMapping, insertImport } from '../../inventory/imports/store.ts';
import { findJob } from '../../jobs/jobStore.ts';
import { receiveFile } from '../../metering/uploads/files.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { ImportRow } from '../../store/tables/schema.ts';
import { assertOwnPage, getCredential, type Actor, type Credential } from '../caller.ts';
import type { ApiContext } from '../context.ts';
import {
  doOnce,
  hashRequest,
  IDEMPOTENCY_KEY,
  parseIdempotencyKey,
  tenantAnswers,
  type StoredReply,
} from '../idempotency.ts';
import { parseParameters, problemContent, type ApiEnv } from '../route.ts';
import { importSchema, inspectionSchema } from '../schemas/import.ts';
import { nameSchema, rowIdSchema } from '../schemas/organisation.ts';
import { headersOf, respond, runAsTenant, tenantQuery, toStored } from '../tenantRoute.ts';
import { importView } from '../views/import.ts';

/** Largest file, bytes: a million rows. */
const MAX_FILE = 268_435_456;
const SAMPLE_ROWS = 5;

const query = tenantQuery.extend({
  name: nameSchema.openapi({ description: 'Of the file' }),
  workspaceId: rowIdSchema,
  dryRun: z.enum(['true', 'false']).openapi({ description: 'true: reports and stores nothing' }),
  options: z.string().max(20_000).openapi({ description: 'ImportOptions as JSON' }),
});

const inspectQuery = tenantQuery.extend({
  headLine: headLineShape
    .optional()
    .openapi({ description: 'Line that holds the names of columns; else it is guessed' }),
  sheet: sheetShape.optional().openapi({ description: 'Worksheet of an XLSX; else the first' }),
});

const file = { schema: z.string() };
const fileBody = {
  required: true,
  content: {
    'text/csv': file,
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': file,
  },
};

export function addImportFileRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  describe(app);
  addBeginRoute(app, api);
  addInspectRoute(app, api);
}

function addBeginRoute(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.post('/v1/imports', async (context) => {
    const parameters = parseParameters(query, context.req.query());
    const options = parseOptions(parameters.options);
    const key = parseIdempotencyKey(context.req.header(IDEMPOTENCY_KEY));
    const credential = await authorise(api, context, parameters.organisation);
    const received = await receiveFile(api.dataFolder, context.env.incoming, '', MAX_FILE);
    const id = randomUUID();
    try {
      await received.keep(id);
      const paths = importFiles(api.dataFolder, id);
      const wish = {
        ...{ id, name: parameters.name, workspaceId: parameters.workspaceId },
        ...{ format: await formatOfFile(paths.file), size: received.size },
        ...{ digest: received.digest, dryRun: parameters.dryRun === 'true' },
        options: JSON.stringify(options),
      };
      const begin = async (session: TenantSession, actor: Actor): Promise<StoredReply> => {
        const now = api.now();
        const work = async () => {
          const row = await beginImport(session, actor, wish, now);
          return toStored(importRoute, { body: importView(row) });
        };
        if (key === undefined) return work();
        const hash = hashRequest(actor.name, 'POST', context.req.url, received.digest);
        return doOnce(tenantAnswers(session), { key, hash }, now, work);
      };
      const need = needOf(parameters.organisation);
      const { reply, limits, organisationId } = await runAsTenant(api, credential, need, begin);
      const begun = importSchema.parse(JSON.parse(reply.text)).id;
      if (begun !== id) await rm(paths.file, { force: true });
      // A crash may have kept the first of two equal requests from making its job.
      if ((await findJob(api.database, begun)) === undefined) {
        const owner = { name: `organisation:${organisationId}`, source: null };
        await api.jobs.enqueue(IMPORT_JOB, { organisationId }, { owner, id: begun });
      }
      return respond(context, reply, limits);
    } catch (error) {
      await rm(importFiles(api.dataFolder, id).file, { force: true });
      throw error;
    } finally {
      await received.drop();
    }
  });
}

function addInspectRoute(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.post('/v1/imports/inspect', async (context) => {
    const { organisation, ...wish } = parseParameters(inspectQuery, context.req.query());
    const credential = await authorise(api, context, organisation);
    const received = await receiveFile(api.dataFolder, context.env.incoming, '', MAX_FILE);
    const id = randomUUID();
    const path = importFiles(api.dataFolder, id).file;
    try {
      await received.keep(id);
      const file = await openRows(path, await formatOfFile(path));
      const { format, encoding, sheets } = file;
      // Another sheet or head line may be chosen where cells are merged: the import refuses them.
      const asStored = { merged: 'read', ...wish, separator: 'auto', decimal: 'point' } as const;
      const top =
        wish.headLine === undefined ? await readFirst(readRows(file, asStored), FIRST_LINES) : [];
      const headLine = wish.headLine ?? guessHeadLine(top);
      const [head, ...rows] = await readFirst(
        readRows(file, { ...asStored, headLine }),
        1 + SAMPLE_ROWS,
      );
      if (head === undefined) throw new TonneError('UPLOAD_EMPTY');
      const columns = [...head.cells];
      const { reply } = await runAsTenant(api, credential, needOf(organisation), (session) =>
        findMapping(session, hashHead(columns)),
      );
      const remembered = reply === undefined ? null : importOptionsShape.parse(JSON.parse(reply));
      const sample = rows.map(({ cells }) => [...cells]);
      const months = findMonths(columns).map(({ name, year, month }) => ({
        ...{ column: name, year: year ?? null, month },
      }));
      const sheet = wish.sheet ?? sheets[0] ?? null;
      const inspection = {
        ...{ format, encoding, sheets, sheet, headLine },
        ...{ columns, sample, months, remembered },
      };
      return context.json(inspectionSchema.parse(inspection), 200);
    } finally {
      await rm(path, { force: true });
      await received.drop();
    }
  });
}

const importRoute = { method: 'post', status: 202, answer: importSchema } as const;

/** Before a byte of the file is read: who sends it, from where, and whether they may. */
async function authorise(
  api: ApiContext,
  { env: { incoming } }: Context<ApiEnv>,
  organisationId: string | undefined,
): Promise<Credential> {
  const credential = getCredential(incoming);
  assertOwnPage(incoming, credential, api.signIn.origins);
  await runAsTenant(api, credential, needOf(organisationId), () => Promise.resolve());
  return credential;
}

function needOf(organisationId: string | undefined) {
  const permission = 'activities:write' as const;
  return { permission, organisationId, forWrite: true, dangerous: false };
}

async function beginImport(
  session: TenantSession,
  actor: Actor,
  wish: Pick<
    ImportRow,
    'id' | 'name' | 'workspaceId' | 'format' | 'size' | 'digest' | 'dryRun' | 'options'
  >,
  now: number,
): Promise<ImportRow> {
  await getWorkspace(session, wish.workspaceId);
  const { name, member, credentialId } = actor;
  const who = { accountId: member?.accountId ?? null, keyId: member ? null : credentialId };
  await insertImport(session, { ...wish, ...who, state: 'queued', actor: name, createdAt: now });
  await appendAudit(session, {
    ...{ actor: name, at: now, action: 'import.begun', subject: wish.id },
    detail: { name: wish.name, digest: wish.digest, dryRun: wish.dryRun },
  });
  const row = await findImport(session, wish.id);
  if (row === undefined) throw new Error('an import was not stored');
  return row;
}

function parseOptions(text: string): ImportOptions {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    given = undefined;
  }
  const parsed = importOptionsShape.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = ['options', ...(issue?.path ?? [])].join('.');
  const expected = issue?.message ?? 'JSON of ImportOptions';
  throw new TonneError('PARAMETER_INVALID', { field, value: text.slice(0, 100), expected });
}

async function formatOfFile(path: string) {
  const handle = await open(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return formatOf(buffer);
  } finally {
    await handle.close();
  }
}

async function readFirst(
  rows: AsyncGenerator<FileRow>,
  count: number,
): Promise<readonly FileRow[]> {
  const first: FileRow[] = [];
  for await (const row of rows) {
    first.push(row);
    if (first.length === count) break;
  }
  return first;
}

function describe(app: OpenAPIHono<ApiEnv>): void {
  const problems = {
    '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
  };
  const shared = {
    ...{ method: 'post' as const, tags: ['imports'], description: 'Needs activities:write.' },
    security: [{ session: [] }, { key: [] }],
  };
  app.openAPIRegistry.registerPath({
    ...{ ...shared, path: '/v1/imports' },
    request: { query, body: fileBody, headers: headersOf(importRoute) },
    summary: 'Import activities from CSV or XLSX; the file is read in the background',
    responses: {
      202: { description: 'OK', content: { 'application/json': { schema: importSchema } } },
      ...problems,
    },
  });
  app.openAPIRegistry.registerPath({
    ...{ ...shared, path: '/v1/imports/inspect', request: { query: inspectQuery, body: fileBody } },
    summary: 'Columns and first rows of a file, and how one like it was mapped; stores nothing',
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: inspectionSchema } } },
      ...problems,
    },
  });
}
