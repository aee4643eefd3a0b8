import { TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { readBatchDevices } from '../../store/batches.ts';
import { readHeads, type DeviceRange } from '../../store/judgement.ts';
import { findCloseRequest } from '../../store/progress.ts';
import { readDevices, readProjectPage } from '../../store/registry.ts';
import type { DeviceRow, ProjectRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { assertBatchOf, readFindingPage } from '../views/finding.ts';
import { readJsonBody } from '../jsonBody.ts';
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
  findingSchema,
  idParameter,
  projectDetailSchema,
  projectSchema,
} from '../schemas/shared.ts';
import { totalsView } from '../totals.ts';

const params = z.object({ id: projectIdParameter });

const listRoute = getRoute({
  path: '/v1/projects',
  tag: 'projects',
  summary: 'Registered projects',
  params: nothing,
  query: pageQuery,
  answer: z.object({ projects: z.array(projectSchema), nextCursor: cursorSchema }),
});

const oneRoute = getRoute({
  path: '/v1/projects/{id}',
  tag: 'projects',
  summary: 'A project with its totals and what waits for a batch',
  params,
  query: nothing,
  answer: projectDetailSchema,
});

const findingsRoute = getRoute({
  path: '/v1/projects/{id}/findings',
  tag: 'projects',
  summary: 'What was excluded and why',
  params,
  query: pageQuery.extend({
    device: idParameter.optional(),
    batch: z
      .string()
      .regex(/^\d{1,20}$/)
      .optional(),
  }),
  answer: z.object({ findings: z.array(findingSchema), nextCursor: cursorSchema }),
});

export function addProjectRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const { database } = api;
  app.openapi(listRoute, async (context) => {
    const { limit, cursor } = context.req.valid('query');
    const [after = 0] = parseCursor(cursor, [0], MAX_INTEGER);
    const read = await readProjectPage(database, { after, limit: limit + 1 });
    const { rows, nextCursor } = cutPage(read, limit, ({ id }) => String(id));
    return context.json({ projects: rows.map((row) => projectView(api, row)), nextCursor }, 200);
  });
  app.openapi(oneRoute, async (context) => {
    const row = await getKnownProject(api, context.req.valid('param').id);
    const devices = await readDevices(database, { projectId: row.id });
    const heads = await readHeads(
      database,
      devices.map(({ number }) => number),
    );
    const credited = new Map(devices.map((device) => [device.number, device.creditedSequence]));
    const pendingWindows = heads.reduce(
      (sum, head) => sum + Math.max(0, head.lastSequence - (credited.get(head.deviceNumber) ?? 0)),
      0,
    );
    const closingUntil = (await findCloseRequest(database, row.id)) ?? null;
    const view = {
      ...projectView(api, row),
      totals: totalsView(heads),
      pendingWindows,
      closingUntil,
    };
    return context.json(view, 200);
  });
  app.openapi(findingsRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { device, batch, ...page } = context.req.valid('query');
    await getKnownProject(api, id);
    const devices = await readDevices(database, { projectId: id });
    const chosen = devices.filter(({ deviceId }) => device === undefined || deviceId === device);
    const ranges = await rangesOf(api, id, chosen, batch);
    const ids = new Map(devices.map((row) => [row.number, row.deviceId]));
    return context.json(await readFindingPage(database, ranges, ids, page), 200);
  });
  addCloseRoute(app, api);
}

async function rangesOf(
  api: ApiContext,
  projectId: number,
  devices: readonly DeviceRow[],
  batchId: string | undefined,
): Promise<readonly DeviceRange[]> {
  if (batchId === undefined) {
    return devices.map(({ number }) => ({
      deviceNumber: number,
      after: 0,
      upTo: Number.MAX_SAFE_INTEGER,
    }));
  }
  assertBatchOf(batchId, projectId);
  const numbers = new Set(devices.map(({ number }) => number));
  const batch = await getKnownBatch(api, batchId);
  const rows = await readBatchDevices(api.database, batch.key);
  return rows
    .filter(({ deviceNumber }) => numbers.has(deviceNumber))
    .map((row) => ({
      deviceNumber: row.deviceNumber,
      after: row.openingSequence,
      upTo: row.closingSequence,
    }));
}

function projectView({ periodOfProject }: ApiContext, row: ProjectRow) {
  const { id, owner, name, country, methodologyId, validator, submitter, batchCount } = row;
  const { latitudeE6, longitudeE6, utcOffsetMinutes, creditingFrom, creditingUntil } = row;
  return {
    ...{ id, owner, name, country, methodologyId, validator, submitter, batchCount },
    ...{ latitudeE6, longitudeE6, utcOffsetMinutes, creditingFrom, creditingUntil },
    capacityW: String(row.capacityW),
    factorUgPerWh: row.factorUgPerWh?.toString() ?? null,
    period: periodOfProject(id),
  };
}

const closeBody = z.object({ until: z.int().positive() });

/** For demonstrations on one machine: closes periods without waiting for their end or the grace. */
function addCloseRoute(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const { requestClose } = api;
  if (requestClose === undefined) return;
  const answer = z.object({ projectId: z.int(), until: z.int() });
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/projects/{id}/close',
    tags: ['projects'],
    summary:
      'Close all periods up to a time; only from this machine, where ORACLE_ALLOW_CLOSE is 1',
    request: { params, body: { content: { 'application/json': { schema: closeBody } } } },
    responses: {
      202: { description: 'Under way', content: { 'application/json': { schema: answer } } },
      '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
    },
  });
  app.post('/v1/projects/:id/close', async (context) => {
    const { incoming } = context.env;
    if (!isLocal(api.addressOf(incoming))) throw new TonneError('NOT_FOUND');
    const parsedId = params.safeParse(context.req.param());
    if (!parsedId.success) throw new TonneError('PARAMETER_INVALID', { field: 'id' });
    const { until } = await readJsonBody(incoming, closeBody);
    if (until > api.now()) {
      throw new TonneError('PERIOD_IN_FUTURE', { field: 'until', value: String(until) });
    }
    const { id } = await getKnownProject(api, parsedId.data.id);
    await requestClose(id, until);
    return context.json({ projectId: id, until }, 202);
  });
}

function isLocal(address: string): boolean {
  return address === '127.0.0.1' || address === '::1';
}
