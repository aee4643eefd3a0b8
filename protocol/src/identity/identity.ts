import { concatBytes, fromHex, type Hex } from '../bytes.ts';
import { sha256 } from '../sha256.ts';

const DOMAIN_TAG = new TextEncoder().encode('TrueTonne/v1/domain');

/** Domain of a registry on a chain (SPEC section 1): binds each signature to one place of issue. */
export function domainOf(chainId: number, registry: Hex): Hex {
  const chain = new Uint8Array(8);
  new DataView(chain.buffer).setBigUint64(0, BigInt(chainId));
  return sha256(concatBytes([DOMAIN_TAG, chain, fromHex(registry)]));
}

/** Device id of a 64-byte public key x ‖ y (SPEC section 1). */
export function deviceIdOf(publicKey: Uint8Array): Hex {
  return sha256(publicKey);
}
