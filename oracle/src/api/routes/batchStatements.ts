import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { endOfDay, startOfDay } from '../../domain/calendar.ts';
import { findOverdueSpans } from '../../domain/statements/overdue.ts';
import { toPercentText } from '../../domain/statements/parse.ts';
import { standingOf } from '../../domain/statements/statement.ts';
import { readWaitingWh, sumOfInvoice } from '../../metering/batches/adjustments.ts';
import { readMeasured } from '../../metering/batches/measured.ts';
import { readBatchAdjustments } from '../../store/adjustments.ts';
import { readBatchDevices } from '../../store/batches.ts';
import { readDevicesByNumber } from '../../store/registry.ts';
import { readProjectCalibrations, readProjectInvoices } from '../../store/statements.ts';
import type { BatchRow, CalibrationRow, ProjectRow } from '../../store/tables/schema.ts';
import type { ApiContext } from '../context.ts';
import { getKnownBatch, getKnownProject } from '../lookUp.ts';
import { getRoute, nothing, type ApiEnv } from '../route.ts';
import { batchStatementsSchema } from '../schemas/statement.ts';
import { calibrationView, invoiceView } from '../views/statement.ts';

const route = getRoute({
  path: '/v1/batches/{id}/statements',
  tag: 'batches',
  summary: "The owner's calibrations and invoices beside a batch, and what they took from it",
  params: z.object({ id: z.string().regex(/^\d{1,20}$/) }),
  query: nothing,
  answer: batchStatementsSchema,
});

/** What a verifier sees of statements: also that none was made. */
export function addBatchStatementRoute(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openapi(route, async (context) => {
    const batch = await getKnownBatch(api, context.req.valid('param').id);
    const project = await getKnownProject(api, batch.projectId);
    return context.json(
      {
        devices: await viewDevices(api, project, batch),
        invoices: await viewInvoices(api, project, batch),
        adjustments: await viewAdjustments(api, batch),
        waitingWh: String(await readWaitingWh(api.database, project, api.now())),
      },
      200,
    );
  });
}

async function viewDevices(
  { database }: ApiContext,
  { id, utcOffsetMinutes }: ProjectRow,
  batch: BatchRow,
) {
  const standing = Map.groupBy(
    standingOf(await readProjectCalibrations(database, id)),
    ({ deviceNumber }) => deviceNumber,
  );
  return (await readBatchDevices(database, batch.key)).map(({ deviceId, deviceNumber }) => {
    const own = standing.get(deviceNumber) ?? [];
    const overdue = findOverdueSpans(own, utcOffsetMinutes).filter(
      ({ from, until }) =>
        from < batch.periodEnd && (until === undefined || until > batch.periodStart),
    );
    return {
      deviceId,
      calibrations: since(own, batch.periodStart, utcOffsetMinutes).map((row) =>
        calibrationView({ ...row, supersededBy: null }),
      ),
      overdue: overdue.map(({ from, until, errorE8 }) => ({
        ...{ from, until: until ?? null, errorPercent: toPercentText(errorE8) },
      })),
    };
  });
}

/** The oldest first, without those that were followed by another one before a time. */
function since(
  standing: readonly CalibrationRow[],
  at: number,
  utcOffsetMinutes: number,
): readonly CalibrationRow[] {
  const inOrder = [...standing].sort((a, b) => (a.calibratedOn < b.calibratedOn ? -1 : 1));
  return inOrder.filter((_, index) => {
    const next = inOrder[index + 1];
    return next === undefined || endOfDay(next.calibratedOn, utcOffsetMinutes) > at;
  });
}

async function viewInvoices({ database }: ApiContext, project: ProjectRow, batch: BatchRow) {
  const { utcOffsetMinutes } = project;
  const near = standingOf(await readProjectInvoices(database, project.id)).filter(
    ({ firstDay, lastDay }) =>
      startOfDay(firstDay, utcOffsetMinutes) < batch.periodEnd &&
      endOfDay(lastDay, utcOffsetMinutes) > batch.periodStart,
  );
  if (near.length === 0) return [];
  const measured = await readMeasured(database, project, []);
  const views = [];
  for (const invoice of near) {
    const sum = await sumOfInvoice(database, utcOffsetMinutes, invoice, measured);
    views.push({
      ...invoiceView({ ...invoice, supersededBy: null }),
      meteredExportWh: String(sum.exportWh),
      meteredImportWh: String(sum.importWh),
    });
  }
  return views;
}

async function viewAdjustments({ database }: ApiContext, batch: BatchRow) {
  const adjustments = await readBatchAdjustments(database, batch.key);
  const ofMeters = adjustments.filter(({ reason }) => reason === 'CALIBRATION_OVERDUE');
  const numbers = ofMeters.map(({ subject }) => subject);
  const ids = new Map(
    (await readDevicesByNumber(database, numbers)).map((row) => [row.number, row.deviceId]),
  );
  return adjustments.map(({ reason, subject, dueWh, deductedWh }) => ({
    reason,
    deviceId: reason === 'CALIBRATION_OVERDUE' ? (ids.get(subject) ?? null) : null,
    invoiceId: reason === 'INVOICE_DIFFERS' ? subject : null,
    ...{ dueWh: String(dueWh), deductedWh: String(deductedWh) },
  }));
}
