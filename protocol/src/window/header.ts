import { fromHex, toHex, viewOf, type Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import { readRegister, readTime, setUnsigned } from './reading.ts';

export const HEADER_SIZE = 176;
export const MAX_READINGS = 256;

/** "TTW", version 1. */
const MAGIC = 0x54545701;

/** Bits of `flags` (SPEC section 4). */
export const WINDOW_FLAGS = { readingsMerged: 1, clockAdjusted: 2, deviceRestarted: 4 } as const;
const KNOWN_FLAGS = 7;

/** The header of a window (SPEC section 4): times in Unix seconds, registers in Wh. */
export interface WindowHeader {
  readonly domain: Hex;
  readonly deviceId: Hex;
  readonly sequence: number;
  readonly openedAt: number;
  readonly closedAt: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
  readonly count: number;
  readonly flags: number;
  readonly readingsHash: Hex;
  readonly previousHash: Hex;
}

/** Packs a header into its 176 bytes. Throws VALUE_OUT_OF_RANGE with the field. */
export function encodeHeader(header: WindowHeader): Uint8Array {
  const bytes = new Uint8Array(HEADER_SIZE);
  const view = viewOf(bytes);
  view.setUint32(0, MAGIC);
  bytes.set(fromHex(header.domain), 4);
  bytes.set(fromHex(header.deviceId), 36);
  setUnsigned(view, 68, BigInt(header.sequence), 'sequence', 32);
  setUnsigned(view, 76, BigInt(header.openedAt), 'openedAt', 40);
  setUnsigned(view, 84, BigInt(header.closedAt), 'closedAt', 40);
  setUnsigned(view, 92, header.exportWh, 'exportWh', 56);
  setUnsigned(view, 100, header.importWh, 'importWh', 56);
  view.setUint16(108, header.count);
  view.setUint16(110, header.flags);
  bytes.set(fromHex(header.readingsHash), 112);
  bytes.set(fromHex(header.previousHash), 144);
  return bytes;
}

/**
 * Unpacks a header. Throws WINDOW_TRUNCATED, COUNT_OUT_OF_RANGE, VERSION_UNKNOWN, FLAGS_UNKNOWN or
 * VALUE_OUT_OF_RANGE, in the order of SPEC section 4.
 */
export function decodeHeader(bytes: Uint8Array): WindowHeader {
  if (bytes.length < HEADER_SIZE) {
    const expected = `${String(HEADER_SIZE)} bytes`;
    throw new TonneError('WINDOW_TRUNCATED', {
      field: 'header',
      value: String(bytes.length),
      expected,
    });
  }
  const view = viewOf(bytes);
  const count = countOf(bytes);
  if (count < 1 || count > MAX_READINGS) {
    throw new TonneError('COUNT_OUT_OF_RANGE', { field: 'count', value: String(count) });
  }
  assertVersion(view);
  const sequence = view.getBigUint64(68);
  if (sequence < 1n || sequence >= 1n << 32n) {
    throw new TonneError('VALUE_OUT_OF_RANGE', { field: 'sequence', value: String(sequence) });
  }
  return {
    domain: toHex(bytes.subarray(4, 36)),
    deviceId: toHex(bytes.subarray(36, 68)),
    sequence: Number(sequence),
    openedAt: readTime(view, 76, 'openedAt'),
    closedAt: readTime(view, 84, 'closedAt'),
    exportWh: readRegister(view, 92, 'exportWh'),
    importWh: readRegister(view, 100, 'importWh'),
    count,
    flags: view.getUint16(110),
    readingsHash: toHex(bytes.subarray(112, 144)),
    previousHash: toHex(bytes.subarray(144, 176)),
  };
}

/** The number of readings that a header states, unchecked. */
export function countOf(headerBytes: Uint8Array): number {
  return viewOf(headerBytes).getUint16(108);
}

function assertVersion(view: DataView): void {
  const magic = view.getUint32(0);
  if (magic !== MAGIC) {
    const expected = '54545701';
    throw new TonneError('VERSION_UNKNOWN', {
      field: 'magic',
      value: magic.toString(16),
      expected,
    });
  }
  const flags = view.getUint16(110);
  if ((flags & ~KNOWN_FLAGS) !== 0) {
    throw new TonneError('FLAGS_UNKNOWN', { field: 'flags', value: String(flags) });
  }
}
