import { creditAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { phrase, tonnes } from '../../../ui/format.ts';
import type { CheckedDedication } from '../../../dedication/dedication.ts';
import { effectsOf } from '../../../dedication/effects.ts';
import type { Holding } from '../holding.ts';

export interface RetireInput {
  readonly holding: Holding;
  readonly grams: bigint;
  readonly checked: CheckedDedication;
}

interface Contracts {
  readonly credit: Address;
  /** Absent where nothing is certified. */
  readonly certificates: Address | undefined;
}

function callOf({ credit, certificates }: Contracts, { holding, grams, checked }: RetireInput) {
  const { dedication, certificate } = checked;
  const base = { address: credit, abi: creditAbi } as const;
  const args = [holding.creditId, grams, dedication] as const;
  if (!certificate || certificates === undefined) {
    return contractCall({ ...base, functionName: 'retire', args });
  }
  return contractCall({
    ...base,
    functionName: 'retireWithCertificate',
    args: [...args, certificates],
  });
}

/** Takes credits out of circulation for ever, with a certificate if wished. */
export function retireTransaction(contracts: Contracts, input: RetireInput): Transaction {
  const { holding, grams, checked } = input;
  const amount = phrase(tonnes(grams));
  return {
    title: 'Retire credits',
    effects: [
      { label: 'Leaves circulation for ever', value: amount },
      { label: 'Credit', value: holding.name },
      ...effectsOf(checked),
      { label: 'You keep', value: phrase(tonnes(holding.grams - grams)) },
    ],
    warning: 'Nobody can undo a retirement, and its words stay public for ever.',
    action: `Retire ${amount}`,
    done: `Retired ${amount}`,
    call: callOf(contracts, input),
  };
}
