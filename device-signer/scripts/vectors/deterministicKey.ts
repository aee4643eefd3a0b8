import { createECDH, createHash, createHmac } from 'node:crypto';
import { concatBytes, deviceIdOf, fromHex, toHex, toLowS } from '@truetonne/protocol';
import type { DeviceKey } from '../../src/key.ts';

/** Order of P-256 (FIPS 186-4, D.1.2.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * A key for test vectors, from a public text: everyone can sign with it. Its signatures are always the
 * same (RFC 6979), so that the vectors can be made again to the byte.
 */
export function createTestKey(seed: string): DeviceKey {
  const digest = createHash('sha256').update(`TrueTonne test vectors, ${seed}`).digest();
  const secret = toNumber(digest) % ORDER;
  const publicKey = multiplyBase(secret);
  return {
    publicKey,
    deviceId: deviceIdOf(publicKey),
    sign: (message) => toLowS(signDeterministically(secret, message)),
  };
}

/** The signature with n - s for s: valid for a library, refused by SPEC section 1 when s was low. */
export function withOtherS(signature: Uint8Array): Uint8Array {
  const other = ORDER - toNumber(signature.subarray(32));
  return concatBytes([signature.subarray(0, 32), toBytes(other)]);
}

/** r ‖ s over the SHA-256 of the message, s as it comes (RFC 6979 with SHA-256). */
export function signDeterministically(secret: bigint, message: Uint8Array): Uint8Array {
  const digest = createHash('sha256').update(message).digest();
  const nonce = nonceOf(secret, toBytes(toNumber(digest) % ORDER));
  const r = toNumber(multiplyBase(nonce).subarray(0, 32)) % ORDER;
  const s = (invert(nonce) * ((toNumber(digest) + r * secret) % ORDER)) % ORDER;
  return concatBytes([toBytes(r), toBytes(s)]);
}

/** RFC 6979, section 3.2; the first candidate is out of range once in 2^32 keys and digests. */
function nonceOf(secret: bigint, digest: Uint8Array): bigint {
  const seed = concatBytes([toBytes(secret), digest]);
  let value: Uint8Array = new Uint8Array(32).fill(1);
  let key: Uint8Array = new Uint8Array(32);
  for (const step of [0, 1]) {
    key = hmac(key, concatBytes([value, Uint8Array.of(step), seed]));
    value = hmac(key, value);
  }
  value = hmac(key, value);
  const nonce = toNumber(value);
  if (nonce === 0n || nonce >= ORDER) throw new RangeError('take another seed');
  return nonce;
}

function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(message).digest());
}

/** x ‖ y of a multiple of the base point. */
function multiplyBase(factor: bigint): Uint8Array {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(toBytes(factor));
  return new Uint8Array(curve.getPublicKey()).slice(1);
}

/** Fermat: the order is a prime. */
function invert(value: bigint): bigint {
  let result = 1n;
  let base = value % ORDER;
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = (result * base) % ORDER;
    base = (base * base) % ORDER;
  }
  return result;
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(toHex(bytes));
}

function toBytes(value: bigint): Uint8Array {
  return fromHex(`0x${value.toString(16).padStart(64, '0')}`);
}
