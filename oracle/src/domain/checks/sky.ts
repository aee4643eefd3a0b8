import { clearSkyLimitMwM2, highestSun, type Site } from '../sun.ts';
import { WS_PER_WH, type CheckedReading, type CheckInput, type Rules } from './check.ts';

/** Irradiance at which a module delivers its rating, mW/m² (standard test conditions, IEC 61724-1). */
const REFERENCE_MW_M2 = 1_000_000n;

type RatioRule = NonNullable<Rules['ENERGY_ABOVE_IRRADIANCE']>;

/**
 * More energy than the measured irradiance gives. The performance ratio of IEC 61724-1 is
 * PR = (E / P0) / (H / 1 kW/m²); here E <= P0 x PRmax x H / 1 kW/m², with one Wh for the register's
 * rounding. False where irradiance was not measured.
 */
export function isEnergyAboveIrradiance(
  checked: CheckedReading,
  capacityW: bigint,
  rule: RatioRule,
): boolean {
  const now = checked.reading.fields.irradianceMwM2;
  if (now === undefined) return false;
  const before = checked.before?.fields.irradianceMwM2 ?? now;
  return exceeds(checked, capacityW, now > before ? now : before, rule);
}

/** More energy than a clear sky could give; looked at where no irradiance was measured. */
export function isEnergyAboveClearSky(
  checked: CheckedReading,
  capacityW: bigint,
  site: Site,
  rule: RatioRule,
): boolean {
  const { reading, from, energy } = checked;
  if (energy.exportedWh === 0n || reading.fields.irradianceMwM2 !== undefined) return false;
  const limit = clearSkyLimitMwM2(highestSun(site, from, reading.at));
  return exceeds(checked, capacityW, limit, rule);
}

/** Energy while the sun stood below the horizon for all of the interval. */
export function isEnergyAtNight(
  { reading, from, energy }: CheckedReading,
  site: Site,
  { sunBelow, toleranceWh }: NonNullable<Rules['ENERGY_AT_NIGHT']>,
): boolean {
  if (energy.exportedWh <= toleranceWh) return false;
  return highestSun(site, from, reading.at) < sunBelow;
}

/** A gap in which the plant could have produced; one at night is what an inverter does that sleeps. */
export function isDaylightGap(
  { gap, state, window, site }: CheckInput,
  { sunAbove }: NonNullable<Rules['DAYLIGHT_GAP']>,
): boolean {
  if (gap !== 'TIME_GAP' && gap !== 'SEQUENCE_GAP') return false;
  const { openedAt } = window.header;
  if (site === undefined || openedAt <= state.closedAt) return false;
  return highestSun(site, state.closedAt, openedAt) > sunAbove;
}

function exceeds(
  { energy, reading, from }: CheckedReading,
  capacityW: bigint,
  irradianceMwM2: bigint,
  { performanceRatioPercent, floorMwM2 }: RatioRule,
): boolean {
  if (energy.exportedWh <= 1n) return false;
  const light = (irradianceMwM2 > 0n ? irradianceMwM2 : 0n) + floorMwM2;
  const seconds = BigInt(reading.at - from);
  const limit = capacityW * seconds * light * performanceRatioPercent;
  return (energy.exportedWh - 1n) * WS_PER_WH * REFERENCE_MW_M2 * 100n > limit;
}
