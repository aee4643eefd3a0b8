import { hexToBytes, type Hex } from 'viem';

/** Two ASCII letters (ISO 3166-1 alpha-2) from the chain's bytes2. */
export function countryOf(code: Hex): string {
  return String.fromCharCode(...hexToBytes(code));
}
