/**
 * The reason of an opinion. A short one travels inside the opinion itself, as a `data:` URI (RFC 2397):
 * nobody has to keep a document for it, and its hash is signed.
 */
import { sha256, stringToBytes, type Hex } from 'viem';
import type { Checked } from '../../forms/index.ts';

const LEAD = 'data:;charset=utf-8,';
/** Of `Opinions.sol`. */
const MAX_URI_BYTES = 256;
const NO_REASON = `0x${'00'.repeat(32)}` as const;

export type ChosenVerdict = 'approve' | 'reject' | 'void';

/** What of the reason is signed. */
export interface Reason {
  readonly reasonHash: Hex;
  readonly reasonUri: string;
}

function hashOf(words: string): Hex {
  return sha256(stringToBytes(words));
}

/** Whoever speaks against a batch says why; an approval may go without. */
export function checkReason(input: string, verdict: ChosenVerdict): Checked<Reason> {
  const words = input.trim();
  if (words === '') {
    if (verdict === 'approve') {
      return { ok: true, value: { reasonHash: NO_REASON, reasonUri: '' } };
    }
    return { ok: false, problem: 'Say why: against a batch only a reason counts.' };
  }
  // A lone half of a surrogate pair has no encoding.
  if (!words.isWellFormed()) return { ok: false, problem: 'The text holds a broken character.' };
  const reasonUri = LEAD + encodeURIComponent(words);
  const excess = reasonUri.length - MAX_URI_BYTES;
  if (excess > 0) {
    return { ok: false, problem: `Too long for the chain by ${excess} bytes. Shorten it.` };
  }
  return { ok: true, value: { reasonHash: hashOf(words), reasonUri } };
}

/** What is known of a reason: its words when they are those that were signed, else where it is. */
export type ReadReason =
  | { readonly kind: 'none' }
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'elsewhere'; readonly uri: string }
  | { readonly kind: 'false' };

export function readReason({ reasonHash, reasonUri }: Reason): ReadReason {
  if (BigInt(reasonHash) === 0n) return { kind: 'none' };
  if (!reasonUri.startsWith(LEAD)) return { kind: 'elsewhere', uri: reasonUri };
  const words = decode(reasonUri.slice(LEAD.length));
  if (words === undefined || hashOf(words) !== reasonHash) return { kind: 'false' };
  return { kind: 'words', words };
}

function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
