import type { OptionalFieldName, Reading, ReasonCode } from '@truetonne/protocol';

/**
 * What a device of a grid-connected plant can measure at all, in the field's own unit. Irradiance may
 * be a little negative: a pyranometer cools below its case at night (ISO 9060, zero offset A).
 */
const PHYSICAL_LIMITS: readonly (readonly [OptionalFieldName, bigint, bigint])[] = [
  ['voltageMv', 0n, 1n << 31n],
  ['frequencyMhz', 45_000n, 65_000n],
  ['powerFactorE4', -10_000n, 10_000n],
  ['ambientMc', -60_000n, 80_000n],
  ['irradianceMwM2', -20_000n, 2_000_000n],
];

/**
 * Units of a field per unit that devices write in JSON (SPEC section 4). Battery, signal and firmware
 * are not here: they describe the device, and an unknown signal strength says nothing about energy.
 */
const UNITS_PER_JSON_UNIT: readonly (readonly [OptionalFieldName, bigint])[] = [
  ['activePowerMw', 1_000_000n],
  ['apparentPowerMva', 1_000n],
  ['voltageMv', 1_000n],
  ['currentMa', 1_000n],
  ['frequencyMhz', 1_000n],
  ['powerFactorE4', 10_000n],
  ['ambientMc', 1_000n],
  ['irradianceMwM2', 1_000n],
  ['efficiencyE4', 100n],
];

/** What loggers and Modbus maps write for "no value": the -999 family, and 16-bit all-ones and ends. */
const SENTINELS = [-999n, -9999n, -99999n, 65535n, 32767n, -32768n];

/** A reason why a reading's own fields make it unfit to count, or `undefined`. */
export function findReadingReason({ fields }: Reading): ReasonCode | undefined {
  for (const [name, scale] of UNITS_PER_JSON_UNIT) {
    const value = fields[name];
    if (value !== undefined && SENTINELS.some((marker) => value === marker * scale)) {
      return 'SENTINEL_VALUE';
    }
  }
  for (const [name, least, most] of PHYSICAL_LIMITS) {
    const value = fields[name];
    if (value !== undefined && (value < least || value > most)) return 'READING_OUT_OF_RANGE';
  }
  return undefined;
}
