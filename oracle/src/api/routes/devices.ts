import { TonneError } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { periodOf, type PeriodKind } from '../../domain/calendar.ts';
import { windowPages } from '../../metering/exports/windows.ts';
import { readJudgements } from '../../metering/judge/judgements.ts';
import {
  findLatest,
  readLatest,
  type HistoryPlace,
  type LatestWindow,
} from '../../store/history.ts';
import { readHeads } from '../../store/judgement.ts';
import { readingsOf } from '../../store/readings.ts';
import { findProject, readDevicePage } from '../../store/registry.ts';
import { readEnergy } from '../../store/rollups.ts';
import type { DeviceRow, HeadRow, WindowRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { getKnownDevice } from '../lookUp.ts';
import {
  cursorSchema,
  cutPage,
  getRoute,
  MAX_INTEGER,
  nothing,
  pageQuery,
  parseCursor,
  projectIdParameter,
  type ApiEnv,
} from '../route.ts';
import { bucketSchema, deviceSchema, idParameter, readingSchema } from '../schemas/shared.ts';
import { spanQuery } from '../span.ts';
import { totalsView } from '../totals.ts';
import { judgementView, readingView } from '../views/reading.ts';

const MAX_BUCKETS = 10_000;

const params = z.object({ id: idParameter });
const listRoute = getRoute({
  path: '/v1/devices',
  tag: 'devices',
  summary: 'Registered devices in the order of their registration, of one project or of all',
  params: nothing,
  query: pageQuery.extend({ project: projectIdParameter.optional() }),
  answer: z.object({ devices: z.array(deviceSchema), nextCursor: cursorSchema }),
});

const oneRoute = getRoute({
  path: '/v1/devices/{id}',
  tag: 'devices',
  summary: 'A device: registration, how far it is judged and credited, totals',
  params,
  query: nothing,
  answer: deviceSchema,
});

const latestRoute = getRoute({
  path: '/v1/devices/{id}/latest',
  tag: 'devices',
  summary: 'The last reading of a device',
  params,
  query: nothing,
  answer: readingSchema,
});

const readingsRoute = getRoute({
  path: '/v1/devices/{id}/readings',
  tag: 'devices',
  summary: 'Readings of a device by time, each with its state',
  params,
  query: spanQuery.extend(pageQuery.shape),
  answer: z.object({ readings: z.array(readingSchema), nextCursor: cursorSchema }),
});

const energyRoute = getRoute({
  path: '/v1/devices/{id}/energy',
  tag: 'devices',
  summary: "Energy of judged readings by hour, day or month of the project's own time",
  params,
  query: spanQuery.extend({ bucket: z.enum(['hour', 'day', 'month']).default('day') }),
  answer: z.object({ bucket: z.enum(['hour', 'day', 'month']), buckets: z.array(bucketSchema) }),
});

export function addDeviceRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const { database } = api;
  app.openapi(listRoute, async (context) => {
    const { project, limit, cursor } = context.req.valid('query');
    const [after = 0] = parseCursor(cursor, [0], MAX_INTEGER);
    const read = await readDevicePage(
      database,
      { projectId: project },
      { after, limit: limit + 1 },
    );
    const { rows, nextCursor } = cutPage(read, limit, ({ number }) => String(number));
    return context.json({ devices: await viewDevices(api, rows), nextCursor }, 200);
  });
  app.openapi(oneRoute, async (context) => {
    const device = await getKnownDevice(api, context.req.valid('param').id);
    const [view] = await viewDevices(api, [device]);
    if (view === undefined) throw new Error('a device without a view');
    return context.json(view, 200);
  });
  app.openapi(latestRoute, async (context) => {
    const device = await getKnownDevice(api, context.req.valid('param').id);
    const row = await findLatest(database, device.number);
    if (row === undefined)
      throw new TonneError('READING_UNKNOWN', { field: 'id', value: device.deviceId });
    const [latest] = (await viewReadings(api, device, [row])).slice(-1);
    if (latest === undefined)
      throw new TonneError('READING_UNKNOWN', { field: 'id', value: device.deviceId });
    return context.json(latest.view, 200);
  });
  app.openapi(readingsRoute, async (context) => {
    const device = await getKnownDevice(api, context.req.valid('param').id);
    return context.json(await readPage(api, device, context.req.valid('query')), 200);
  });
  app.openapi(energyRoute, async (context) => {
    const device = await getKnownDevice(api, context.req.valid('param').id);
    const { bucket, from, to } = context.req.valid('query');
    return context.json(
      { bucket, buckets: await readBuckets(api, device, bucket, { from, to }) },
      200,
    );
  });
}

/** Devices with where they stand, in a fixed number of queries. */
async function viewDevices({ database }: ApiContext, rows: readonly DeviceRow[]) {
  const numbers = rows.map(({ number }) => number);
  const heads = new Map(
    (await readHeads(database, numbers)).map((head) => [head.deviceNumber, head]),
  );
  const latest = await readLatest(database, numbers);
  return rows.map((row) => deviceView(row, heads.get(row.number), latest.get(row.number)));
}

