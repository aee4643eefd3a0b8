/** Statements as they are typed, checked. */
import type { Hex } from 'viem';
import type { Calibration, MeterInvoice, NewCalibration, NewInvoice } from '../../api/index.ts';
import type { Checked } from '../../forms/index.ts';

/** The document that a statement is about: its name on this computer, and its SHA-256. */
export interface Evidence {
  readonly name: string;
  readonly hash: Hex;
}

export interface CalibrationDraft {
  readonly calibratedOn: string;
  readonly validUntil: string;
  readonly permissibleErrorPercent: string;
  readonly foundErrorPercent: string;
  readonly evidence: Evidence | undefined;
  readonly supersedes: number | undefined;
}

export interface InvoiceDraft {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly exportKWh: string;
  readonly importKWh: string;
  readonly evidence: Evidence | undefined;
  readonly supersedes: number | undefined;
}

export const NEW_CALIBRATION: CalibrationDraft = {
  ...{ calibratedOn: '', validUntil: '', permissibleErrorPercent: '', foundErrorPercent: '' },
  ...{ evidence: undefined, supersedes: undefined },
};

export const NEW_INVOICE: InvoiceDraft = {
  ...{ firstDay: '', lastDay: '', exportKWh: '', importKWh: '' },
  ...{ evidence: undefined, supersedes: undefined },
};

const PERCENT = /^\d{1,3}(\.\d{1,6})?$/;
const KWH = /^(\d{1,15})(?:\.(\d{1,3}))?$/;
const KWH_DECIMALS = 3;

const refused = (problem: string): { readonly ok: false; readonly problem: string } => ({
  ok: false,
  problem,
});

export function checkCalibration(draft: CalibrationDraft): Checked<NewCalibration> {
  const { calibratedOn, validUntil, evidence } = draft;
  const permissibleErrorPercent = draft.permissibleErrorPercent.trim();
  const found = draft.foundErrorPercent.trim();
  if (calibratedOn === '' || validUntil === '') return refused('Enter both days.');
  if (validUntil < calibratedOn) return refused('A calibration counts from its day on.');
  if (!isPercent(permissibleErrorPercent))
    return refused('Enter the maximum permissible error in percent, such as 0.5.');
  if (found !== '' && !isPercent(found))
    return refused('Enter the error that was found in percent, or leave it empty.');
  if (evidence === undefined) return refused('Choose the certificate.');
  const foundErrorPercent = found === '' ? null : found;
  const supersedes = draft.supersedes ?? null;
  return {
    ok: true,
    value: {
      ...{ calibratedOn, validUntil, permissibleErrorPercent, foundErrorPercent },
      ...{ evidence: evidence.hash, supersedes },
    },
  };
}

export function checkInvoice(draft: InvoiceDraft): Checked<NewInvoice> {
  const { firstDay, lastDay, evidence } = draft;
  if (firstDay === '' || lastDay === '') return refused('Enter both days.');
  if (lastDay < firstDay) return refused('The last day lies before the first one.');
  const [exportWh, importWh] = [toWh(draft.exportKWh), toWh(draft.importKWh)];
  if (exportWh === undefined || importWh === undefined)
    return refused('Enter both energies in kWh, such as 1250.5; none is 0.');
  if (evidence === undefined) return refused('Choose the invoice.');
  const supersedes = draft.supersedes ?? null;
  const days = { firstDay, lastDay };
  return {
    ok: true,
    value: { ...days, exportWh, importWh, evidence: evidence.hash, supersedes },
  };
}

/** What a correction begins with. The document is chosen anew. */
export function correctCalibration(one: Calibration): CalibrationDraft {
  const { calibratedOn, validUntil, permissibleErrorPercent, foundErrorPercent = '', id } = one;
  return {
    ...{ calibratedOn, validUntil, permissibleErrorPercent, foundErrorPercent },
    ...{ evidence: undefined, supersedes: id },
  };
}

export function correctInvoice(one: MeterInvoice): InvoiceDraft {
  const { firstDay, lastDay, exportWh, importWh, id } = one;
  return {
    ...{ firstDay, lastDay, exportKWh: toKWh(exportWh), importKWh: toKWh(importWh) },
    ...{ evidence: undefined, supersedes: id },
  };
}

function isPercent(typed: string): boolean {
  return PERCENT.test(typed) && Number(typed) <= 100;
}

/** kWh as typed to Wh, exactly. */
function toWh(typed: string): string | undefined {
  const match = KWH.exec(typed.trim());
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  return String(BigInt(whole + fraction.padEnd(KWH_DECIMALS, '0')));
}

function toKWh(wh: bigint): string {
  const digits = String(wh).padStart(KWH_DECIMALS + 1, '0');
  return `${digits.slice(0, -KWH_DECIMALS)}.${digits.slice(-KWH_DECIMALS)}`;
}
