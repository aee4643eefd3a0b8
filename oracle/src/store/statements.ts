import { and, desc, eq, lt } from 'drizzle-orm';
import type { Session } from './database/database.ts';
import {
  calibrations,
  invoices,
  type CalibrationRow,
  type InvoiceRow,
} from './tables/schema.ts';

/** Newest first, before an id. */
interface StatementPage {
  readonly beforeId: number;
  readonly limit: number;
}

export async function saveCalibration(
  { orm }: Session,
  statement: Omit<CalibrationRow, 'id'>,
): Promise<void> {
  await orm.insert(calibrations).values(statement);
}

export async function saveInvoice(
  { orm }: Session,
  statement: Omit<InvoiceRow, 'id'>,
): Promise<void> {
  await orm.insert(invoices).values(statement);
}

/** Everything that was stated of a project's meters while they were in it, superseded ones included. */
export function readProjectCalibrations(
  { orm }: Session,
  projectId: number,
): Promise<readonly CalibrationRow[]> {
  return orm
    .select()
    .from(calibrations)
    .where(eq(calibrations.projectId, projectId))
    .orderBy(calibrations.id);
}

/** Everything that was stated of a project's invoices, superseded ones included. */
export function readProjectInvoices(
  { orm }: Session,
  projectId: number,
): Promise<readonly InvoiceRow[]> {
  return orm
    .select()
    .from(invoices)
    .where(eq(invoices.projectId, projectId))
    .orderBy(invoices.id);
}

export function readCalibrationPage(
  { orm }: Session,
  deviceNumber: number,
  page: StatementPage,
): Promise<readonly CalibrationRow[]> {
  return orm
    .select()
    .from(calibrations)
    .where(and(eq(calibrations.deviceNumber, deviceNumber), lt(calibrations.id, page.beforeId)))
    .orderBy(desc(calibrations.id))
    .limit(page.limit);
}

export function readInvoicePage(
  { orm }: Session,
  projectId: number,
  page: StatementPage,
): Promise<readonly InvoiceRow[]> {
  return orm
    .select()
    .from(invoices)
    .where(and(eq(invoices.projectId, projectId), lt(invoices.id, page.beforeId)))
    .orderBy(desc(invoices.id))
    .limit(page.limit);
}
