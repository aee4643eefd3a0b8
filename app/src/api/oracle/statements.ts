/** What owners state of calibrations and invoices. Nothing is changed: a later one supersedes. */
import type { Hex } from 'viem';
import { address, big, hex, integer, listOf, object, oneOf, optional, text } from '../parse.ts';
import { askOracle } from './client.ts';
import { writeOwn, type Writer } from './own.ts';
import { cursorPage, withQuery, type CursorPage } from './page.ts';

const stated = {
  id: integer,
  evidence: hex,
  supersedes: optional(integer),
  supersededBy: optional(integer),
  statedBy: address,
  statedAt: integer,
};

const calibration = object({
  ...stated,
  calibratedOn: text,
  validUntil: text,
  permissibleErrorPercent: text,
  foundErrorPercent: optional(text),
});
export type Calibration = ReturnType<typeof calibration>;

const invoiceShape = { ...stated, firstDay: text, lastDay: text, exportWh: big, importWh: big };
const invoice = object(invoiceShape);
export type MeterInvoice = ReturnType<typeof invoice>;

const comparedInvoice = object({ ...invoiceShape, meteredExportWh: big, meteredImportWh: big });
export type ComparedInvoice = ReturnType<typeof comparedInvoice>;

const batchStatements = object({
  devices: listOf(
    object({
      deviceId: hex,
      calibrations: listOf(calibration),
      overdue: listOf(object({ from: integer, until: optional(integer), errorPercent: text })),
    }),
  ),
  invoices: listOf(comparedInvoice),
  adjustments: listOf(
    object({
      reason: oneOf('CALIBRATION_OVERDUE', 'INVOICE_DIFFERS'),
      deviceId: optional(hex),
      invoiceId: optional(integer),
      dueWh: big,
      deductedWh: big,
    }),
  ),
  waitingWh: big,
});
export type BatchStatements = ReturnType<typeof batchStatements>;
export type StatedDevice = BatchStatements['devices'][number];

/** Days of the project, `YYYY-MM-DD`; errors as decimals. */
export interface NewCalibration {
  readonly calibratedOn: string;
  readonly validUntil: string;
  readonly permissibleErrorPercent: string;
  readonly foundErrorPercent: string | null;
  readonly evidence: Hex;
  readonly supersedes: number | null;
}

export interface NewInvoice {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly exportWh: string;
  readonly importWh: string;
  readonly evidence: Hex;
  readonly supersedes: number | null;
}

const calibrationsPath = (deviceId: Hex): string => `/v1/devices/${deviceId}/calibrations`;
const invoicesPath = (projectId: number): string => `/v1/projects/${projectId}/invoices`;

export function fetchCalibrations(
  oracleUrl: string,
  deviceId: Hex,
  cursor: string | undefined,
): Promise<CursorPage<Calibration>> {
  const path = withQuery(calibrationsPath(deviceId), { limit: '50', cursor });
  return askOracle(oracleUrl, path, cursorPage('calibrations', calibration));
}

export function fetchInvoices(
  oracleUrl: string,
  projectId: number,
  cursor: string | undefined,
): Promise<CursorPage<MeterInvoice>> {
  const path = withQuery(invoicesPath(projectId), { limit: '50', cursor });
  return askOracle(oracleUrl, path, cursorPage('invoices', invoice));
}

export function fetchBatchStatements(oracleUrl: string, batchId: bigint): Promise<BatchStatements> {
  return askOracle(oracleUrl, `/v1/batches/${String(batchId)}/statements`, batchStatements);
}

export function stateCalibration(
  writer: Writer,
  deviceId: Hex,
  body: NewCalibration,
): Promise<Calibration> {
  return writeOwn(writer, { method: 'POST', path: calibrationsPath(deviceId), body }, calibration);
}

export function stateInvoice(
  writer: Writer,
  projectId: number,
  body: NewInvoice,
): Promise<MeterInvoice> {
  return writeOwn(writer, { method: 'POST', path: invoicesPath(projectId), body }, invoice);
}
