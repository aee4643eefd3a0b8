import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { readReportFile } from '../../csv/reportFile.ts';
import { IMPORT_STATUSES } from '../../inventory/imports/outcome.ts';
import { importFiles } from '../../inventory/imports/run.ts';
import { findImport, readImports } from '../../inventory/imports/store.ts';
import { stopImport, undoImport } from '../../inventory/imports/undo.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { ImportRow } from '../../store/tables/schema.ts';
import { getCredential } from '../caller.ts';
import type { ApiContext } from '../context.ts';
import {
  cutPage,
  invalidCursor,
  nothing,
  pageQuery,
  parseParameters,
  problemContent,
  type ApiEnv,
} from '../route.ts';
import { importReportSchema, importSchema, importsSchema } from '../schemas/import.ts';
import { toStream } from '../stream.ts';
import { addTenantRoute, noBody, runAsTenant, tenantQuery } from '../tenantRoute.ts';
import { parseTimeCursor, timeCursorOf } from '../timeCursor.ts';
import { importView } from '../views/import.ts';
import { addImportFileRoutes } from './importFiles.ts';

const tag = 'imports';
const params = z.object({ id: z.uuid() });

const reportQuery = pageQuery.extend({
  status: z.enum(IMPORT_STATUSES).optional(),
});

export function addImportRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addImportFileRoutes(app, api);
  addReadRoutes(app, api);
  addEndRoutes(app, api);
  addReportRoutes(app, api);
}

function addReadRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'get', tag, permission: 'activities:read', body: noBody } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/imports', params: nothing, query: pageQuery },
      ...{ summary: 'Imports, the newest first', answer: importsSchema },
    },
    async ({ session, query: { limit, cursor } }) => {
      const read = await readImports(session, limit + 1, parseTimeCursor(cursor));
      const { rows, nextCursor } = cutPage(read, limit, timeCursorOf);
      return { body: { imports: rows.map(importView), nextCursor } };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/imports/{id}', params, query: nothing, answer: importSchema },
      summary: 'How an import stands',
    },
    async ({ session, params: { id } }) => ({ body: importView(await getImport(session, id)) }),
  );
}

function addEndRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const shared = { method: 'post', tag, permission: 'activities:write', body: noBody } as const;
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, path: '/v1/imports/{id}/undo', params, query: nothing, answer: importSchema },
      summary: 'Take all activities of an import back; those changed since stay',
    },
    async ({ session, actor, params: { id }, now }) => {
      const row = await undoImport(session, id, { actor: actor.name, now });
      return { body: importView(row) };
    },
  );
  addTenantRoute(
    app,
    api,
    {
      ...{ ...shared, method: 'delete', path: '/v1/imports/{id}', params, query: nothing },
      ...{ summary: 'Stop an import; what it stored is taken back', answer: importSchema },
    },
    async ({ session, actor, params: { id }, now }) => ({
      body: importView(await stopImport(session, id, { actor: actor.name, now })),
    }),
  );
}

function addReportRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addTenantRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/imports/{id}/report', tag, permission: 'activities:read' },
      ...{ params, query: reportQuery, body: noBody, answer: importReportSchema },
      summary: 'What became of each row, in pages',
    },
    async ({ session, params: { id }, query: { cursor, limit, status } }) => {
      await getImport(session, id);
      const from = Number(cursor ?? '0');
      if (!Number.isSafeInteger(from) || from < 0) throw invalidCursor(cursor ?? '');
      const { report } = importFiles(api.dataFolder, id);
      if (!(await exists(report))) return { body: { lines: [], nextCursor: null } };
      const isWanted = (line: { readonly status?: string }) =>
        status === undefined || line.status === status;
      const page = await readReportFile(report, { from, limit }, isWanted);
      const lines = page.lines.map((line) =>
        reportLine.parse({ column: '', ...line, line: Number(line['line']) }),
      );
      return { body: { lines, nextCursor: page.next === null ? null : String(page.next) } };
    },
  );
  app.openAPIRegistry.registerPath({
    ...{ method: 'get', path: '/v1/imports/{id}/report.csv', tags: [tag] },
    ...{ summary: 'The whole report as CSV', description: 'Needs activities:read.' },
    security: [{ session: [] }, { key: [] }],
    request: { params, query: tenantQuery },
    responses: {
      200: { description: 'OK', content: { 'text/csv': { schema: z.string() } } },
      '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
    },
  });
  app.get('/v1/imports/:id/report.csv', async (context) => {
    const { id } = parseParameters(params, context.req.param());
    const { organisation } = parseParameters(tenantQuery, context.req.query());
    const need = { permission: 'activities:read', forWrite: false, dangerous: false } as const;
    const credential = getCredential(context.env.incoming);
    await runAsTenant(api, credential, { ...need, organisationId: organisation }, (session) =>
      getImport(session, id),
    );
    const { report } = importFiles(api.dataFolder, id);
    const file = await open(report, 'a');
    await file.close();
    return context.body(toStream(createReadStream(report)), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="import-${id}.csv"`,
    });
  });
}

const reportLine = importReportSchema.shape.lines.element;

/** Throws IMPORT_UNKNOWN. */
async function getImport(session: TenantSession, id: string): Promise<ImportRow> {
  const row = await findImport(session, id);
  if (row === undefined) throw new TonneError('IMPORT_UNKNOWN', { field: 'id', value: id });
  return row;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
