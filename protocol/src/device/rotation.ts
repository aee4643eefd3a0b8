import { fromHex, toHex, viewOf, type Hex } from '../bytes.ts';
import type { SignatureVerifier } from '../identity/signature.ts';
import { readTime, setUnsigned } from '../window/reading.ts';
import { assertMagic, assertOrigin, assertSize, assertSizes, type Signed } from './signed.ts';

export const ROTATION_SIZE = 108;

/** "TTR", version 1. */
const MAGIC = 0x54545201;

/** The old key names the device that takes its place from `rotatedAt` (Unix seconds) on (SPEC section 9). */
export interface Rotation {
  readonly domain: Hex;
  /** Of the old key. */
  readonly deviceId: Hex;
  /** Device id of the new key. */
  readonly successor: Hex;
  readonly rotatedAt: number;
}

/** Packs a rotation into its 108 bytes. Throws VALUE_OUT_OF_RANGE with the field. */
export function encodeRotation(rotation: Rotation): Uint8Array {
  const bytes = new Uint8Array(ROTATION_SIZE);
  const view = viewOf(bytes);
  view.setUint32(0, MAGIC);
  bytes.set(fromHex(rotation.domain), 4);
  bytes.set(fromHex(rotation.deviceId), 36);
  bytes.set(fromHex(rotation.successor), 68);
  setUnsigned(view, 100, BigInt(rotation.rotatedAt), 'rotatedAt', 40);
  return bytes;
}

/** Unpacks a rotation. Throws STATEMENT_INVALID, VERSION_UNKNOWN or VALUE_OUT_OF_RANGE. */
export function decodeRotation(bytes: Uint8Array): Rotation {
  assertSize('statement', bytes, ROTATION_SIZE);
  assertMagic(bytes, MAGIC);
  return {
    domain: toHex(bytes.subarray(4, 36)),
    deviceId: toHex(bytes.subarray(36, 68)),
    successor: toHex(bytes.subarray(68, 100)),
    rotatedAt: readTime(viewOf(bytes), 100, 'rotatedAt'),
  };
}

/** Unpacks a rotation that the old key signed for a registry. Throws in the order of SPEC section 9. */
export async function verifyRotation(
  signed: Signed,
  domain: Hex,
  verify: SignatureVerifier,
): Promise<Rotation> {
  assertSizes(signed, ROTATION_SIZE);
  const rotation = decodeRotation(signed.bytes);
  await assertOrigin(rotation, signed, domain, verify);
  return rotation;
}
