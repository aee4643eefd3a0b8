import { and, desc, eq, lt } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Session } from './database/database.ts';
import { calibrations, invoices, type CalibrationRow, type InvoiceRow } from './tables/schema.ts';

/** Newest first, before an id. */
interface StatementPage {
  readonly beforeId: number;
  readonly limit: number;
}

export async function saveCalibration(
  { orm }: Session,
  statement: Omit<CalibrationRow, 'id'>,
): Promise<CalibrationRow> {
  const [row] = await orm.insert(calibrations).values(statement).returning();
  if (row === undefined) throw new Error('a row that was stored is answered');
  return row;
}

export async function saveInvoice(
  { orm }: Session,
  statement: Omit<InvoiceRow, 'id'>,
): Promise<InvoiceRow> {
  const [row] = await orm.insert(invoices).values(statement).returning();
  if (row === undefined) throw new Error('a row that was stored is answered');
  return row;
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
  return orm.select().from(invoices).where(eq(invoices.projectId, projectId)).orderBy(invoices.id);
}

/** A statement with the id of the one that supersedes it. */
export type Listed<Row> = Row & { readonly supersededBy: number | null };

/** What was stated of a meter, in whatever project it was. */
export async function readCalibrationPage(
  { orm }: Session,
  deviceNumber: number,
  page: StatementPage,
): Promise<readonly Listed<CalibrationRow>[]> {
  const later = alias(calibrations, 'later');
  const rows = await orm
    .select({ row: calibrations, supersededBy: later.id })
    .from(calibrations)
    .leftJoin(later, eq(later.supersedes, calibrations.id))
    .where(and(eq(calibrations.deviceNumber, deviceNumber), lt(calibrations.id, page.beforeId)))
    .orderBy(desc(calibrations.id))
    .limit(page.limit);
  return rows.map(({ row, supersededBy }) => ({ ...row, supersededBy }));
}

export async function readInvoicePage(
  { orm }: Session,
  projectId: number,
  page: StatementPage,
): Promise<readonly Listed<InvoiceRow>[]> {
  const later = alias(invoices, 'later');
  const rows = await orm
    .select({ row: invoices, supersededBy: later.id })
    .from(invoices)
    .leftJoin(later, eq(later.supersedes, invoices.id))
    .where(and(eq(invoices.projectId, projectId), lt(invoices.id, page.beforeId)))
    .orderBy(desc(invoices.id))
    .limit(page.limit);
  return rows.map(({ row, supersededBy }) => ({ ...row, supersededBy }));
}
