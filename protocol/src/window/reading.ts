import { viewOf } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';

export const READING_SIZE = 88;

/** Where each optional field lies and which bit of `present` says that it was measured (SPEC section 3). */
const OPTIONAL_FIELDS = [
  { name: 'activePowerMw', offset: 32, kind: 'i64' },
  { name: 'apparentPowerMva', offset: 40, kind: 'i64' },
  { name: 'voltageMv', offset: 48, kind: 'i32' },
  { name: 'currentMa', offset: 52, kind: 'i32' },
  { name: 'frequencyMhz', offset: 56, kind: 'i32' },
  { name: 'powerFactorE4', offset: 60, kind: 'i32' },
  { name: 'ambientMc', offset: 64, kind: 'i32' },
  { name: 'irradianceMwM2', offset: 68, kind: 'i32' },
  { name: 'efficiencyE4', offset: 72, kind: 'i32' },
  { name: 'batteryMv', offset: 76, kind: 'i32' },
  { name: 'signalDbm', offset: 80, kind: 'i32' },
  { name: 'firmware', offset: 84, kind: 'i32' },
] as const;

export type OptionalFieldName = (typeof OPTIONAL_FIELDS)[number]['name'];
export const OPTIONAL_FIELD_NAMES = OPTIONAL_FIELDS.map(({ name }) => name);

/** A reading: registers in Wh at a time in Unix seconds, and what else was measured, unit in the name. */
export interface Reading {
  readonly at: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
  readonly status: number;
  readonly fields: Readonly<Partial<Record<OptionalFieldName, bigint>>>;
}

/** Packs a reading into its 88 bytes. Throws VALUE_OUT_OF_RANGE with the field. */
export function encodeReading(reading: Reading): Uint8Array {
  const bytes = new Uint8Array(READING_SIZE);
  const view = viewOf(bytes);
  setUnsigned(view, 0, BigInt(reading.at), 'at', 40);
  setUnsigned(view, 8, reading.exportWh, 'exportWh', 56);
  setUnsigned(view, 16, reading.importWh, 'importWh', 56);
  assertRange('status', BigInt(reading.status), 0n, 1n << 32n);
  view.setUint32(28, reading.status);
  let present = 0;
  OPTIONAL_FIELDS.forEach(({ name, offset, kind }, bit) => {
    const value = reading.fields[name];
    if (value === undefined) return;
    present |= 1 << bit;
    const limit = kind === 'i64' ? 1n << 63n : 1n << 31n;
    assertRange(name, value, -limit, limit);
    if (kind === 'i64') view.setBigInt64(offset, value);
    else view.setInt32(offset, Number(value));
  });
  view.setUint32(24, present);
  return bytes;
}

/** Unpacks one reading. Throws READING_NOT_CANONICAL when an absent field is not zero. */
export function decodeReading(bytes: Uint8Array): Reading {
  const view = viewOf(bytes);
  const present = view.getUint32(24);
  const fields: Partial<Record<OptionalFieldName, bigint>> = {};
  if (present >>> OPTIONAL_FIELDS.length !== 0) {
    throw new TonneError('READING_NOT_CANONICAL', { field: 'present', value: String(present) });
  }
  OPTIONAL_FIELDS.forEach(({ name, offset, kind }, bit) => {
    const value = kind === 'i64' ? view.getBigInt64(offset) : BigInt(view.getInt32(offset));
    if (((present >>> bit) & 1) === 1) fields[name] = value;
    else if (value !== 0n) {
      throw new TonneError('READING_NOT_CANONICAL', { field: name, value: String(value) });
    }
  });
  return {
    at: readTime(view, 0, 'at'),
    exportWh: readRegister(view, 8, 'exportWh'),
    importWh: readRegister(view, 16, 'importWh'),
    status: view.getUint32(28),
    fields,
  };
}

/** A time below 2^40, which a JavaScript number holds exactly. */
export function readTime(view: DataView, offset: number, field: string): number {
  const time = view.getBigUint64(offset);
  assertRange(field, time, 0n, 1n << 40n);
  return Number(time);
}

/** A register below 2^56 Wh. */
export function readRegister(view: DataView, offset: number, field: string): bigint {
  const register = view.getBigUint64(offset);
  assertRange(field, register, 0n, 1n << 56n);
  return register;
}

/** A number in 8 bytes that is below 2^32. */
export function readUint32(view: DataView, offset: number, field: string): number {
  const value = view.getBigUint64(offset);
  assertRange(field, value, 0n, 1n << 32n);
  return Number(value);
}

export function setUnsigned(
  view: DataView,
  offset: number,
  value: bigint,
  field: string,
  bits: number,
): void {
  assertRange(field, value, 0n, 1n << BigInt(bits));
  view.setBigUint64(offset, value);
}

function assertRange(field: string, value: bigint, least: bigint, limit: bigint): void {
  if (value >= least && value < limit) return;
  const expected = `${String(least)} <= ${field} < ${String(limit)}`;
  throw new TonneError('VALUE_OUT_OF_RANGE', { field, value: String(value), expected });
}
