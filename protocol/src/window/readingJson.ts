import { TonneError } from '../errors/tonneError.ts';
import type { Hex } from '../bytes.ts';
import type { OptionalFieldName, Reading } from './reading.ts';

/** JSON field, where it goes and how many decimals it may have (SPEC section 4, "As JSON"). */
const DECIMAL_FIELDS = [
  { json: 'ac_power_kw', field: 'activePowerMw', decimals: 6 },
  { json: 'power', field: 'apparentPowerMva', decimals: 3 },
  { json: 'voltage', field: 'voltageMv', decimals: 3 },
  { json: 'current', field: 'currentMa', decimals: 3 },
  { json: 'grid_frequency_hz', field: 'frequencyMhz', decimals: 3 },
  { json: 'power_factor', field: 'powerFactorE4', decimals: 4 },
  { json: 'ambient_temp_c', field: 'ambientMc', decimals: 3 },
  { json: 'irradiance_w_m2', field: 'irradianceMwM2', decimals: 3 },
  { json: 'efficiency', field: 'efficiencyE4', decimals: 2 },
  { json: 'battery_v', field: 'batteryMv', decimals: 3 },
  { json: 'signal_dbm', field: 'signalDbm', decimals: 0 },
] as const satisfies readonly { json: string; field: OptionalFieldName; decimals: number }[];

/** `system_status` by name, SPEC section 3. */
export const DEVICE_STATUS = {
  operational: 1,
  standby: 2,
  warning: 3,
  fault: 4,
  maintenance: 5,
  offline: 6,
} as const;

const KNOWN_NAMES = new Set<string>([
  ...DECIMAL_FIELDS.map(({ json }) => json),
  'device_id',
  'timestamp',
  'total_energy_kwh',
  'imported_energy_kwh',
  'firmware_version',
  'system_status',
]);

/**
 * A reading from the JSON object that such devices send. Every value is taken exactly or refused.
 *
 * @param where name of the object in the request, for the error's field
 * @throws TonneError BODY_MALFORMED, VALUE_NOT_EXACT or VALUE_OUT_OF_RANGE with the field
 */
export function parseReadingJson(value: unknown, deviceId: Hex, where: string): Reading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TonneError('BODY_MALFORMED', { field: where, expected: 'an object' });
  }
  const source = new Map<string, unknown>(Object.entries(value));
  for (const name of source.keys()) {
    if (!KNOWN_NAMES.has(name)) {
      throw new TonneError('BODY_MALFORMED', {
        field: `${where}.${name}`,
        expected: 'a field of SPEC.md',
      });
    }
  }
  assertOwnDevice(source.get('device_id'), deviceId, where);
  return {
    at: parseTimestamp(source.get('timestamp'), `${where}.timestamp`),
    exportWh: parseRegister(source, 'total_energy_kwh', where),
    importWh: parseRegister(source, 'imported_energy_kwh', where),
    status: parseStatus(source.get('system_status'), `${where}.system_status`),
    fields: parseFields(source, where),
  };
}

/**
 * A decimal text or JSON number times 10^decimals, exactly.
 *
 * @throws TonneError VALUE_NOT_EXACT when it has more decimals or is no plain decimal
 */
export function parseDecimal(value: unknown, decimals: number, field: string): bigint {
  const text = typeof value === 'number' ? String(value) : value;
  const match = typeof text === 'string' ? /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text) : null;
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  const digits = fraction.replace(/0+$/, '');
  if (match === null || digits.length > decimals) {
    const expected = `a decimal with at most ${String(decimals)} decimals`;
    throw new TonneError('VALUE_NOT_EXACT', { field, value: describe(value), expected });
  }
  const magnitude = BigInt(whole + digits.padEnd(decimals, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

function parseFields(source: ReadonlyMap<string, unknown>, where: string): Reading['fields'] {
  const fields: Partial<Record<OptionalFieldName, bigint>> = {};
  for (const { json, field, decimals } of DECIMAL_FIELDS) {
    const value = source.get(json);
    if (value !== undefined) fields[field] = parseDecimal(value, decimals, `${where}.${json}`);
  }
  const firmware = source.get('firmware_version');
  if (firmware !== undefined)
    fields.firmware = parseFirmware(firmware, `${where}.firmware_version`);
  return fields;
}

function parseRegister(source: ReadonlyMap<string, unknown>, name: string, where: string): bigint {
  const field = `${where}.${name}`;
  const value = source.get(name);
  if (value === undefined) throw new TonneError('BODY_MALFORMED', { field, expected: 'kWh' });
  const registerWh = parseDecimal(value, 3, field);
  if (registerWh < 0n) {
    throw new TonneError('VALUE_OUT_OF_RANGE', { field, value: describe(value), expected: '>= 0' });
  }
  return registerWh;
}

function parseTimestamp(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  const zoned = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.0+)?(?:Z|[+-]\d\d:\d\d)$/;
  const milliseconds = typeof value === 'string' && zoned.test(value) ? Date.parse(value) : NaN;
  if (Number.isFinite(milliseconds)) return milliseconds / 1000;
  const expected = 'RFC 3339 with a zone and whole seconds, or Unix seconds';
  throw new TonneError('BODY_MALFORMED', { field, value: describe(value), expected });
}

function parseStatus(value: unknown, field: string): number {
  if (value === undefined) return 0;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  const named = new Map<unknown, number>(Object.entries(DEVICE_STATUS)).get(value);
  if (named !== undefined) return named;
  const expected = `an integer or one of ${Object.keys(DEVICE_STATUS).join(', ')}`;
  throw new TonneError('BODY_MALFORMED', { field, value: describe(value), expected });
}

function parseFirmware(value: unknown, field: string): bigint {
  const match = typeof value === 'string' ? /^(\d{1,5})\.(\d{1,3})\.(\d{1,3})$/.exec(value) : null;
  const [major = NaN, minor = NaN, patch = NaN] = (match ?? []).slice(1).map(Number);
  if (major < 32_768 && minor < 256 && patch < 256) {
    return BigInt(major * 65_536 + minor * 256 + patch);
  }
  throw new TonneError('BODY_MALFORMED', { field, value: describe(value), expected: '"1.2.3"' });
}

function assertOwnDevice(value: unknown, deviceId: Hex, where: string): void {
  if (value === undefined || value === deviceId) return;
  const field = `${where}.device_id`;
  throw new TonneError('BODY_MALFORMED', { field, value: describe(value), expected: deviceId });
}

/** A value of the request for an error text: short, and never an object's default text. */
function describe(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}
