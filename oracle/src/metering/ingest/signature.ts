import { createPublicKey, verify, type KeyObject } from 'node:crypto';

/** ASN.1 tags (X.690). */
const SEQUENCE = 0x30;
const INTEGER = 0x02;
const SCALAR_SIZE = 32;

/** DER of SubjectPublicKeyInfo for an uncompressed point on P-256, up to the point (RFC 5480). */
const SPKI_PREFIX = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');

/** A public key (x ‖ y) ready for use; `undefined` when it is no point of the curve. */
export function importKey(publicKey: Uint8Array): KeyObject | undefined {
  try {
    const key = Buffer.concat([SPKI_PREFIX, publicKey]);
    return createPublicKey({ key, format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

/** Checks a signature r ‖ s, here and now: for threads that do nothing else. */
export function isSignature(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  // Node takes r ‖ s as well, but turns it into DER at half the cost of the verification itself.
  return verify('sha256', message, key, toDer(signature));
}

/** The DER form of r ‖ s: a sequence of two integers (RFC 3279, section 2.2.3). */
export function toDer(signature: Uint8Array): Uint8Array {
  const r = trimZeros(signature.subarray(0, SCALAR_SIZE));
  const s = trimZeros(signature.subarray(SCALAR_SIZE));
  const rSize = r.length + signByte(r);
  const sSize = s.length + signByte(s);
  const der = new Uint8Array(6 + rSize + sSize);
  der.set([SEQUENCE, 4 + rSize + sSize, INTEGER, rSize]);
  der.set(r, 4 + signByte(r));
  der.set([INTEGER, sSize], 4 + rSize);
  der.set(s, 6 + rSize + signByte(s));
  return der;
}

/** An integer has no leading zeros, and at least one byte. */
function trimZeros(scalar: Uint8Array): Uint8Array {
  let start = 0;
  while (start < scalar.length - 1 && scalar[start] === 0) start++;
  return scalar.subarray(start);
}

/** A zero byte goes before an integer whose highest bit would make it negative. */
function signByte(scalar: Uint8Array): 0 | 1 {
  return (scalar[0] ?? 0) >= 0x80 ? 1 : 0;
}
