import type { AccessList, Hex, Log } from 'viem';
import type { Explanation } from '../errors/index.ts';

/** What the network is expected to take, wei, and the slots to name so that it is no more. */
export interface Fee {
  readonly feeWei: bigint;
  readonly accessList: AccessList | undefined;
}

/** Where a transaction stands. */
export type TransactionState =
  | { readonly step: 'simulating' }
  | { readonly step: 'refused'; readonly reason: Explanation }
  | { readonly step: 'ready'; readonly fee: Fee; readonly rejected?: Explanation }
  | { readonly step: 'signing'; readonly fee: Fee }
  | { readonly step: 'pending'; readonly hash: Hex }
  | {
      readonly step: 'confirmed';
      readonly hash: Hex;
      readonly blockNumber: bigint;
      readonly logs: readonly Log[];
    }
  | { readonly step: 'failed'; readonly hash: Hex; readonly reason: Explanation };

export type TransactionEvent =
  | { readonly type: 'simulationStarted' }
  | { readonly type: 'simulated'; readonly fee: Fee }
  | { readonly type: 'refused'; readonly reason: Explanation }
  | { readonly type: 'signatureAsked' }
  | { readonly type: 'notSent'; readonly reason: Explanation }
  | { readonly type: 'sent'; readonly hash: Hex }
  | { readonly type: 'confirmed'; readonly blockNumber: bigint; readonly logs: readonly Log[] }
  | { readonly type: 'reverted'; readonly reason: Explanation };

export const initialState: TransactionState = { step: 'simulating' };

/** The only ways from one step to the next; an event out of turn changes nothing. */
export function reduceTransaction(
  state: TransactionState,
  event: TransactionEvent,
): TransactionState {
  switch (event.type) {
    case 'simulationStarted':
      return isSent(state) ? state : { step: 'simulating' };
    case 'simulated':
      return state.step === 'simulating' ? { step: 'ready', fee: event.fee } : state;
    case 'refused':
      return state.step === 'simulating' ? { step: 'refused', reason: event.reason } : state;
    case 'signatureAsked':
      return state.step === 'ready' ? { step: 'signing', fee: state.fee } : state;
    case 'notSent':
      return state.step === 'signing'
        ? { step: 'ready', fee: state.fee, rejected: event.reason }
        : state;
    case 'sent':
      return state.step === 'signing' ? { step: 'pending', hash: event.hash } : state;
    case 'confirmed':
      return state.step === 'pending'
        ? {
            step: 'confirmed',
            hash: state.hash,
            blockNumber: event.blockNumber,
            logs: event.logs,
          }
        : state;
    case 'reverted':
      return state.step === 'pending'
        ? { step: 'failed', hash: state.hash, reason: event.reason }
        : state;
  }
}

/** Once sent, a transaction is no longer ours to change or repeat. */
function isSent({ step }: TransactionState): boolean {
  return step === 'signing' || step === 'pending' || step === 'confirmed' || step === 'failed';
}
