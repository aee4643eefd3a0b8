import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import {
  DEVICE_STATUS,
  parseDecimal,
  TonneError,
  type OptionalFieldName,
  type Reading,
} from '@truetonne/protocol';
import {
  divideRounded,
  integrate,
  NO_ENERGY,
  registersDown,
  type IntegratedEnergy,
} from '../integrate.ts';

const FILE = new URL('../../../data/pv-sandia-1min/baseline6kw_esp32_columns.csv', import.meta.url);

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_DAY = 86_400;
const MINUTES_PER_DAY = 1_440;

/** The file states values with up to nine decimals; its power with six, so a unit is 1 uW. */
const DECIMALS = 9;
const SCALE = 10n ** BigInt(DECIMALS);
const POWER_DECIMALS = 6;
const UNITS_PER_WATT = 10n ** BigInt(POWER_DECIMALS);

/** Version of the simulated device, as the `firmware` field packs it: 0.1.0. */
const FIRMWARE = 0x0100n;

export type SandiaInverter = 'Sys1' | 'Sys2';

/** What a registration of this plant needs, and what every place that shows its energy has to say. */
export const SANDIA_PLANT = {
  name: 'Sandia baseline system',
  /** Of each inverter: the highest one-minute average is 3,626.7 W. */
  inverterCapacityW: 4_000,
  latitudeE6: 35_054_000,
  longitudeE6: -106_539_000,
  utcOffsetMinutes: -7 * 60,
  intervalSeconds: SECONDS_PER_MINUTE,
  registers: 'derived: measured power integrated over one-minute intervals, not read from a meter',
  source: 'Sandia National Laboratories, Pecos examples (BSD); data/pv-sandia-1min/SOURCE.md',
} as const;

/** One measured day of an inverter that can be replayed on any day. */
export interface SandiaDay {
  /**
   * The reading for the minute that ends at `at`, with the registers of a device that began at
   * `startedAt` (both whole minutes, Unix seconds). `undefined` for a minute that was not measured:
   * the file lacks 22:31 to 23:59.
   */
  readonly findReading: (startedAt: number, at: number) => Reading | undefined;
}

/** What one minute measured, and the energy of the day up to and with it. */
interface Minute {
  readonly status: number;
  readonly fields: Reading['fields'];
  readonly energyOfDay: IntegratedEnergy;
}

export function readSandiaDay(inverter: SandiaInverter): SandiaDay {
  const minutes = readMinutes(inverter);
  const energyUntil = createEnergyCurve(minutes);
  return {
    findReading(startedAt, at) {
      const minute = minutes.get(minuteOfDay(at));
      if (minute === undefined) return undefined;
      const before = energyUntil(startedAt);
      const now = energyUntil(at);
      const energy = {
        exported: now.exported - before.exported,
        imported: now.imported - before.imported,
      };
      const { status, fields } = minute;
      return { at, ...registersDown(energy, UNITS_PER_WATT), status, fields };
    },
  };
}

/** Seconds since midnight at the plant, in minutes. */
function minuteOfDay(at: number): number {
  return Math.floor(secondsAtPlant(at) / SECONDS_PER_MINUTE) % MINUTES_PER_DAY;
}

function secondsAtPlant(at: number): number {
  return at + SANDIA_PLANT.utcOffsetMinutes * SECONDS_PER_MINUTE;
}

/**
 * Energy from a fixed midnight to a time, for any number of replayed days: registers are a function of
 * the clock alone, so that a restarted device goes on with the registers it had.
 */
function createEnergyCurve(minutes: ReadonlyMap<number, Minute>): (at: number) => IntegratedEnergy {
  const curve: IntegratedEnergy[] = [];
  let energyOfDay = NO_ENERGY;
  for (let index = 0; index < MINUTES_PER_DAY; index++) {
    energyOfDay = minutes.get(index)?.energyOfDay ?? energyOfDay;
    curve.push(energyOfDay);
  }
  const wholeDay = energyOfDay;
  return (at) => {
    const days = BigInt(Math.floor(secondsAtPlant(at) / SECONDS_PER_DAY));
    const today = curve[minuteOfDay(at)] ?? NO_ENERGY;
    return {
      exported: days * wholeDay.exported + today.exported,
      imported: days * wholeDay.imported + today.imported,
    };
  };
}

