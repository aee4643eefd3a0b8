import { TonneError, type Hex } from '@truetonne/protocol';
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { endOfDay, startOfDay } from '../../domain/calendar.ts';
import {
  assertCalibrationFits,
  assertInOrder,
  assertInvoiceFits,
  assertOver,
  assertValidity,
  parseErrorPercent,
} from '../../domain/statements/parse.ts';
import type { Session } from '../../store/database/database.ts';
import { lockJudgement } from '../../store/judgement.ts';
import {
  readCalibrationPage,
  readInvoicePage,
  readProjectCalibrations,
  readProjectInvoices,
  saveCalibration,
  saveInvoice,
} from '../../store/statements.ts';
import type { CalibrationRow, InvoiceRow, ProjectRow } from '../../store/tables/schema.ts';
import { addAccountRoute } from '../accountRoute.ts';
import type { ApiContext } from '../context.ts';
import { getKnownDevice, getKnownProject } from '../lookUp.ts';
import {
  cursorSchema,
  cutPage,
  getRoute,
  MAX_INTEGER,
  pageQuery,
  parseCursor,
  projectIdParameter,
  type ApiEnv,
} from '../route.ts';
import { idParameter } from '../schemas/shared.ts';
import {
  calibrationSchema,
  calibrationShape,
  invoiceSchema,
  invoiceShape,
} from '../schemas/statement.ts';
import { calibrationView, invoiceView } from '../views/statement.ts';

const calibrationsPath = '/v1/devices/{id}/calibrations';
const invoicesPath = '/v1/projects/{id}/invoices';
const deviceParams = z.object({ id: idParameter });
const projectParams = z.object({ id: projectIdParameter });

const calibrationsRoute = getRoute({
  ...{ path: calibrationsPath, tag: 'devices', params: deviceParams, query: pageQuery },
  summary: 'What was stated of the calibration of a meter, the newest statement first',
  answer: z.object({ calibrations: z.array(calibrationSchema), nextCursor: cursorSchema }),
});

const invoicesRoute = getRoute({
  ...{ path: invoicesPath, tag: 'projects', params: projectParams, query: pageQuery },
  summary: 'Invoices that were stated of a project, the newest statement first',
  answer: z.object({ invoices: z.array(invoiceSchema), nextCursor: cursorSchema }),
});

/** Calibrations and invoices, as the project's owner states them; none is ever changed. */
export function addStatementRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const newest = [MAX_INTEGER];
  app.openapi(calibrationsRoute, async (context) => {
    const { limit, cursor } = context.req.valid('query');
    const device = await getKnownDevice(api, context.req.valid('param').id);
    const [beforeId = 0] = parseCursor(cursor, newest, MAX_INTEGER);
    const page = { beforeId, limit: limit + 1 };
    const read = await readCalibrationPage(api.database, device.number, page);
    const { rows, nextCursor } = cutPage(read, limit, ({ id }) => String(id));
    return context.json({ calibrations: rows.map(calibrationView), nextCursor }, 200);
  });
  app.openapi(invoicesRoute, async (context) => {
    const { limit, cursor } = context.req.valid('query');
    const project = await getKnownProject(api, context.req.valid('param').id);
    const [beforeId = 0] = parseCursor(cursor, newest, MAX_INTEGER);
    const read = await readInvoicePage(api.database, project.id, { beforeId, limit: limit + 1 });
    const { rows, nextCursor } = cutPage(read, limit, ({ id }) => String(id));
    return context.json({ invoices: rows.map(invoiceView), nextCursor }, 200);
  });
  addCalibrationWrite(app, api);
  addInvoiceWrite(app, api);
}

function addCalibrationWrite(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'post', path: calibrationsPath, tag: 'devices', params: deviceParams },
      ...{ body: calibrationShape, answer: calibrationSchema, status: 201, once: true },
      summary: "States that a meter was calibrated; by the owner of the meter's project",
    },
    async ({ signedIn: { account }, params: { id }, body, session, now }) => {
      // Two statements at the same time see each other.
      await lockJudgement(session);
      const device = await getKnownDevice({ database: session }, id);
      if (device.projectId === null)
        throw new TonneError('DEVICE_UNBOUND', { field: 'id', value: id });
      const project = await getOwnProject(session, device.projectId, account.address);
      const row = await stateCalibration(session, project, {
        ...{ ...body, deviceNumber: device.number, statedBy: account.address, statedAt: now },
      });
      return { body: calibrationView({ ...row, supersededBy: null }), status: 201 };
    },
  );
}

