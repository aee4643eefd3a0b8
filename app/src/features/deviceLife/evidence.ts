/** The proof that a key was copied, from the parts that the oracle keeps. */
import {
  createWebCryptoVerifier,
  decodeHeader,
  fromHex,
  verifyEquivocation,
  type Equivocation,
  type Hex,
  type ProvenEquivocation,
  type WindowHeader,
} from '@truetonne/protocol';
import type { StoredEquivocation } from '../../api/oracle/fleet.ts';

export interface Evidence {
  readonly proof: Equivocation;
  readonly proven: ProvenEquivocation;
  readonly headers: readonly [WindowHeader, WindowHeader];
}

/** Checks the evidence here as the contract will. @throws TonneError as `freezeDevice` */
export async function examine(
  { a, b }: StoredEquivocation,
  publicKey: Hex,
  domain: Hex,
): Promise<Evidence> {
  const proof: Equivocation = {
    publicKey: fromHex(publicKey),
    headerA: fromHex(a.header),
    signatureA: fromHex(a.signature),
    headerB: fromHex(b.header),
    signatureB: fromHex(b.signature),
  };
  const proven = await verifyEquivocation(proof, domain, createWebCryptoVerifier());
  return { proof, proven, headers: [decodeHeader(proof.headerA), decodeHeader(proof.headerB)] };
}
