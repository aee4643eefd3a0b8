import type { Hex } from '@truetonne/protocol';
import { decodeAbiParameters, hexToString, trim } from 'viem';

/** What a node answers about one share of a batch (functions/source/answer.ts). */
export interface Answer {
  readonly batchId: bigint;
  readonly askedRoot: Hex;
  readonly root: Hex;
  readonly creditableWh: bigint;
  readonly grams: bigint;
  readonly share: number;
  readonly shares: number;
  /** Code of the first failure; empty when the batch is what its file says. */
  readonly code: string;
}

const WORDS = [
  'uint256',
  'bytes32',
  'bytes32',
  'uint256',
  'uint256',
  'uint256',
  'bytes32',
] as const;

export function decodeAnswer(bytes: Hex): Answer {
  const types = WORDS.map((type) => ({ type }));
  // Proof: the types above.
  const [batchId, askedRoot, root, creditableWh, grams, place, code] = decodeAbiParameters(
    types,
    bytes,
  ) as readonly [bigint, Hex, Hex, bigint, bigint, bigint, Hex];
  return {
    ...{ batchId, askedRoot, root, creditableWh, grams },
    share: Number(place & 0xffn),
    shares: Number(place >> 8n),
    code: BigInt(code) === 0n ? '' : hexToString(trim(code, { dir: 'right' })),
  };
}
