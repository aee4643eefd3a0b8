import { creditAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { phrase, tonnes } from '../../../ui/format.ts';
import type { Holding } from '../holding.ts';

export interface TransferInput {
  readonly holding: Holding;
  readonly from: Address;
  readonly to: Address;
  readonly grams: bigint;
}

/** Gives credits to another wallet. */
export function transferTransaction(credit: Address, input: TransferInput): Transaction {
  const { holding, from, to, grams } = input;
  const amount = phrase(tonnes(grams));
  return {
    title: 'Transfer credits',
    effects: [
      { label: 'Leaves your wallet', value: amount },
      { label: 'Credit', value: holding.name },
      { label: 'Goes to', value: to },
      { label: 'You keep', value: phrase(tonnes(holding.grams - grams)) },
    ],
    warning: 'A transfer can only be undone by whoever receives it.',
    action: `Transfer ${amount}`,
    done: `Transferred ${amount}`,
    call: contractCall({
      address: credit,
      abi: creditAbi,
      functionName: 'safeTransferFrom',
      args: [from, to, holding.creditId, grams, '0x'],
    }),
  };
}
