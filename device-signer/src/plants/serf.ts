import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { DEVICE_STATUS, parseDecimal, TonneError, type Reading } from '@truetonne/protocol';
import { divideRounded, integrate, NO_ENERGY, registersDown } from '../integrate.ts';

const FILE = new URL(
  '../../../data/pv-serf-east-104d/serf_east_15min_ac_power.csv',
  import.meta.url,
);

/** The file states power in W with up to five decimals. */
const POWER_DECIMALS = 5;
const UNITS_PER_WATT = 100_000n;
const UNITS_PER_MILLIWATT = 100n;

/** What a registration of this plant needs, and what every place that shows its energy has to say. */
export const SERF_PLANT = {
  name: 'SERF East',
  capacityW: 6_000,
  utcOffsetMinutes: -7 * 60,
  intervalSeconds: 900,
  registers: 'derived: measured power integrated over 15-minute intervals, not read from a meter',
  source: 'NREL PVDAQ, SERF East, by way of pvanalytics (MIT); data/pv-serf-east-104d/SOURCE.md',
} as const;

export interface SerfSeries {
  /** When the first interval began, Unix seconds: the time of the claim, with both registers at 0. */
  readonly startedAt: number;
  readonly readings: readonly Reading[];
}

/**
 * The 10,000 measured powers as readings. `measured_on` labels the start of an interval, so `at` is 900 s
 * later. The registers are derived by exact integration; `activePowerMw` is the measured power rounded
 * to mW, halves away from zero; the status follows from the power's sign.
 */
export function readSerfSeries(): SerfSeries {
  const measurements = readMeasurements();
  let energy = NO_ENERGY;
  const readings = measurements.map(({ startedAt, power }) => {
    energy = integrate(energy, power, SERF_PLANT.intervalSeconds);
    return {
      at: startedAt + SERF_PLANT.intervalSeconds,
      ...registersDown(energy, UNITS_PER_WATT),
      status: power > 0n ? DEVICE_STATUS.operational : DEVICE_STATUS.standby,
      fields: { activePowerMw: divideRounded(power, UNITS_PER_MILLIWATT) },
    };
  });
  const [first] = measurements;
  if (first === undefined) throw malformed('rows', 'none');
  return { startedAt: first.startedAt, readings };
}

interface Measurement {
  readonly startedAt: number;
  /** In 0.01 mW, exact; positive is export. */
  readonly power: bigint;
}

function readMeasurements(): readonly Measurement[] {
  const rows: string[][] = parse(readFileSync(FILE), { fromLine: 2, skipEmptyLines: true });
  return rows.map(([measuredOn = '', acPower = ''], index) => {
    const startedAt = Date.parse(measuredOn.replace(' ', 'T')) / 1000;
    const field = `row ${String(index + 2)}`;
    if (!Number.isSafeInteger(startedAt)) throw malformed(field, measuredOn);
    return { startedAt, power: parseDecimal(acPower, POWER_DECIMALS, field) };
  });
}

function malformed(field: string, value: string): TonneError {
  return new TonneError('CONFIGURATION_INVALID', { field: `${FILE.pathname}, ${field}`, value });
}
