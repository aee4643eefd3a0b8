import type { Hex, Log } from 'viem';
import type { Explanation } from '../errors/index.ts';

/** Where a transaction stands. `feeWei` is what the network is expected to take, in wei. */
export type TransactionState =
  | { readonly step: 'simulating' }
  | { readonly step: 'refused'; readonly reason: Explanation }
  | { readonly step: 'ready'; readonly feeWei: bigint; readonly rejected?: Explanation }
  | { readonly step: 'signing'; readonly feeWei: bigint }
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
  | { readonly type: 'simulated'; readonly feeWei: bigint }
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
      return state.step === 'simulating' ? { step: 'ready', feeWei: event.feeWei } : state;
    case 'refused':
      return state.step === 'simulating' ? { step: 'refused', reason: event.reason } : state;
    case 'signatureAsked':
      return state.step === 'ready' ? { step: 'signing', feeWei: state.feeWei } : state;
    case 'notSent':
      return state.step === 'signing'
        ? { step: 'ready', feeWei: state.feeWei, rejected: event.reason }
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
