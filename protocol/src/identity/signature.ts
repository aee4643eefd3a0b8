import { compareBytes, fromHex, toHex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';

/** Order of P-256 (FIPS 186-4, D.1.2.3). */
const CURVE_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF_ORDER = fromHex(`0x${(CURVE_ORDER >> 1n).toString(16).padStart(64, '0')}`);

export const SIGNATURE_SIZE = 64;
export const PUBLIC_KEY_SIZE = 64;

/** Throws SIGNATURE_HIGH_S when s of r ‖ s is above n/2. */
export function assertLowS(signature: Uint8Array): void {
  const s = signature.subarray(32);
  if (compareBytes(s, HALF_ORDER) > 0) {
    throw new TonneError('SIGNATURE_HIGH_S', { field: 'signature', value: toHex(s) });
  }
}

/** The low-s form of r ‖ s: libraries such as OpenSSL return either. */
export function toLowS(signature: Uint8Array): Uint8Array {
  const s = BigInt(toHex(signature.subarray(32)));
  if (s <= CURVE_ORDER >> 1n) return signature;
  const low = fromHex(`0x${(CURVE_ORDER - s).toString(16).padStart(64, '0')}`);
  const normalised = signature.slice();
  normalised.set(low, 32);
  return normalised;
}

/** Says whether a signature (r ‖ s) of a message is that of a public key (x ‖ y). */
export type SignatureVerifier = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>;

/** A verifier on WebCrypto, which Node, Deno and browsers share. Keys are imported once each. */
export function createWebCryptoVerifier(): SignatureVerifier {
  const keys = new Map<string, Promise<CryptoKey>>();
  return async (publicKey, message, signature) => {
    const name = toHex(publicKey);
    const imported = keys.get(name) ?? importPublicKey(publicKey);
    keys.set(name, imported);
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const key = await imported.catch(() => undefined);
    if (key === undefined) return false;
    return crypto.subtle.verify(
      algorithm,
      key,
      Uint8Array.from(signature),
      Uint8Array.from(message),
    );
  };
}

/** Uncompressed point of SEC 1: 04 ‖ x ‖ y. */
function importPublicKey(publicKey: Uint8Array): Promise<CryptoKey> {
  const point = new Uint8Array(1 + PUBLIC_KEY_SIZE);
  point[0] = 4;
  point.set(publicKey, 1);
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  return crypto.subtle.importKey('raw', point, curve, false, ['verify']);
}
