import type { Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import type { SignatureVerifier } from '../identity/signature.ts';
import { sha256 } from '../sha256.ts';
import { decodeHeader, HEADER_SIZE, type WindowHeader } from '../window/header.ts';
import { assertDomain, assertSignedBy, assertSizes, type Signed } from './signed.ts';

/** Two headers of one device with one sequence number: what `freezeDevice` takes. */
export interface Equivocation {
  readonly publicKey: Uint8Array;
  readonly headerA: Uint8Array;
  readonly signatureA: Uint8Array;
  readonly headerB: Uint8Array;
  readonly signatureB: Uint8Array;
}

/** What an equivocation proves. */
export interface ProvenEquivocation {
  readonly deviceId: Hex;
  readonly sequence: number;
  readonly headerHashA: Hex;
  readonly headerHashB: Hex;
}

/**
 * Checks a proof as the contract does: each header is valid by itself, then both are of one device and
 * one sequence number and differ (NOT_EQUIVOCAL), then both signatures.
 */
export async function verifyEquivocation(
  proof: Equivocation,
  domain: Hex,
  verify: SignatureVerifier,
): Promise<ProvenEquivocation> {
  const { publicKey } = proof;
  const a: Signed = { bytes: proof.headerA, publicKey, signature: proof.signatureA };
  const b: Signed = { bytes: proof.headerB, publicKey, signature: proof.signatureB };
  const [first, second] = [parseHeader(a, domain), parseHeader(b, domain)];
  const [headerHashA, headerHashB] = [sha256(a.bytes), sha256(b.bytes)];
  const { deviceId, sequence } = first;
  const sameNumber = deviceId === second.deviceId && sequence === second.sequence;
  if (!sameNumber || headerHashA === headerHashB) {
    throw new TonneError('NOT_EQUIVOCAL', {
      field: 'headers',
      value: `${describe(first)} and ${describe(second)}`,
      expected: 'different headers of one device with one sequence number',
    });
  }
  await assertSignedBy(deviceId, a, verify);
  await assertSignedBy(deviceId, b, verify);
  return { deviceId, sequence, headerHashA, headerHashB };
}

/** A header that is valid by itself, but for its signature. */
function parseHeader(signed: Signed, domain: Hex): WindowHeader {
  assertSizes(signed, HEADER_SIZE);
  const header = decodeHeader(signed.bytes);
  assertDomain(header.domain, domain);
  if (header.openedAt >= header.closedAt) {
    const expected = `> ${String(header.openedAt)}`;
    const value = String(header.closedAt);
    throw new TonneError('TIME_ORDER', { field: 'closedAt', value, expected });
  }
  return header;
}

function describe({ deviceId, sequence }: WindowHeader): string {
  return `${deviceId.slice(0, 10)}... ${String(sequence)}`;
}
