import {
  encodeReading,
  OPTIONAL_FIELD_NAMES,
  toHex,
  type ErrorCode,
  type Hex,
  type OptionalFieldName,
  type Reading,
} from '@truetonne/protocol';
import { patched, u32, u64, type Patch } from './forge.ts';
import { CLAIMED_AT, KEY } from './place.ts';

export const PLAIN: Reading = {
  at: CLAIMED_AT + 900,
  exportWh: 1_250n,
  importWh: 10n,
  status: 0,
  fields: {},
};

export const FULL: Reading = {
  at: CLAIMED_AT + 900,
  exportWh: 1_250n,
  importWh: 12n,
  status: 1,
  fields: {
    activePowerMw: 1_000_000n,
    apparentPowerMva: 1_012_500n,
    voltageMv: 230_100n,
    currentMa: 4_400n,
    frequencyMhz: 49_980n,
    powerFactorE4: 9_876n,
    ambientMc: -12_345n,
    irradianceMwM2: 870_250n,
    efficiencyE4: 9_612n,
    batteryMv: 3_305n,
    signalDbm: -67n,
    firmware: 0x010203n,
  },
};

const ZEROES = Object.fromEntries(OPTIONAL_FIELD_NAMES.map((name) => [name, 0n]));

const I64 = ['activePowerMw', 'apparentPowerMva'];

/** Every field at the end of its range: the least or the greatest that fits. */
function extremes(greatest: boolean): Partial<Record<OptionalFieldName, bigint>> {
  return Object.fromEntries(
    OPTIONAL_FIELD_NAMES.map((name) => {
      const limit = I64.includes(name) ? 1n << 63n : 1n << 31n;
      return [name, greatest ? limit - 1n : -limit];
    }),
  );
}

const VALID: readonly (readonly [string, Reading])[] = [
  ['nothing measured but the registers', PLAIN],
  ['every field', FULL],
  ['every field measured as zero', { ...PLAIN, fields: ZEROES }],
  ['every field at its least', { ...PLAIN, fields: extremes(false) }],
  ['every field at its greatest', { ...PLAIN, fields: extremes(true) }],
  [
    'the largest registers, time and status',
    {
      at: 2 ** 40 - 1,
      exportWh: (1n << 56n) - 1n,
      importWh: (1n << 56n) - 1n,
      status: 2 ** 32 - 1,
      fields: {},
    },
  ],
];

const PLAIN_BYTES = encodeReading(PLAIN);

const INVALID: readonly (readonly [string, ErrorCode, Patch])[] = [
  ['a voltage that is not marked as present', 'READING_NOT_CANONICAL', [48, u32(1)]],
  ['the last byte of an absent field', 'READING_NOT_CANONICAL', [87, Uint8Array.of(1)]],
  ['bit 12 of present', 'READING_NOT_CANONICAL', [24, u32(1 << 12)]],
  ['bit 31 of present', 'READING_NOT_CANONICAL', [24, u32(0x8000_0000)]],
  ['time at the limit', 'VALUE_OUT_OF_RANGE', [0, u64(1n << 40n)]],
  ['export at the limit', 'VALUE_OUT_OF_RANGE', [8, u64(1n << 56n)]],
  ['import at the limit', 'VALUE_OUT_OF_RANGE', [16, u64(1n << 56n)]],
];

/** Big integers as decimal text: JSON numbers are not exact beyond 2^53. */
function describeReading({ fields, exportWh, importWh, ...rest }: Reading): object {
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value)] as const);
  return {
    ...rest,
    exportWh: String(exportWh),
    importWh: String(importWh),
    fields: Object.fromEntries(texts),
  };
}

interface JsonCase {
  readonly name: string;
  readonly json: object;
  readonly expect: 'valid' | ErrorCode;
  readonly reading?: Hex;
}

const FLAT = {
  timestamp: CLAIMED_AT + 900,
  total_energy_kwh: 1.25,
  imported_energy_kwh: 0.01,
} as const;

