import type { VerificationResult } from '../../protocol/src/verify/verifyBatch.ts';
import type { Asked } from './chainRecord.ts';

const WORD = 32;

/**
 * Seven words, 224 of the 256 bytes that an answer may have: batch id, root that was asked about, root
 * as rebuilt, creditable Wh, grams, share, and the code of the first failure as ASCII (0: none).
 */
export function encodeAnswer(asked: Asked, result: VerificationResult): Uint8Array {
  const { batchId, root, share, shares } = asked;
  const found = result.verified ? result.summary : { root: '0x0', creditableWh: 0n, grams: 0n };
  const code = result.verified ? 0n : asciiWord(result.failure.code);
  const place = (BigInt(shares) << 8n) | BigInt(share);
  const words = [
    ...[batchId, BigInt(root), BigInt(found.root), found.creditableWh, found.grams],
    ...[place, code],
  ];
  const bytes = new Uint8Array(words.length * WORD);
  words.forEach((word, index) => bytes.set(bytesOf(word), index * WORD));
  return bytes;
}

function bytesOf(word: bigint): Uint8Array {
  const digits = word.toString(16).padStart(2 * WORD, '0');
  return Uint8Array.from({ length: WORD }, (_, index) =>
    Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16),
  );
}

function asciiWord(text: string): bigint {
  const bytes = new TextEncoder().encode(text.slice(0, WORD));
  return [...bytes, ...new Array<number>(WORD - bytes.length).fill(0)].reduce(
    (word, byte) => (word << 8n) | BigInt(byte),
    0n,
  );
}
