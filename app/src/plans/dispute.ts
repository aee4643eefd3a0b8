import { keccak256, stringToHex, type Hex } from 'viem';

/** What stands on the chain for the reason of a dispute, whose text stays with subscriber and arbiter. */
export function reasonHashOf(reason: string): Hex {
  return keccak256(stringToHex(reason.trim()));
}
