import { creditAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { phrase, tonnes } from '../../../ui/format.ts';
import type { Holding } from '../holding.ts';

export interface RetireInput {
  readonly holding: Holding;
  readonly grams: bigint;
  readonly beneficiary: string;
  readonly purpose: string;
}

/** Takes credits out of circulation for ever, for a beneficiary. */
export function retireTransaction(credit: Address, input: RetireInput): Transaction {
  const { holding, grams, beneficiary, purpose } = input;
  const amount = phrase(tonnes(grams));
  return {
    title: 'Retire credits',
    effects: [
      { label: 'Leaves circulation for ever', value: amount },
      { label: 'Credit', value: holding.name },
      { label: 'For the benefit of', value: beneficiary },
      { label: 'Purpose', value: purpose },
      { label: 'You keep', value: phrase(tonnes(holding.grams - grams)) },
    ],
    warning: 'Nobody can undo a retirement, and its words stay public for ever.',
    action: `Retire ${amount}`,
    done: `Retired ${amount}`,
    call: contractCall({
      address: credit,
      abi: creditAbi,
      functionName: 'retire',
      args: [holding.creditId, grams, beneficiary, purpose],
    }),
  };
}
