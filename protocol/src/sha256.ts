import { sha256 as portableSha256 } from '@noble/hashes/sha2.js';
import { toHex, type Hex } from './bytes.ts';
import { findPlatformHash } from './platform.ts';

type Hash = (bytes: Uint8Array) => Hex;

/** SHA-256; by the platform's own code where it can be called without waiting (Node), else portable. */
export const sha256: Hash = createPlatformHash() ?? ((bytes) => toHex(portableSha256(bytes)));

function createPlatformHash(): Hash | undefined {
  const hash = findPlatformHash();
  return hash === undefined ? undefined : (bytes) => `0x${hash('sha256', bytes, 'hex')}`;
}