function readMinutes(inverter: SandiaInverter): ReadonlyMap<number, Minute> {
  const rows: Record<string, string>[] = parse(readFileSync(FILE), { columns: true });
  const minutes = new Map<number, Minute>();
  let energyOfDay = NO_ENERGY;
  rows.forEach((row, index) => {
    const time = /^11\/11\/2015 (\d{1,2}):(\d\d)$/.exec(row['TIMESTAMP'] ?? '');
    const [, hours = '', minute = ''] = time ?? [];
    const line = createLine(row, index + 2);
    const power = parseDecimal(row[`${inverter}Wac_Avg`], POWER_DECIMALS, line.name('Wac'));
    energyOfDay = integrate(energyOfDay, power, SECONDS_PER_MINUTE);
    minutes.set(Number(hours) * 60 + Number(minute), {
      status: power > 0n ? DEVICE_STATUS.operational : DEVICE_STATUS.standby,
      fields: measureFields(line, inverter),
      energyOfDay,
    });
  });
  return minutes;
}

interface Line {
  /** A column's value times 10^9, exact. */
  readonly value: (column: string) => bigint;
  readonly name: (column: string) => string;
}

function createLine(row: Record<string, string>, number: number): Line {
  const name = (column: string): string => `${FILE.pathname}, row ${String(number)}, ${column}`;
  return {
    name,
    value(column) {
      const text = row[column];
      if (text !== undefined) return parseDecimal(text, DECIMALS, name(column));
      throw new TonneError('CONFIGURATION_INVALID', {
        field: name(column),
        value: 'no such column',
      });
    },
  };
}

/**
 * Every electrical field, rounded once to its unit, halves away from zero. Apparent power is the exact
 * product of voltage and current. Nothing is clamped: a power factor below zero at night and an
 * irradiance of -1 W/m2 are what the sensors said.
 */
function measureFields(line: Line, inverter: SandiaInverter): Reading['fields'] {
  const voltage = line.value(`${inverter}Vac_Avg`);
  const current = line.value(`${inverter}Iac_Avg`);
  const inUnits = (column: string, unitsPerOne: bigint): bigint =>
    divideRounded(line.value(column) * unitsPerOne, SCALE);
  const fields: Partial<Record<OptionalFieldName, bigint>> = {
    activePowerMw: inUnits(`${inverter}Wac_Avg`, 1_000n),
    apparentPowerMva: divideRounded(voltage * current * 1_000n, SCALE * SCALE),
    voltageMv: divideRounded(voltage * 1_000n, SCALE),
    currentMa: divideRounded(current * 1_000n, SCALE),
    frequencyMhz: inUnits(`${inverter}Frequency_Avg`, 1_000n),
    powerFactorE4: inUnits(`${inverter}PowerFactor_Avg`, 10_000n),
    ambientMc: inUnits('LocalAmbientTemp_Avg', 1_000n),
    irradianceMwM2: inUnits('POAIrrad1_Avg', 1_000n),
    firmware: FIRMWARE,
  };
  const efficiencyE4 = inverter === 'Sys1' ? findEfficiency(line) : undefined;
  return efficiencyE4 === undefined ? fields : { ...fields, efficiencyE4 };
}

/**
 * AC over DC power of Sys1 (the file has no DC side of Sys2). Only where power flows from DC to AC: the
 * standby draw at dusk divided by the last milliwatts of the modules is no efficiency.
 */
function findEfficiency(line: Line): bigint | undefined {
  const dcPower = line.value('Sys1Vdc_Avg') * line.value('Sys1Str1Idc_Avg');
  const acPower = line.value('Sys1Wac_Avg');
  if (dcPower <= 0n || acPower <= 0n) return undefined;
  return divideRounded(acPower * SCALE * 10_000n, dcPower);
}