/** What devices send today, with the import register added: every field of SPEC section 4. */
const FLAT_FULL = {
  device_id: KEY.deviceId,
  timestamp: '2023-11-14T22:28:20Z',
  total_energy_kwh: 1.25,
  imported_energy_kwh: '0.012',
  ac_power_kw: 1,
  power: 1012.5,
  voltage: 230.1,
  current: 4.4,
  grid_frequency_hz: 49.98,
  power_factor: 0.9876,
  ambient_temp_c: -12.345,
  irradiance_w_m2: 870.25,
  efficiency: 96.12,
  battery_v: 3.305,
  signal_dbm: -67,
  firmware_version: '1.2.3',
  system_status: 'operational',
} as const;

function validJson(name: string, json: object, reading: Reading): JsonCase {
  return { name, json, expect: 'valid', reading: toHex(encodeReading(reading)) };
}

const JSON_CASES: readonly JsonCase[] = [
  validJson('registers and time only', FLAT, PLAIN),
  validJson('every field', FLAT_FULL, FULL),
  validJson(
    'the same time in another zone',
    { ...FLAT, timestamp: '2023-11-15T00:28:20+02:00' },
    PLAIN,
  ),
  validJson('zeroes behind the last decimal', { ...FLAT, total_energy_kwh: '1.250000' }, PLAIN),
  validJson('a status of the maker', { ...FLAT, system_status: 300 }, { ...PLAIN, status: 300 }),
  validJson('a measured zero', { ...FLAT, voltage: 0 }, { ...PLAIN, fields: { voltageMv: 0n } }),
  { name: 'a decimal too many', json: { ...FLAT, voltage: 230.1234 }, expect: 'VALUE_NOT_EXACT' },
  { name: 'an exponent', json: { ...FLAT, voltage: '1e3' }, expect: 'VALUE_NOT_EXACT' },
  { name: 'not a number', json: { ...FLAT, voltage: 'NaN' }, expect: 'VALUE_NOT_EXACT' },
  { name: 'null is no measurement', json: { ...FLAT, voltage: null }, expect: 'VALUE_NOT_EXACT' },
  {
    name: 'part of a watt-hour',
    json: { ...FLAT, total_energy_kwh: 1.2505 },
    expect: 'VALUE_NOT_EXACT',
  },
  {
    name: 'a negative register',
    json: { ...FLAT, total_energy_kwh: -1.25 },
    expect: 'VALUE_OUT_OF_RANGE',
  },
  {
    name: 'no import register',
    json: { timestamp: FLAT.timestamp, total_energy_kwh: 1.25 },
    expect: 'BODY_MALFORMED',
  },
  {
    name: 'a time without a zone',
    json: { ...FLAT, timestamp: '2023-11-14T22:28:20' },
    expect: 'BODY_MALFORMED',
  },
  {
    name: 'part of a second',
    json: { ...FLAT, timestamp: '2023-11-14T22:28:20.5Z' },
    expect: 'BODY_MALFORMED',
  },
  {
    name: 'the id of another device',
    json: { ...FLAT, device_id: `0x${'00'.repeat(32)}` },
    expect: 'BODY_MALFORMED',
  },
  { name: 'an unknown field', json: { ...FLAT, volts: 230 }, expect: 'BODY_MALFORMED' },
  { name: 'an unknown status', json: { ...FLAT, system_status: 'fine' }, expect: 'BODY_MALFORMED' },
  {
    name: 'a firmware version of two parts',
    json: { ...FLAT, firmware_version: '1.2' },
    expect: 'BODY_MALFORMED',
  },
];

/** SPEC section 3, and "As JSON" of section 4. */
export function makeReadings(): object {
  const valid = VALID.map(([name, reading]) => ({
    name,
    bytes: toHex(encodeReading(reading)),
    expect: 'valid',
    reading: describeReading(reading),
  }));
  const invalid = INVALID.map(([name, expect, patch]) => ({
    name,
    bytes: toHex(patched(PLAIN_BYTES, [patch])),
    expect,
  }));
  return {
    description: 'Readings, SPEC section 3; `json` is of device `deviceId`, SPEC section 4.',
    deviceId: KEY.deviceId,
    cases: [...valid, ...invalid],
    json: JSON_CASES,
  };
}
