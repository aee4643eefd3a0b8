import { fromHex, toHex, viewOf, type Hex } from '../bytes.ts';
import type { SignatureVerifier } from '../identity/signature.ts';
import { readTime, setUnsigned } from '../window/reading.ts';
import { assertMagic, assertOrigin, assertSize, assertSizes, type Signed } from './signed.ts';

export const CREDENTIAL_REQUEST_SIZE = 76;

/** "TTQ", version 1. */
const MAGIC = 0x54545101;

/** A device asks for a broker password (SPEC section 10); `requestedAt` in Unix seconds. */
export interface CredentialRequest {
  readonly domain: Hex;
  readonly deviceId: Hex;
  readonly requestedAt: number;
}

/** Packs a request into its 76 bytes. Throws VALUE_OUT_OF_RANGE with the field. */
export function encodeCredentialRequest(request: CredentialRequest): Uint8Array {
  const bytes = new Uint8Array(CREDENTIAL_REQUEST_SIZE);
  const view = viewOf(bytes);
  view.setUint32(0, MAGIC);
  bytes.set(fromHex(request.domain), 4);
  bytes.set(fromHex(request.deviceId), 36);
  setUnsigned(view, 68, BigInt(request.requestedAt), 'requestedAt', 40);
  return bytes;
}

/** Unpacks a request. Throws STATEMENT_INVALID, VERSION_UNKNOWN or VALUE_OUT_OF_RANGE. */
export function decodeCredentialRequest(bytes: Uint8Array): CredentialRequest {
  assertSize('request', bytes, CREDENTIAL_REQUEST_SIZE);
  assertMagic(bytes, MAGIC);
  return {
    domain: toHex(bytes.subarray(4, 36)),
    deviceId: toHex(bytes.subarray(36, 68)),
    requestedAt: readTime(viewOf(bytes), 68, 'requestedAt'),
  };
}

/** Unpacks a request that a device signed. Throws in the order of SPEC section 9, up to the signature. */
export async function verifyCredentialRequest(
  signed: Signed,
  domain: Hex,
  verify: SignatureVerifier,
): Promise<CredentialRequest> {
  assertSizes(signed, CREDENTIAL_REQUEST_SIZE);
  const request = decodeCredentialRequest(signed.bytes);
  await assertOrigin(request, signed, domain, verify);
  return request;
}
