import { recourseAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import { contractCall, type Transaction } from '../../transactions/transaction.ts';
import { phrase, tonnes } from '../../ui/format.ts';

export type Kind = 'carbon' | 'energy';
/** Of the contracts' `ClaimKind`. */
const KINDS = { carbon: 0, energy: 1 } as const;

/** Grams as tonnes, or a number of energy certificates, in words. */
export function amountOf(kind: Kind, amount: bigint): string {
  if (kind === 'carbon') return phrase(tonnes(amount));
  return `${String(amount)} energy certificate${amount === 1n ? '' : 's'}`;
}

/** Voids a batch once its notice is over. Anyone may. */
export function executeTransaction(
  recourse: Address,
  batchId: bigint,
  effects: Transaction['effects'],
): Transaction {
  return {
    title: `Void batch ${String(batchId)}`,
    effects,
    warning: 'A void can’t be undone. What it takes leaves circulation for ever.',
    action: 'Void the batch',
    done: 'The batch is voided',
    call: contractCall({
      address: recourse,
      abi: recourseAbi,
      functionName: 'executeVoid',
      args: [batchId],
    }),
  };
}

/** Stops an announced void. Only the admin of the registry may. */
export function cancelTransaction(recourse: Address, batchId: bigint): Transaction {
  return {
    title: `Cancel the void of batch ${String(batchId)}`,
    effects: [
      { label: 'Batch', value: `${String(batchId)} stays as it is` },
      { label: 'Opinions to void it', value: 'set aside; verifiers have to sign anew' },
    ],
    warning: 'Everyone sees that you cancelled it.',
    action: 'Cancel the void',
    done: 'The void is cancelled',
    call: contractCall({
      address: recourse,
      abi: recourseAbi,
      functionName: 'cancelVoid',
      args: [batchId],
    }),
  };
}

export interface CureInput {
  readonly projectId: number;
  readonly projectName: string;
  readonly kind: Kind;
  /** Of the credit, or of the energy certificate, that is handed in. */
  readonly id: bigint;
  readonly name: string;
  readonly amount: bigint;
  readonly owed: bigint;
}

/** Hands in what the wallet holds for the debt of a project. Anyone may. */
export function cureTransaction(recourse: Address, input: CureInput): Transaction {
  const { projectId, projectName, kind, id, name, amount, owed } = input;
  const paid = amountOf(kind, amount);
  return {
    title: `Cure the debt of ${projectName}`,
    effects: [
      { label: 'Leaves your wallet and circulation for ever', value: paid },
      { label: 'Of', value: name },
      { label: 'The project owes afterwards', value: amountOf(kind, owed - amount) },
    ],
    warning: 'It is no retirement: nobody can claim it, and you get no certificate.',
    action: `Hand in ${paid}`,
    done: `${paid} were handed in`,
    call: contractCall({
      address: recourse,
      abi: recourseAbi,
      functionName: 'cure',
      args: [projectId, KINDS[kind], id, amount],
    }),
  };
}
