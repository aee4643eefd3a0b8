/** What a device exported against what its irradiance gave, and against the other devices of the plant. */
import { bucketStart } from './calendar.ts';

/** Energy of a reading with the light of its interval. */
export interface LitReading {
  /** Its interval is (from, at], Unix seconds. */
  readonly from: number;
  readonly at: number;
  readonly exportedWh: bigint;
  /** Mean of the beginning and the end of the interval, mW/m2; undefined where it was not measured. */
  readonly irradianceMwM2: bigint | undefined;
}

export interface DayComparison {
  /** Beginning of the day on the clock of the plant, Unix seconds. */
  readonly startsAt: number;
  readonly exportedWh: bigint;
  /** Of the readings with irradiance alone. */
  readonly litWh: bigint;
  /** What the device would have given at its rating; undefined without any irradiance. */
  readonly referenceWh: bigint | undefined;
}

export interface DeviceComparison {
  readonly exportedWh: bigint;
  /** PR x 10,000, rounded down; undefined without irradiance. */
  readonly performanceRatioE4: bigint | undefined;
  /** Final yield, Wh per kW of rating, rounded down. */
  readonly yieldWhPerKw: bigint;
  readonly days: readonly DayComparison[];
}

/** Watt-seconds of an hour, and the irradiance of standard test conditions, mW/m2. */
const WS_PER_WH = 3_600n;
const REFERENCE_MW_M2 = 1_000_000n;

/**
 * IEC 61724-1: reference yield Yr = H / 1 kW/m2, final yield Yf = E / P0, performance ratio
 * PR = Yf / Yr. Only readings with irradiance enter PR, so that a gap of the sensor is no loss.
 */
export function compareDevice(
  readings: readonly LitReading[],
  capacityW: bigint,
  utcOffsetMinutes: number,
): DeviceComparison {
  const byDay = Map.groupBy(readings, ({ at }) => bucketStart(at, 'day', utcOffsetMinutes));
  const days = [...byDay].map(([startsAt, within]) => compareDay(startsAt, within, capacityW));
  const exportedWh = sum(days.map((day) => day.exportedWh));
  const referenceWh = sum(days.map((day) => day.referenceWh ?? 0n));
  const litWh = sum(days.map((day) => day.litWh));
  return {
    exportedWh,
    performanceRatioE4: referenceWh === 0n ? undefined : (litWh * 10_000n) / referenceWh,
    yieldWhPerKw: capacityW === 0n ? 0n : (exportedWh * 1_000n) / capacityW,
    days,
  };
}

function compareDay(
  startsAt: number,
  readings: readonly LitReading[],
  capacityW: bigint,
): DayComparison {
  let [exportedWh, litWh, light] = [0n, 0n, 0n];
  let measured = false;
  for (const { from, at, exportedWh: wh, irradianceMwM2 } of readings) {
    exportedWh += wh;
    if (irradianceMwM2 === undefined) continue;
    measured = true;
    litWh += wh;
    // Below zero is what a sensor shows at night.
    light += (irradianceMwM2 > 0n ? irradianceMwM2 : 0n) * BigInt(at - from);
  }
  const referenceWh = measured ? (capacityW * light) / (REFERENCE_MW_M2 * WS_PER_WH) : undefined;
  return { startsAt, exportedWh, litWh, referenceWh };
}

/** The middle of the yields of a plant's devices: one that is wrong does not move it. */
export function medianDown(values: readonly bigint[]): bigint | undefined {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined || sorted.length % 2 === 1) return upper;
  return ((sorted[middle - 1] ?? upper) + upper) / 2n;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
