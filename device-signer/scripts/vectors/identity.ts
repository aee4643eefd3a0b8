import { domainOf, toHex, type Hex } from '@truetonne/protocol';
import { KEY, OTHER_KEY } from './place.ts';

const ADDRESSES: readonly Hex[] = [
  '0x0000000000000000000000000000000000000000',
  '0x00000000000000000000000000000000deadbeef',
  '0xffffffffffffffffffffffffffffffffffffffff',
];

/** SPEC section 1. */
export function makeIdentity(): object {
  const domains = [1, 137, 31_337, 80_002, 2 ** 53 - 1].flatMap((chainId) =>
    ADDRESSES.map((registry) => ({
      name: `registry ${registry.slice(0, 6)}...${registry.slice(-4)} on chain ${chainId}`,
      chainId,
      registry,
      domain: domainOf(chainId, registry),
    })),
  );
  const devices = [KEY, OTHER_KEY].map(({ publicKey, deviceId }, index) => ({
    name: `device ${index + 1}`,
    publicKey: toHex(publicKey),
    deviceId,
  }));
  return { description: 'Domains and device ids, SPEC section 1.', domains, devices };
}
