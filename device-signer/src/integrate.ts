const SECONDS_PER_HOUR = 3600n;

/**
 * Energy since a device's beginning, in power units x seconds. The power unit is the caller's: where
 * power is known to 0.01 mW, one unit is 0.01 mW s, and sums stay exact.
 */
export interface IntegratedEnergy {
  readonly exported: bigint;
  readonly imported: bigint;
}

export const NO_ENERGY: IntegratedEnergy = { exported: 0n, imported: 0n };

/** Adds a mean power (positive is export) over an interval. */
export function integrate(
  before: IntegratedEnergy,
  power: bigint,
  seconds: number,
): IntegratedEnergy {
  const energy = power * BigInt(seconds);
  return energy >= 0n
    ? { ...before, exported: before.exported + energy }
    : { ...before, imported: before.imported - energy };
}

/** What the registers show: whole Wh, rounded down; the rest stays in the energy and is never lost. */
export function registersDown(
  energy: IntegratedEnergy,
  unitsPerWatt: bigint,
): { readonly exportWh: bigint; readonly importWh: bigint } {
  const unitsPerWh = unitsPerWatt * SECONDS_PER_HOUR;
  return { exportWh: energy.exported / unitsPerWh, importWh: energy.imported / unitsPerWh };
}

/** A quotient rounded to the nearest integer, halves away from zero. `divisor` is positive. */
export function divideRounded(value: bigint, divisor: bigint): bigint {
  const magnitude = value < 0n ? -value : value;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return value < 0n ? -rounded : rounded;
}
