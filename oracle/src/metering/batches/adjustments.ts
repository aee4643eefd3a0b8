import { endOfDay, startOfDay } from '../../domain/calendar.ts';
import type { BatchPlan } from '../../domain/plan.ts';
import {
  addSums,
  dueOfCalibrationUp,
  dueOfInvoice,
  NO_ENERGY,
  type JudgedSum,
} from '../../domain/statements/due.ts';
import { clip } from '../../domain/statements/hours.ts';
import { findOverdueSpans } from '../../domain/statements/overdue.ts';
import type { Adjustment, MetAdjustment, StatementReason } from '../../domain/statements/place.ts';
import { ratioOfE8, rootOf, standingOf } from '../../domain/statements/statement.ts';
import {
  readBookedAdjustments,
  saveAdjustments,
  sumHours,
  type BookedAdjustment,
} from '../../store/adjustments.ts';
import type { Session } from '../../store/database/database.ts';
import { readProjectCalibrations, readProjectInvoices } from '../../store/statements.ts';
import type { CalibrationRow, InvoiceRow, ProjectRow } from '../../store/tables/schema.ts';
import { readMeasured, type Measured } from './measured.ts';

/** What of a batch decides what is due. */
type Sealing = Pick<BatchPlan, 'devices' | 'periodEnd'>;

/** What is due by a statement, over all batches up to the one that is being sealed. */
interface Due {
  readonly reason: StatementReason;
  readonly subject: number;
  readonly wh: bigint;
}

/**
 * What a batch has to leave out by what the owner stated of calibrations and invoices: what is due for
 * all batches up to it, less what earlier ones left out. So nothing is left out twice, what had no room
 * comes with the next batch, and so does what is stated after its batch was sealed. What once was found
 * to be due stays due.
 */
export async function readAdjustments(
  session: Session,
  project: ProjectRow,
  plan: Sealing,
): Promise<readonly Adjustment[]> {
  const calibrations = await readProjectCalibrations(session, project.id);
  const invoices = await readProjectInvoices(session, project.id);
  if (calibrations.length === 0 && invoices.length === 0) return [];
  const measured = await readMeasured(session, project, plan.devices);
  const dues = [
    ...(await duesOfCalibrations(session, project, calibrations, measured)),
    ...(await duesOfInvoices(session, project, { invoices, plan, measured })),
  ];
  const booked = await readBookedAdjustments(session, project.id);
  return toAdjustments(dues, booked, measured.devices);
}

/** What the next batch has to leave out as of now, if it has the room, Wh: also by what was stated since the last. */
export async function readWaitingWh(
  session: Session,
  project: ProjectRow,
  now: number,
): Promise<bigint> {
  const waiting = await readAdjustments(session, project, { devices: [], periodEnd: now });
  return waiting.reduce((sum, { wh }) => sum + wh, 0n);
}

/** Keeps what a batch found to be due, and what it left out. */
export async function saveMetAdjustments(
  session: Session,
  batchKey: number,
  met: readonly MetAdjustment[],
): Promise<void> {
  const rows = met
    .filter(({ dueWh, deductedWh }) => dueWh > 0n || deductedWh > 0n)
    .map(({ reason, subject, dueWh, deductedWh }) => ({ reason, subject, dueWh, deductedWh }));
  await saveAdjustments(session, batchKey, rows);
}

function toAdjustments(
  dues: readonly Due[],
  booked: readonly BookedAdjustment[],
  devices: Measured['devices'],
): readonly Adjustment[] {
  const keyOf = ({ reason, subject }: Pick<Due, 'reason' | 'subject'>): string =>
    `${reason}.${String(subject).padStart(10, '0')}`;
  const before = new Map(booked.map((one) => [keyOf(one), one]));
  const now = new Map(dues.map((due) => [keyOf(due), due]));
  const subjects = new Map<string, Pick<Due, 'reason' | 'subject'>>([...before, ...now]);
  // The same statements give the same file, in whatever order the store has them.
  return [...subjects.keys()].sort().flatMap((key) => {
    const of = subjects.get(key);
    if (of === undefined) return [];
    const { reason, subject } = of;
    const { dueWh: bookedWh = 0n, deductedWh = 0n } = before.get(key) ?? {};
    const moreWh = (now.get(key)?.wh ?? 0n) - bookedWh;
    const dueWh = moreWh > 0n ? moreWh : 0n;
    const ofDevice = reason === 'CALIBRATION_OVERDUE' ? devices.get(subject) : undefined;
    const wh = bookedWh + dueWh - deductedWh;
    return [{ reason, subject, deviceId: ofDevice?.deviceId, wh, dueWh }];
  });
}

/** Each meter's batches are rounded for themselves, as a batch is credited. */
async function duesOfCalibrations(
  session: Session,
  { utcOffsetMinutes }: ProjectRow,
  calibrations: readonly CalibrationRow[],
  { batched }: Measured,
): Promise<readonly Due[]> {
  const byDevice = Map.groupBy(standingOf(calibrations), ({ deviceNumber }) => deviceNumber);
  const pieces = [...byDevice].flatMap(([deviceNumber, standing]) => {
    const own = batched.filter((span) => span.deviceNumber === deviceNumber);
    return findOverdueSpans(standing, utcOffsetMinutes).flatMap(({ from, until, errorE8 }) =>
      clip(own, { from, until: until ?? Number.MAX_SAFE_INTEGER }).map((span) => ({
        span,
        error: ratioOfE8(errorE8),
      })),
    );
  });
  const sums = await sumHours(
    session,
    pieces.map(({ span }) => span),
  );
  const due = new Map<number, bigint>();
  pieces.forEach(({ span: { deviceNumber }, error }, index) => {
    const wh = dueOfCalibrationUp(sums[index] ?? NO_ENERGY, error);
    due.set(deviceNumber, (due.get(deviceNumber) ?? 0n) + wh);
  });
  return [...due].map(([subject, wh]) => ({ reason: 'CALIBRATION_OVERDUE', subject, wh }));
}

/** An invoice is looked at from the batch on in whose period its last day ends. */
async function duesOfInvoices(
  session: Session,
  { utcOffsetMinutes }: ProjectRow,
  of: {
    readonly invoices: readonly InvoiceRow[];
    readonly plan: Sealing;
    readonly measured: Measured;
  },
): Promise<readonly Due[]> {
  const dues: Due[] = [];
  for (const invoice of standingOf(of.invoices)) {
    if (endOfDay(invoice.lastDay, utcOffsetMinutes) > of.plan.periodEnd) continue;
    const wh = dueOfInvoice(
      await sumOfInvoice(session, utcOffsetMinutes, invoice, of.measured),
      invoice,
    );
    dues.push({ reason: 'INVOICE_DIFFERS', subject: rootOf(of.invoices, invoice), wh });
  }
  return dues;
}

/** What the meters of the project show for the days of an invoice. */
export async function sumOfInvoice(
  session: Session,
  utcOffsetMinutes: number,
  { firstDay, lastDay }: Pick<InvoiceRow, 'firstDay' | 'lastDay'>,
  { known }: Measured,
): Promise<JudgedSum> {
  const from = startOfDay(firstDay, utcOffsetMinutes);
  const until = endOfDay(lastDay, utcOffsetMinutes);
  const sums = await sumHours(session, clip(known, { from, until }));
  return sums.reduce(addSums, NO_ENERGY);
}
