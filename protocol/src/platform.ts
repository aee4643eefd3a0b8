/** What Node brings that is faster than portable code; browsers have no `process`. */
interface Host {
  readonly process?: {
    readonly getBuiltinModule?: {
      (name: 'node:crypto'): PlatformCrypto | undefined;
      (name: 'node:buffer'): PlatformBuffer | undefined;
    };
  };
}

interface PlatformCrypto {
  readonly hash?: (algorithm: 'sha256', bytes: Uint8Array, encoding: 'hex') => string;
}

interface PlatformBuffer {
  readonly Buffer?: {
    readonly from: (
      buffer: ArrayBufferLike,
      offset: number,
      length: number,
    ) => { readonly toString: (encoding: 'hex') => string };
  };
}

const host: Host = globalThis;
const getBuiltin = host.process?.getBuiltinModule;

export function findPlatformHash(): PlatformCrypto['hash'] {
  return getBuiltin?.('node:crypto')?.hash;
}

export function findPlatformBuffer(): PlatformBuffer['Buffer'] {
  return getBuiltin?.('node:buffer')?.Buffer;
}
