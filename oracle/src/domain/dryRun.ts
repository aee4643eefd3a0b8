import {
  certifyDown,
  creditUnderDown,
  leftOutWh,
  lowerByPermissibleError,
  takeConservative,
  type Carry,
  type MeteredEnergy,
  type MethodologyParameters,
  type Ratio,
  type ReasonCode,
} from '@truetonne/protocol';

/** What judging a batch under one version's thresholds left out, in Wh, by reason. */
export interface ReasonTotal {
  readonly reason: ReasonCode;
  readonly findings: number;
  readonly deductedWh: bigint;
}

/** What the meters of a batch say, and what a version's thresholds leave out of it. */
export interface ThresholdEnergy extends MeteredEnergy {
  readonly reasons: readonly ReasonTotal[];
}

/** The same with what the batch left out for the statements of the project's owner. */
export interface JudgedEnergy extends ThresholdEnergy {
  readonly stated: readonly ReasonTotal[];
}

/** What the asker supposes in place of what the owner stated; each can only lower the credit. */
export interface Adjustments {
  readonly invoice?: MeteredEnergy | undefined;
  /** Maximum permissible error of a meter whose calibration was overdue, as a part of one. */
  readonly permissibleError?: Ratio | undefined;
}

/** Where a version stands before a batch. */
export interface VersionCarry extends Carry {
  /** Grams that were not a whole tonne yet. */
  readonly carriedGrams: bigint;
}

export const NOTHING_CARRIED: VersionCarry = { deficitWh: 0n, remainderUg: 0n, carriedGrams: 0n };

/** What a batch would earn under one version. Energy in Wh. */
export interface VersionResult {
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  /** Left out by the thresholds and by what the owner stated. */
  readonly deductedWh: bigint;
  /** Left out because the invoice or the overdue calibration that the asker supposes says less. */
  readonly adjustedWh: bigint;
  /** Export that the version does not count. */
  readonly shareWh: bigint;
  readonly openingDeficitWh: bigint;
  readonly creditableWh: bigint;
  readonly grams: bigint;
  readonly tonnes: bigint;
  readonly carriedGrams: bigint;
  readonly reasons: readonly ReasonTotal[];
}

/**
 * Credits a batch under a version, as the chain would if the project ran on it: what the thresholds,
 * the owner's statements, the invoice and the permissible error leave out is deducted, import is raised,
 * the rest goes through the one crediting formula.
 */
export function creditVersion(
  parameters: MethodologyParameters,
  factorUgPerWh: bigint,
  energy: JudgedEnergy,
  carry: VersionCarry,
  adjustments: Adjustments,
): readonly [VersionCarry, VersionResult] {
  const metered = { exportWh: energy.exportWh, importWh: energy.importWh };
  const left = leftOutBy(metered, adjustments);
  const reasons = [...energy.reasons, ...statedOf(energy, adjustments)];
  const deductedWh = totalOf(reasons);
  const adjustedWh = least(left.exportWh, metered.exportWh - deductedWh);
  const importedWh = metered.importWh + left.importWh;
  const {
    shareWh,
    creditableWh,
    grams,
    carry: after,
  } = creditUnderDown(parameters, {
    exportedWh: metered.exportWh,
    importedWh,
    deductedWh: deductedWh + adjustedWh,
    factorUgPerWh,
    carry,
  });
  const certified = certifyDown(grams, carry.carriedGrams);
  const result = {
    ...{ exportedWh: metered.exportWh, importedWh, deductedWh, adjustedWh },
    ...{ shareWh, openingDeficitWh: carry.deficitWh, creditableWh, grams },
    ...{ ...certified, reasons },
  };
  return [{ ...after, carriedGrams: certified.carriedGrams }, result];
}

/** What the batch left out by statements, as far as a version's thresholds leave it anything. */
function statedOf(
  { exportWh, reasons, stated }: JudgedEnergy,
  { invoice, permissibleError }: Adjustments,
): readonly ReasonTotal[] {
  let roomWh = exportWh - totalOf(reasons);
  return stated.flatMap((total) => {
    const supposed = total.reason === 'INVOICE_DIFFERS' ? invoice : permissibleError;
    if (supposed !== undefined) return [];
    const deductedWh = least(total.deductedWh, roomWh);
    roomWh -= deductedWh;
    return [{ ...total, deductedWh }];
  });
}

/** Each is taken from what the meters show, as a batch takes it. */
function leftOutBy(
  metered: MeteredEnergy,
  { invoice, permissibleError }: Adjustments,
): MeteredEnergy {
  const byInvoice = invoice === undefined ? metered : takeConservative(metered, invoice);
  const byError =
    permissibleError === undefined ? metered : lowerByPermissibleError(metered, permissibleError);
  const [one, other] = [leftOutWh(metered, byInvoice), leftOutWh(metered, byError)];
  return { exportWh: one.exportWh + other.exportWh, importWh: one.importWh + other.importWh };
}

function totalOf(reasons: readonly ReasonTotal[]): bigint {
  return reasons.reduce((sum, { deductedWh }) => sum + deductedWh, 0n);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
