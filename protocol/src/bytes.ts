import { findPlatformBuffer } from './platform.ts';

/** Hex text of bytes, lower case, with its `0x`. */
export type Hex = `0x${string}`;

const HEX_DIGITS = /^0x(?:[0-9a-fA-F]{2})*$/;
const MAX_ARGUMENTS = 8_192;
const HEX_CODES = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** Bytes to hex with `0x`; by the platform's own code where there is some (Node), else portable. */
export const toHex: (bytes: Uint8Array) => Hex = createPlatformHex() ?? toPortableHex;

function createPlatformHex(): typeof toHex | undefined {
  const buffers = findPlatformBuffer();
  if (buffers === undefined) return undefined;
  return ({ buffer, byteOffset, byteLength }) =>
    `0x${buffers.from(buffer, byteOffset, byteLength).toString('hex')}`;
}

export function toPortableHex(bytes: Uint8Array): Hex {
  // One string of known length: joining it digit by digit leaves thousands of pieces to collect.
  const codes: number[] = [];
  for (const byte of bytes) codes.push(HEX_CODES[byte >> 4] ?? 0, HEX_CODES[byte & 15] ?? 0);
  return `0x${textOf(codes)}`;
}

/** Arguments of one call are limited, so long texts are made in parts. */
function textOf(codes: readonly number[]): string {
  if (codes.length <= MAX_ARGUMENTS) return String.fromCharCode(...codes);
  let text = '';
  for (let start = 0; start < codes.length; start += MAX_ARGUMENTS) {
    text += String.fromCharCode(...codes.slice(start, start + MAX_ARGUMENTS));
  }
  return text;
}

/** Hex, with or without `0x`, to bytes; `undefined` when it is not whole bytes of hex. */
export function findBytes(text: string): Uint8Array | undefined {
  const prefixed = text.startsWith('0x') ? text : `0x${text}`;
  if (!HEX_DIGITS.test(prefixed)) return undefined;
  const bytes = new Uint8Array(prefixed.length / 2 - 1);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(prefixed.slice(2 + 2 * index, 4 + 2 * index), 16);
  }
  return bytes;
}

/** Hex of the program's own making to bytes. Throws RangeError on anything else. */
export function fromHex(text: string): Uint8Array {
  const bytes = findBytes(text);
  if (bytes === undefined) throw new RangeError(`not hex: ${text.slice(0, 80)}`);
  return bytes;
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Order of bytes as big-endian numbers of one length: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** A big-endian view on bytes, wherever they lie in their buffer. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
