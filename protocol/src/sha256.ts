import { sha256 as portableSha256 } from '@noble/hashes/sha2.js';

type Hash = (bytes: Uint8Array) => Uint8Array;

/** What of the platform is looked for; browsers have no `process`. */
interface Host {
  readonly process?: {
    readonly getBuiltinModule?: (name: 'node:crypto') => PlatformCrypto | undefined;
  };
}

interface PlatformCrypto {
  readonly hash?: (algorithm: 'sha256', bytes: Uint8Array, encoding: 'buffer') => Uint8Array;
}

/** SHA-256; by the platform's own code where it can be called without waiting (Node), else portable. */
export const sha256: Hash = findPlatformHash() ?? portableSha256;

function findPlatformHash(): Hash | undefined {
  const host: Host = globalThis;
  const hash = host.process?.getBuiltinModule?.('node:crypto')?.hash;
  return hash === undefined ? undefined : (bytes) => hash('sha256', bytes, 'buffer');
}