function addInvoiceWrite(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'post', path: invoicesPath, tag: 'projects', params: projectParams },
      ...{ body: invoiceShape, answer: invoiceSchema, status: 201, once: true },
      summary: 'States what was invoiced for all meters of a project; by its owner',
    },
    async ({ signedIn: { account }, params: { id }, body, session, now }) => {
      await lockJudgement(session);
      const project = await getOwnProject(session, id, account.address);
      const row = await stateInvoice(session, project, {
        ...{ ...body, statedBy: account.address, statedAt: now },
      });
      return { body: invoiceView({ ...row, supersededBy: null }), status: 201 };
    },
  );
}

/** Throws PROJECT_UNKNOWN, NOT_PROJECT_OWNER. */
async function getOwnProject(session: Session, id: number, wallet: Hex): Promise<ProjectRow> {
  const project = await getKnownProject({ database: session }, id);
  if (project.owner === wallet) return project;
  const details = { field: 'project', value: String(id), expected: project.owner };
  throw new TonneError('NOT_PROJECT_OWNER', details);
}

interface By {
  readonly statedBy: Hex;
  readonly statedAt: number;
}

async function stateCalibration(
  session: Session,
  { id: projectId, utcOffsetMinutes }: ProjectRow,
  stated: z.infer<typeof calibrationShape> & By & { readonly deviceNumber: number },
): Promise<CalibrationRow> {
  const { permissibleErrorPercent, foundErrorPercent, evidence, ...rest } = stated;
  const { calibratedOn, validUntil, deviceNumber, statedAt: now } = rest;
  assertInOrder({ first: calibratedOn, last: validUntil, field: 'validUntil' });
  assertValidity(calibratedOn, validUntil);
  assertOver(calibratedOn, 'calibratedOn', { utcOffsetMinutes, now });
  const statement = {
    ...{ ...rest, projectId, evidence: toHash(evidence) },
    permissibleErrorE8: parseErrorPercent(permissibleErrorPercent, 'permissibleErrorPercent'),
    foundErrorE8:
      foundErrorPercent === null ? null : parseErrorPercent(foundErrorPercent, 'foundErrorPercent'),
  };
  const ofProject = await readProjectCalibrations(session, projectId);
  assertCalibrationFits(
    ofProject.filter((one) => one.deviceNumber === deviceNumber),
    statement,
  );
  return saveCalibration(session, statement);
}

async function stateInvoice(
  session: Session,
  project: ProjectRow,
  { evidence, exportWh, importWh, ...rest }: z.infer<typeof invoiceShape> & By,
): Promise<InvoiceRow> {
  const { id: projectId, utcOffsetMinutes } = project;
  const { firstDay, lastDay, statedAt: now } = rest;
  assertInOrder({ first: firstDay, last: lastDay, field: 'lastDay' });
  assertOver(lastDay, 'lastDay', { utcOffsetMinutes, now });
  assertWithinCrediting(project, rest);
  const statement = {
    ...{ ...rest, projectId, evidence: toHash(evidence) },
    ...{ exportWh: BigInt(exportWh), importWh: BigInt(importWh) },
  };
  assertInvoiceFits(await readProjectInvoices(session, projectId), statement);
  return saveInvoice(session, statement);
}

/** Throws OUTSIDE_CREDITING_PERIOD: of other days no meter is asked. */
function assertWithinCrediting(
  { creditingFrom, creditingUntil, utcOffsetMinutes }: ProjectRow,
  { firstDay, lastDay }: { readonly firstDay: string; readonly lastDay: string },
): void {
  const early = startOfDay(firstDay, utcOffsetMinutes) < creditingFrom;
  if (!early && endOfDay(lastDay, utcOffsetMinutes) <= creditingUntil) return;
  const field = early ? 'firstDay' : 'lastDay';
  throw new TonneError('OUTSIDE_CREDITING_PERIOD', {
    ...{ field, value: early ? firstDay : lastDay },
    expected: early
      ? `a day that begins at ${creditingFrom} or later, when crediting begins`
      : `a day that ends by ${creditingUntil}, when crediting ends`,
  });
}

function toHash(text: string): Hex {
  // Proof: the schema takes nothing but 0x and 64 hex digits.
  return text as Hex;
}
