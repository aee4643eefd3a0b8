import type { OptionalFieldName, Reading } from '@truetonne/protocol';
import type { Rules } from './check.ts';

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

/** A field holds an error marker, in the unit that devices write. */
export function hasSentinel(
  { fields }: Reading,
  { markers }: NonNullable<Rules['SENTINEL_VALUE']>,
): boolean {
  return UNITS_PER_JSON_UNIT.some(([name, scale]) => {
    const value = fields[name];
    return value !== undefined && markers.some((marker) => value === marker * scale);
  });
}

/** A field is outside what can be. */
export function isOutOfRange(
  { fields }: Reading,
  rule: NonNullable<Rules['READING_OUT_OF_RANGE']>,
): boolean {
  // Proof: the parser of the rules takes names of fields only.
  const limits = Object.entries(rule.fields) as [OptionalFieldName, readonly [bigint, bigint]][];
  return limits.some(([name, [least, most]]) => {
    const value = fields[name];
    return value !== undefined && (value < least || value > most);
  });
}

/** The device itself says that it does not measure. */
export function saysFault(
  { status }: Reading,
  { statuses }: NonNullable<Rules['DEVICE_FAULT']>,
): boolean {
  return statuses.includes(status);
}
