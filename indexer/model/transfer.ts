import type { Address, Hex } from 'viem';
import { zeroAddress } from 'viem';

/** One credit moved; a batch transfer is one log with several movements. */
export interface Movement {
  readonly id: string;
  readonly creditId: bigint;
  readonly grams: bigint;
}

/** Names one movement across the chain: transaction, index of the log, position in the log. */
export function transferIdOf(transactionHash: Hex, logIndex: number, position: number): string {
  return `${transactionHash}-${logIndex}-${position}`;
}

/** ERC-1155 shows minting as a transfer from nobody and burning as a transfer to nobody. */
export function transferKindOf(from: Address, to: Address): 'mint' | 'transfer' | 'burn' {
  if (from === zeroAddress) return 'mint';
  return to === zeroAddress ? 'burn' : 'transfer';
}

/**
 * Pairs the two lists of ERC-1155's TransferBatch.
 * @throws RangeError when the lists are not equally long, which the standard rules out
 */
export function movementsOf(
  ids: readonly bigint[],
  values: readonly bigint[],
  transactionHash: Hex,
  logIndex: number,
): Movement[] {
  return ids.map((creditId, position) => {
    const id = transferIdOf(transactionHash, logIndex, position);
    const grams = values[position];
    if (grams === undefined) throw new RangeError(`Transfer ${id} has an id but no value`);
    return { id, creditId, grams };
  });
}
