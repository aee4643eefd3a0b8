import { domainOf, type Hex } from '@truetonne/protocol';
import { headOfClaim, signClaim } from '../../src/seal.ts';
import { createTestKey } from './deterministicKey.ts';

/** Where all vectors were signed for: a local chain and an address that nothing is deployed at. */
export const CHAIN_ID = 31_337;
export const REGISTRY: Hex = '0x00000000000000000000000000000000deadbeef';
export const DOMAIN = domainOf(CHAIN_ID, REGISTRY);
export const OWNER: Hex = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';

/** 2023-11-14T22:13:20Z. */
export const CLAIMED_AT = 1_700_000_000;

export const KEY = createTestKey('device 1');
export const OTHER_KEY = createTestKey('device 2');

export const CLAIM = signClaim(KEY, {
  domain: DOMAIN,
  owner: OWNER,
  claimedAt: CLAIMED_AT,
  exportWh: 1_000n,
  importWh: 10n,
});
export const HEAD = headOfClaim(CLAIM);

/** What every vectors file says about itself. */
export function describeFile(description: string): object {
  return { description, chainId: CHAIN_ID, registry: REGISTRY, domain: DOMAIN };
}
