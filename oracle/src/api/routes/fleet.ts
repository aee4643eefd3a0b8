import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { FLEET_STATES } from '../../domain/fleetState.ts';
import { readAlerts, type AlertView } from '../../store/alerts.ts';
import { countFleet, readFleet, readLastReasons, type FleetDevice } from '../../store/fleet.ts';
import { readPendingReplacements, readWaitingSummaries } from '../../store/waiting.ts';
import type { ApiContext } from '../context.ts';
import { alertSchema, fleetDeviceSchema, fleetSummarySchema } from '../schemas/fleet.ts';
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

const fleetRoute = getRoute({
  path: '/v1/fleet',
  tag: 'fleet',
  summary: 'How every device is: online, late, silent, never seen, frozen or revoked',
  params: nothing,
  query: pageQuery.extend({
    project: projectIdParameter.optional(),
    state: z.enum(FLEET_STATES).optional(),
    device: z
      .string()
      .regex(/^0x[0-9a-f]{0,64}$/)
      .default('0x')
      .openapi({ description: 'What the device id begins with, 0x included' }),
  }),
  answer: z.object({
    summary: fleetSummarySchema,
    devices: z.array(fleetDeviceSchema),
    nextCursor: cursorSchema,
  }),
});

const alertsRoute = getRoute({
  path: '/v1/alerts',
  tag: 'fleet',
  summary: 'What began to be wrong with devices, the newest first',
  params: nothing,
  query: pageQuery.extend({
    project: projectIdParameter.optional(),
    open: z.enum(['true', 'false']).optional(),
  }),
  answer: z.object({ alerts: z.array(alertSchema), nextCursor: cursorSchema }),
});

const NONE = { online: 0, late: 0, silent: 0, never: 0, frozen: 0, revoked: 0 };

export function addFleetRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openapi(fleetRoute, async (context) => {
    const { project, state, device: idStart, limit, cursor } = context.req.valid('query');
    const [after = 0] = parseCursor(cursor, [0], MAX_INTEGER);
    const { database } = api;
    const now = api.now();
    const counts = await countFleet(database, project, now);
    const filter = { projectId: project, state, idStart };
    const read = await readFleet(database, filter, now, { after, limit: limit + 1 });
    const { rows, nextCursor } = cutPage(read, limit, ({ number }) => String(number));
    const summary = { ...NONE, ...Object.fromEntries(counts) };
    return context.json({ summary, devices: await viewDevices(api, rows), nextCursor }, 200);
  });
  app.openapi(alertsRoute, async (context) => {
    const { project, open, limit, cursor } = context.req.valid('query');
    const [beforeId = 0] = parseCursor(cursor, [Number.MAX_SAFE_INTEGER]);
    const filter = { projectId: project, open: open === undefined ? undefined : open === 'true' };
    const read = await readAlerts(api.database, filter, { beforeId, limit: limit + 1 });
    const { rows, nextCursor } = cutPage(read, limit, ({ id }) => String(id));
    return context.json({ alerts: rows.map(alertView), nextCursor }, 200);
  });
}

function alertView({ id, kind, deviceId, projectId, since, endedAt, detail }: AlertView) {
  const known = kind === 'key-copied' ? ('key-copied' as const) : ('device-silent' as const);
  return { id, kind: known, deviceId, projectId, since, endedAt, detail };
}

async function viewDevices(
  { database, waitSeconds, now }: ApiContext,
  page: readonly FleetDevice[],
) {
  const numbers = page.map(({ number }) => number);
  const reasons = Map.groupBy(
    await readLastReasons(database, numbers),
    ({ deviceNumber }) => deviceNumber,
  );
  const waiting = await readWaitingSummaries(database, numbers);
  const held = await readPendingReplacements(database, now() - waitSeconds);
  return page.map((device) => {
    const { presence, number, state } = device;
    const wait = waiting.get(number);
    const sign = held.get(number);
    return {
      deviceId: device.deviceId,
      projectId: device.projectId,
      state,
      lastSeenAt: presence?.lastSeenAt ?? null,
      lastSequence: presence?.lastSequence ?? null,
      cadenceSeconds: presence?.cadenceSeconds ?? null,
      firmware: versionOf(presence?.firmware),
      batteryMv: presence?.batteryMv ?? null,
      signalDbm: presence?.signalDbm ?? null,
      equivocations: device.equivocations,
      lastReasons: (reasons.get(number) ?? []).slice(0, 3).map(({ reason, at }) => ({
        ...{ code: reason, at },
      })),
      waiting: wait === undefined ? null : { ...wait, ...waitOf(wait.since, sign, waitSeconds) },
    };
  });
}

function waitOf(since: number, held: { readonly since: number } | undefined, seconds: number) {
  return held === undefined
    ? { reason: 'PREDECESSOR_MISSING', deadline: since + seconds }
    : { reason: 'METER_REPLACEMENT_PENDING', deadline: held.since + seconds };
}

/** SPEC section 3: major x 65,536 + minor x 256 + patch. */
function versionOf(firmware: number | null | undefined): string | null {
  if (firmware === null || firmware === undefined) return null;
  return `${firmware >> 16}.${(firmware >> 8) & 0xff}.${firmware & 0xff}`;
}
