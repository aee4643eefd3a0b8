import type { Reading } from '@truetonne/protocol';
import { WS_PER_WH, type CheckedReading, type Rules } from './check.ts';

const MW_PER_W = 1_000n;

/** Active power beyond what the device is rated for, in either direction. */
export function isPowerAboveCapacity(
  { fields }: Reading,
  capacityW: bigint,
  { percent }: NonNullable<Rules['POWER_ABOVE_CAPACITY']>,
): boolean {
  const power = fields.activePowerMw;
  return power !== undefined && absolute(power) * 100n > capacityW * MW_PER_W * percent;
}

/**
 * Active, apparent power and power factor that can't all be true. Voltage x current is apparent power,
 * S: |P| is never above it (IEEE 1459, 3.1.1), and P = S x power factor.
 */
export function isPowerInconsistent(
  { fields }: Reading,
  rule: NonNullable<Rules['POWER_INCONSISTENT']>,
): boolean {
  const power = fields.activePowerMw;
  const apparent = apparentOf(fields);
  if (power === undefined || apparent === undefined) return false;
  const tolerance = (apparent * rule.tolerancePercent) / 100n + rule.toleranceMva;
  if (absolute(power) > apparent + tolerance) return true;
  const factor = fields.powerFactorE4;
  return factor !== undefined && absolute(power - (apparent * factor) / 10_000n) > tolerance;
}

/**
 * The register grew by more than the reading's active power over its time: what a device does that
 * counts voltage x current as energy.
 */
export function isEnergyAbovePower(
  { reading, energy, from, before }: CheckedReading,
  capacityW: bigint,
  rule: NonNullable<Rules['ENERGY_ABOVE_POWER']>,
): boolean {
  const power = reading.fields.activePowerMw;
  if (power === undefined || energy.exportedWh === 0n) return false;
  const highest = larger(power, before?.fields.activePowerMw ?? power);
  const shown = larger(highest, 0n) * (100n + rule.tolerancePercent);
  const limitMw100 = shown + capacityW * MW_PER_W * rule.capacityPercent;
  const seconds = BigInt(reading.at - from);
  // In mWs x 100; a register that counts whole Wh may be one ahead.
  const exported = (energy.exportedWh - 1n) * WS_PER_WH * MW_PER_W * 100n;
  return exported > limitMw100 * seconds;
}

/** mV x mA is uVA. */
function apparentOf(fields: Reading['fields']): bigint | undefined {
  const { apparentPowerMva, voltageMv, currentMa } = fields;
  if (voltageMv !== undefined && currentMa !== undefined) {
    return absolute(voltageMv * currentMa) / 1_000n;
  }
  return apparentPowerMva === undefined ? undefined : absolute(apparentPowerMva);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
