import { fromHex, toHex, viewOf, type Hex } from '../bytes.ts';
import type { SignatureVerifier } from '../identity/signature.ts';
import { sha256 } from '../sha256.ts';
import { readRegister, readTime, readUint32, setUnsigned } from '../window/reading.ts';
import { assertMagic, assertOrigin, assertSize, assertSizes, type Signed } from './signed.ts';

export const METER_REPLACEMENT_SIZE = 132;

/** "TTM", version 1. */
const MAGIC = 0x54544d01;

/** The meter behind a device was replaced: its registers (Wh) begin anew at `replacedAt` (SPEC section 9). */
export interface MeterReplacement {
  readonly domain: Hex;
  readonly deviceId: Hex;
  /** Of the last window that the old meter measured; 0 when there is none. */
  readonly sequence: number;
  readonly replacedAt: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
  /** Hash of that window's header, of the claim for sequence 0, or of the statement before. */
  readonly previousHash: Hex;
}

/** Packs a meter replacement into its 132 bytes. Throws VALUE_OUT_OF_RANGE with the field. */
export function encodeMeterReplacement(replacement: MeterReplacement): Uint8Array {
  const bytes = new Uint8Array(METER_REPLACEMENT_SIZE);
  const view = viewOf(bytes);
  view.setUint32(0, MAGIC);
  bytes.set(fromHex(replacement.domain), 4);
  bytes.set(fromHex(replacement.deviceId), 36);
  setUnsigned(view, 68, BigInt(replacement.sequence), 'sequence', 32);
  setUnsigned(view, 76, BigInt(replacement.replacedAt), 'replacedAt', 40);
  setUnsigned(view, 84, replacement.exportWh, 'exportWh', 56);
  setUnsigned(view, 92, replacement.importWh, 'importWh', 56);
  bytes.set(fromHex(replacement.previousHash), 100);
  return bytes;
}

/** Unpacks a meter replacement. Throws STATEMENT_INVALID, VERSION_UNKNOWN or VALUE_OUT_OF_RANGE. */
export function decodeMeterReplacement(bytes: Uint8Array): MeterReplacement {
  assertSize('statement', bytes, METER_REPLACEMENT_SIZE);
  assertMagic(bytes, MAGIC);
  const view = viewOf(bytes);
  return {
    domain: toHex(bytes.subarray(4, 36)),
    deviceId: toHex(bytes.subarray(36, 68)),
    sequence: readUint32(view, 68, 'sequence'),
    replacedAt: readTime(view, 76, 'replacedAt'),
    exportWh: readRegister(view, 84, 'exportWh'),
    importWh: readRegister(view, 92, 'importWh'),
    previousHash: toHex(bytes.subarray(100, 132)),
  };
}

/** `previousHash` of the first window of the new meter, and `statementHash` on the chain. */
export function meterReplacementHashOf(bytes: Uint8Array): Hex {
  return sha256(bytes);
}

/** Unpacks a replacement that its device signed for a registry. Throws in the order of SPEC section 9. */
export async function verifyMeterReplacement(
  signed: Signed,
  domain: Hex,
  verify: SignatureVerifier,
): Promise<MeterReplacement> {
  assertSizes(signed, METER_REPLACEMENT_SIZE);
  const replacement = decodeMeterReplacement(signed.bytes);
  await assertOrigin(replacement, signed, domain, verify);
  return replacement;
}