function deviceView(row: DeviceRow, head: HeadRow | undefined, latest: LatestWindow | undefined) {
  return {
    deviceId: row.deviceId,
    owner: row.owner,
    publicKey: `0x${Buffer.from(row.publicKey).toString('hex')}`,
    claimHash: row.claimHash,
    claimedAt: row.claimedAt,
    projectId: row.projectId,
    capacityW: row.capacityW?.toString() ?? null,
    status: statusOf(row),
    revokedFrom: row.revokedFrom,
    successor: row.successor,
    predecessor: row.predecessor,
    offeredTo: row.offeredTo,
    credited: {
      sequence: row.creditedSequence,
      closedAt: row.creditedClosedAt,
      exportWh: String(row.creditedExportWh),
      importWh: String(row.creditedImportWh),
    },
    judged: head === undefined ? null : judgedView(head),
    totals: totalsView(head === undefined ? [] : [head]),
    lastReading: latest === undefined ? null : lastReadingView(latest),
    lastReceivedAt: latest?.receivedAt ?? null,
  };
}

function lastReadingView({ bytes }: LatestWindow) {
  const last = readingsOf(bytes).at(-1);
  if (last === undefined) return null;
  const { at, exportWh, importWh, fields } = last;
  return {
    at,
    exportWh: String(exportWh),
    importWh: String(importWh),
    activePowerMw: fields.activePowerMw?.toString() ?? null,
  };
}

function statusOf({
  frozenSequence,
  revokedFrom,
  projectId,
}: DeviceRow): 'claimed' | 'bound' | 'revoked' | 'frozen' {
  if (frozenSequence !== null) return 'frozen';
  if (revokedFrom !== null) return 'revoked';
  return projectId === null ? 'claimed' : 'bound';
}

function judgedView({ lastSequence, closedAt, exportWh, importWh }: HeadRow) {
  return {
    sequence: lastSequence,
    closedAt,
    exportWh: String(exportWh),
    importWh: String(importWh),
  };
}

/** Readings of windows with their states, and where each is in the history. */
async function viewReadings(api: ApiContext, device: DeviceRow, rows: readonly WindowRow[]) {
  if (rows.length === 0) return [];
  const judgements = await readJudgements(api, device, rows);
  return rows.flatMap((row) => {
    const place = { deviceId: device.deviceId, sequence: row.sequence };
    return readingsOf(row.bytes).map((reading, index) => ({
      place: { closedAt: row.closedAt, sequence: row.sequence, index },
      view: {
        ...readingView(reading, index, place),
        ...judgementView(judgements.ofReading(row, index)),
      },
    }));
  });
}

type ReadingQuery = z.infer<typeof spanQuery> & z.infer<typeof pageQuery>;
type PlacedReading = Awaited<ReturnType<typeof viewReadings>>[number];

async function readPage(api: ApiContext, device: DeviceRow, query: ReadingQuery) {
  const { from, limit } = query;
  const [closedAt = from, sequence = 0, after = -1] = parseCursor(query.cursor, [from, 0, -1]);
  const start: HistoryPlace = { closedAt: Math.max(closedAt, from), sequence };
  const all: PlacedReading[] = [];
  for await (const rows of windowPages(api.database, device.number, query, start)) {
    for (const one of await viewReadings(api, device, rows)) {
      const { place, view } = one;
      const seen = isSame(place, start) && place.index <= after;
      if (view.at >= from && view.at < query.to && !seen) all.push(one);
    }
    if (all.length > limit) break;
  }
  const page = all.slice(0, limit);
  const last = page.at(-1)?.place;
  const more = all.length > limit && last !== undefined;
  return {
    readings: page.map(({ view }) => view),
    nextCursor: more ? `${last.closedAt}.${last.sequence}.${last.index}` : null,
  };
}

function isSame(a: HistoryPlace, b: HistoryPlace): boolean {
  return a.closedAt === b.closedAt && a.sequence === b.sequence;
}

async function readBuckets(
  { database }: ApiContext,
  device: DeviceRow,
  bucket: 'hour' | PeriodKind,
  { from, to }: { readonly from: number; readonly to: number },
) {
  const project =
    device.projectId === null ? undefined : await findProject(database, device.projectId);
  const offset = project?.utcOffsetMinutes ?? 0;
  const rows = await readEnergy(
    database,
    device.number,
    bucket,
    { from, to: to - 1 },
    MAX_BUCKETS + 1,
  );
  if (rows.length > MAX_BUCKETS) {
    const expected = `at most ${MAX_BUCKETS} buckets: a shorter time or a longer bucket`;
    const value = `more than ${MAX_BUCKETS}`;
    throw new TonneError('PARAMETER_INVALID', { field: 'bucket', value, expected });
  }
  return rows.map(({ startsAt, readings, exportedWh, importedWh, deductedWh }) => ({
    startsAt,
    endsAt: bucket === 'hour' ? startsAt + 3600 : periodOf(startsAt + 1, bucket, offset).end,
    readings,
    exportedWh: String(exportedWh),
    importedWh: String(importedWh),
    deductedWh: String(deductedWh),
  }));
}
