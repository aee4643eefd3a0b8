import {
  certifyDown,
  creditUnderDown,
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
export interface JudgedEnergy extends MeteredEnergy {
  readonly reasons: readonly ReasonTotal[];
}

/** What is known besides the readings; each can only lower the credit. */
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
  /** Left out by the thresholds. */
  readonly deductedWh: bigint;
  /** Left out because an invoice or an overdue calibration says less. */
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
 * the invoice and the permissible error leave out is deducted, import is raised, the rest goes through
 * the one crediting formula.
 */
export function creditVersion(
  parameters: MethodologyParameters,
  factorUgPerWh: bigint,
  energy: JudgedEnergy,
  carry: VersionCarry,
  adjustments: Adjustments,
): readonly [VersionCarry, VersionResult] {
  const metered = { exportWh: energy.exportWh, importWh: energy.importWh };
  const adjusted = adjust(metered, adjustments);
  const deductedWh = energy.reasons.reduce((sum, reason) => sum + reason.deductedWh, 0n);
  const adjustedWh = least(metered.exportWh - adjusted.exportWh, metered.exportWh - deductedWh);
  const {
    shareWh,
    creditableWh,
    grams,
    carry: after,
  } = creditUnderDown(parameters, {
    exportedWh: metered.exportWh,
    importedWh: adjusted.importWh,
    deductedWh: deductedWh + adjustedWh,
    factorUgPerWh,
    carry,
  });
  const certified = certifyDown(grams, carry.carriedGrams);
  const result = {
    ...{ exportedWh: metered.exportWh, importedWh: adjusted.importWh, deductedWh, adjustedWh },
    ...{ shareWh, openingDeficitWh: carry.deficitWh, creditableWh, grams },
    ...{ ...certified, reasons: energy.reasons },
  };
  return [{ ...after, carriedGrams: certified.carriedGrams }, result];
}

function adjust(metered: MeteredEnergy, { invoice, permissibleError }: Adjustments): MeteredEnergy {
  const checked = invoice === undefined ? metered : takeConservative(metered, invoice);
  return permissibleError === undefined
    ? checked
    : lowerByPermissibleError(checked, permissibleError);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
