import { CATALOGUE, REASON_NUMBERS, WHOLE_WINDOW, type ErrorCode } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { nextStart, periodOf, type PeriodKind } from '../../domain/calendar.ts';
import type { Rule, Rules } from '../../domain/checks/check.ts';
import { FIXED_REASONS } from '../../domain/reasons.ts';
import { readFlags } from '../../store/flags.ts';
import { readMethodologies } from '../../store/methodologies.ts';
import { readDevices } from '../../store/registry.ts';
import { readProjectDays, type Energy } from '../../store/rollups.ts';
import type { ApiContext } from '../context.ts';
import { flagSchema, ruleReasonSchema } from '../schemas/fleet.ts';
import { getKnownProject } from '../lookUp.ts';
import {
  cursorSchema,
  cutPage,
  getRoute,
  nothing,
  pageQuery,
  parseCursor,
  projectIdParameter,
  type ApiEnv,
} from '../route.ts';
import { bucketSchema } from '../schemas/shared.ts';
import { spanQuery } from '../span.ts';

const params = z.object({ id: projectIdParameter });

const energyRoute = getRoute({
  path: '/v1/projects/{id}/energy',
  tag: 'projects',
  summary: "Energy of a project's judged readings by day or month of its own time",
  params,
  query: spanQuery.extend({ bucket: z.enum(['day', 'month']).default('month') }),
  answer: z.object({ bucket: z.enum(['day', 'month']), buckets: z.array(bucketSchema) }),
});

const flagsRoute = getRoute({
  path: '/v1/projects/{id}/flags',
  tag: 'projects',
  summary: 'What a verifier should look at; takes nothing from the credit',
  params,
  query: pageQuery,
  answer: z.object({ flags: z.array(flagSchema), nextCursor: cursorSchema }),
});

const reasonsRoute = getRoute({
  path: '/v1/reasons',
  tag: 'service',
  summary: 'Every reason with its severity and source, as the methodology of a project has it',
  params: nothing,
  query: z.object({ project: projectIdParameter.optional() }),
  answer: z.object({ methodology: z.string(), reasons: z.array(ruleReasonSchema) }),
});

export function addProjectReportRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const { database } = api;
  app.openapi(energyRoute, async (context) => {
    const { id, utcOffsetMinutes } = await getKnownProject(api, context.req.valid('param').id);
    const { bucket, from, to } = context.req.valid('query');
    // A part of a month is not shown as a month: as with devices, buckets that begin in the span are whole.
    const [first, end] = [from, to].map((at) => nextStart(at, bucket, utcOffsetMinutes));
    const days = await readProjectDays(database, id, first ?? from, end ?? to);
    return context.json({ bucket, buckets: toBuckets(days, bucket, utcOffsetMinutes) }, 200);
  });
  app.openapi(flagsRoute, async (context) => {
    const project = await getKnownProject(api, context.req.valid('param').id);
    const { limit, cursor } = context.req.valid('query');
    const devices = await readDevices(database, { projectId: project.id });
    const ids = new Map(devices.map((device) => [device.number, device.deviceId]));
    const [deviceNumber = 0, sequence = 0, readingIndex = -1] = parseCursor(cursor, [0, 0, -1]);
    const place = { deviceNumber, sequence, readingIndex };
    const read = await readFlags(database, [...ids.keys()], place, limit + 1);
    const { rows, nextCursor } = cutPage(
      read,
      limit,
      (row) => `${row.deviceNumber}.${row.sequence}.${row.readingIndex}`,
    );
    const flags = rows.map((row) => ({
      deviceId: ids.get(row.deviceNumber) ?? '0x',
      sequence: row.sequence,
      index: row.readingIndex === WHOLE_WINDOW ? null : row.readingIndex,
      at: row.at,
      code: row.reason,
    }));
    return context.json({ flags, nextCursor }, 200);
  });
  app.openapi(reasonsRoute, async (context) => {
    const { project } = context.req.valid('query');
    const { name, rules } = await findRules(api, project);
    return context.json({ methodology: name, reasons: reasonsOf(rules) }, 200);
  });
}

async function findRules(api: ApiContext, projectId: number | undefined) {
  if (projectId === undefined) return api.rules.all[0] ?? api.rules.find(undefined);
  const { methodologyId } = await getKnownProject(api, projectId);
  const known = (await readMethodologies(api.database)).find(({ id }) => id === methodologyId);
  return api.rules.find(known?.parametersHash);
}

function reasonsOf(rules: Rules) {
  // Proof: the keys of the rules are codes of the catalogue, and each rule has these two.
  const entries = Object.entries(rules) as [ErrorCode, Pick<Rule, 'severity' | 'source'>][];
  const own = entries.map(([code, { severity, source }]) => ({ code, severity, source }));
  return [...FIXED_REASONS, ...own].map(({ code, severity, source }) => ({
    code,
    number: Object.entries(REASON_NUMBERS).find(([name]) => name === code)?.[1] ?? null,
    severity,
    source,
    title: CATALOGUE[code].title,
    todo: CATALOGUE[code].todo,
  }));
}

function toBuckets(days: readonly Energy[], bucket: PeriodKind, utcOffsetMinutes: number) {
  const groups = Map.groupBy(
    days,
    ({ startsAt }) => periodOf(startsAt + 1, bucket, utcOffsetMinutes).start,
  );
  return [...groups].map(([startsAt, group]) => {
    const sum = (name: 'exportedWh' | 'importedWh' | 'deductedWh'): string =>
      String(group.reduce((total, day) => total + day[name], 0n));
    return {
      startsAt,
      endsAt: periodOf(startsAt + 1, bucket, utcOffsetMinutes).end,
      readings: group.reduce((total, day) => total + day.readings, 0),
      exportedWh: sum('exportedWh'),
      importedWh: sum('importedWh'),
      deductedWh: sum('deductedWh'),
    };
  });
}
