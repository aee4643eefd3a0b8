import { toPercentText } from '../../domain/statements/parse.ts';
import type { Listed } from '../../store/statements.ts';
import type { CalibrationRow, InvoiceRow } from '../../store/tables/schema.ts';

export function calibrationView(row: Listed<CalibrationRow>) {
  const { id, projectId, calibratedOn, validUntil, evidence, supersedes, supersededBy } = row;
  const { statedBy, statedAt, permissibleErrorE8, foundErrorE8 } = row;
  return {
    ...{ id, projectId, calibratedOn, validUntil, evidence, supersedes, supersededBy },
    ...{ statedBy, statedAt, permissibleErrorPercent: toPercentText(permissibleErrorE8) },
    foundErrorPercent: foundErrorE8 === null ? null : toPercentText(foundErrorE8),
  };
}

export function invoiceView(row: Listed<InvoiceRow>) {
  return { ...row, exportWh: String(row.exportWh), importWh: String(row.importWh) };
}
