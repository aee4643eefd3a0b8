import { createHash } from 'node:crypto';
import { concatBytes, encodeWindow, HEADER_SIZE, type SealedWindow } from '@truetonne/protocol';
import type { DeviceKey } from '../../src/key.ts';
import { KEY } from './place.ts';

/** Where the fields of a header lie (SPEC section 4). */
export const AT = {
  magic: 0,
  domain: 4,
  deviceId: 36,
  sequence: 68,
  openedAt: 76,
  closedAt: 84,
  exportWh: 92,
  importWh: 100,
  count: 108,
  flags: 110,
  readingsHash: 112,
  previousHash: 144,
} as const;

/** Bytes that replace others, from an offset on. */
export type Patch = readonly [offset: number, bytes: Uint8Array];

/** How to spoil a valid window. What is not given stays valid: a forged header is signed again. */
export interface Forgery {
  /** Of the header; applied before it is signed. */
  readonly header?: readonly Patch[];
  /** Of the readings; the header commits to the patched ones. */
  readonly readings?: readonly Patch[];
  /** Whole other readings, before `readings` is applied. */
  readonly readingsBytes?: Uint8Array;
  readonly key?: DeviceKey;
}

/** A window that a careless or hostile device could have sealed. */
export function forge(window: SealedWindow, forgery: Forgery): Uint8Array {
  const readings = patched(forgery.readingsBytes ?? window.readingsBytes, forgery.readings ?? []);
  const hash = new Uint8Array(createHash('sha256').update(readings).digest());
  const own: Patch = [AT.readingsHash, hash];
  const header = patched(window.headerBytes, [own, ...(forgery.header ?? [])]);
  const signature = (forgery.key ?? KEY).sign(header);
  return concatBytes([header, signature, readings]);
}

/** The same header and readings with another signature. */
export function withSignature(window: SealedWindow, signature: Uint8Array): Uint8Array {
  return patched(encodeWindow(window), [[HEADER_SIZE, signature]]);
}

export function patched(bytes: Uint8Array, patches: readonly Patch[]): Uint8Array {
  const copy = bytes.slice();
  for (const [offset, replacement] of patches) copy.set(replacement, offset);
  return copy;
}

export function u64(value: bigint | number): Uint8Array {
  return unsigned(BigInt(value), 8);
}

export function u32(value: bigint | number): Uint8Array {
  return unsigned(BigInt(value), 4);
}

export function u16(value: number): Uint8Array {
  return unsigned(BigInt(value), 2);
}

function unsigned(value: bigint, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) =>
    Number((value >> BigInt(8 * (size - 1 - index))) & 0xffn),
  );
}
