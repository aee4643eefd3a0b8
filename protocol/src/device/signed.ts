import { viewOf, type Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import { deviceIdOf } from '../identity/identity.ts';
import {
  assertLowS,
  PUBLIC_KEY_SIZE,
  SIGNATURE_SIZE,
  type SignatureVerifier,
} from '../identity/signature.ts';

/** Bytes that a device signed (SPEC section 1), with what should prove it. */
export interface Signed {
  readonly bytes: Uint8Array;
  /** x ‖ y */
  readonly publicKey: Uint8Array;
  /** r ‖ s over the SHA-256 of `bytes` */
  readonly signature: Uint8Array;
}

/** What every statement says of itself. */
interface Origin {
  readonly domain: Hex;
  readonly deviceId: Hex;
}

/** The first check of SPEC section 9. Throws STATEMENT_INVALID with what has the wrong length. */
export function assertSizes({ bytes, publicKey, signature }: Signed, size: number): void {
  assertSize('statement', bytes, size);
  assertSize('publicKey', publicKey, PUBLIC_KEY_SIZE);
  assertSize('signature', signature, SIGNATURE_SIZE);
}

export function assertSize(field: string, bytes: Uint8Array, size: number): void {
  if (bytes.length === size) return;
  const expected = `${String(size)} bytes`;
  throw new TonneError('STATEMENT_INVALID', { field, value: String(bytes.length), expected });
}

/** Throws VERSION_UNKNOWN unless the bytes begin with `magic`. */
export function assertMagic(bytes: Uint8Array, magic: number): void {
  const found = viewOf(bytes).getUint32(0);
  if (found === magic) return;
  const expected = magic.toString(16);
  throw new TonneError('VERSION_UNKNOWN', { field: 'magic', value: found.toString(16), expected });
}

/** Throws DOMAIN_MISMATCH unless something was signed for this registry. */
export function assertDomain(found: Hex, domain: Hex): void {
  if (found === domain) return;
  throw new TonneError('DOMAIN_MISMATCH', { field: 'domain', value: found, expected: domain });
}

/** Throws PUBLIC_KEY_MISMATCH, SIGNATURE_HIGH_S or SIGNATURE_INVALID unless the device signed it. */
export async function assertSignedBy(
  deviceId: Hex,
  { bytes, publicKey, signature }: Signed,
  verify: SignatureVerifier,
): Promise<void> {
  const found = deviceIdOf(publicKey);
  if (found !== deviceId) {
    const details = { field: 'publicKey', value: found, expected: deviceId };
    throw new TonneError('PUBLIC_KEY_MISMATCH', details);
  }
  assertLowS(signature);
  if (await verify(publicKey, bytes, signature)) return;
  throw new TonneError('SIGNATURE_INVALID', { field: 'signature', value: deviceId });
}

/** The checks of SPEC section 9 that follow size, magic and limits. */
export async function assertOrigin(
  { domain, deviceId }: Origin,
  signed: Signed,
  expectedDomain: Hex,
  verify: SignatureVerifier,
): Promise<void> {
  assertDomain(domain, expectedDomain);
  await assertSignedBy(deviceId, signed, verify);
}
