import type { Explanation } from '../../errors/index.ts';

/** How far a registration of many devices is. Counts are of devices. */
export type SendingState =
  | { readonly step: 'idle' }
  | {
      readonly step: 'sending';
      readonly done: number;
      readonly total: number;
      /** Which transaction this is, from 1, and of how many. */
      readonly transaction: number;
      readonly transactions: number;
      readonly phase: 'preparing' | 'signing' | 'pending';
    }
  | {
      readonly step: 'stopped';
      readonly done: number;
      readonly total: number;
      readonly reason: Explanation;
    }
  | { readonly step: 'finished'; readonly done: number };

export type SendingEvent =
  | { readonly type: 'started'; readonly total: number }
  | {
      readonly type: 'preparing';
      readonly transaction: number;
      readonly transactions: number;
    }
  | { readonly type: 'signing' }
  | { readonly type: 'pending' }
  | { readonly type: 'confirmed'; readonly devices: number }
  | { readonly type: 'stopped'; readonly reason: Explanation };

/** The only ways from one step to the next; an event out of turn changes nothing. */
export function reduceSending(state: SendingState, event: SendingEvent): SendingState {
  if (event.type === 'started') {
    const { total } = event;
    const fresh = { transaction: 1, transactions: 1, phase: 'preparing' } as const;
    return state.step === 'sending' ? state : { step: 'sending', done: 0, total, ...fresh };
  }
  if (state.step !== 'sending') return state;
  const { done, total } = state;
  switch (event.type) {
    case 'preparing': {
      const { transaction, transactions } = event;
      return { ...state, transaction, transactions, phase: 'preparing' };
    }
    case 'signing':
      return { ...state, phase: 'signing' };
    case 'pending':
      return { ...state, phase: 'pending' };
    case 'confirmed': {
      const now = done + event.devices;
      return now >= total ? { step: 'finished', done: now } : { ...state, done: now };
    }
    case 'stopped':
      return { step: 'stopped', done, total, reason: event.reason };
  }
}
