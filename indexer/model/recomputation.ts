import { recomputationAbi, toErrorCode, verificationAbi } from '@truetonne/protocol';
import type { Hex } from '@truetonne/protocol';
import { decodeErrorResult, hexToString, trim } from 'viem';

const ERRORS = [...recomputationAbi, ...verificationAbi].filter(({ type }) => type === 'error');

/** The code of a failure as the source writes it: ASCII in 32 bytes. */
export function codeOfWord(word: Hex): string {
  return hexToString(trim(word, { dir: 'right' }));
}

/**
 * Why an answer is no verdict, of the error that it carries: what the source said where it is the
 * source's, otherwise the code of the error. An error that nobody knows stays as it is.
 */
export function codeOfReason(reason: Hex): string {
  try {
    const { errorName, args } = decodeErrorResult({ abi: ERRORS, data: reason });
    const [first] = args ?? [];
    // Proof: the one argument of SourceFailed is bytes.
    if (errorName === 'SourceFailed') return hexToString(first as Hex);
    return toErrorCode(errorName) ?? errorName;
  } catch {
    return reason;
  }
}
