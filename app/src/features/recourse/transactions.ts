import { recourseAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import { CLAIM_KINDS, type ClaimKind } from '../../chain/claims.ts';
import { contractCall, type Transaction } from '../../transactions/transaction.ts';
import { certificates, phrase, tonnes } from '../../ui/format.ts';

/** Grams as tonnes, or a number of energy certificates, in words. */
export function amountOf(kind: ClaimKind, amount: bigint): string {
  return kind === 'carbon' ? phrase(tonnes(amount)) : certificates(amount);
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
  readonly kind: ClaimKind;
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
    done: `Handed in ${paid}`,
    call: contractCall({
      address: recourse,
      abi: recourseAbi,
      functionName: 'cure',
      args: [projectId, CLAIM_KINDS[kind], id, amount],
    }),
  };
}
