/** Sums over the batches of a device. */
export interface EnergyTotals {
  readonly batchCount: number;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
}

/** Sums over the batches of a project. */
export interface CreditTotals extends EnergyTotals {
  readonly deductedWh: bigint;
  readonly creditableWh: bigint;
  readonly grams: bigint;
}

export type Energy = Omit<EnergyTotals, 'batchCount'>;
export type Credited = Omit<CreditTotals, 'batchCount'>;

export const NO_ENERGY: EnergyTotals = { batchCount: 0, exportedWh: 0n, importedWh: 0n };
export const NO_CREDIT: CreditTotals = {
  ...NO_ENERGY,
  deductedWh: 0n,
  creditableWh: 0n,
  grams: 0n,
};

/** The totals of a device with one batch more. */
export function addEnergy(totals: EnergyTotals, batch: Energy): EnergyTotals {
  return {
    batchCount: totals.batchCount + 1,
    exportedWh: totals.exportedWh + batch.exportedWh,
    importedWh: totals.importedWh + batch.importedWh,
  };
}

/** The totals of a project with one batch more. */
export function addCredit(totals: CreditTotals, batch: Credited): CreditTotals {
  return {
    ...addEnergy(totals, batch),
    deductedWh: totals.deductedWh + batch.deductedWh,
    creditableWh: totals.creditableWh + batch.creditableWh,
    grams: totals.grams + batch.grams,
  };
}
