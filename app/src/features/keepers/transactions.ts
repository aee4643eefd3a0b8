import { subscriptionsAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import { contractCall, type Transaction } from '../../transactions/index.ts';
import { named, outcomeOf } from './outcome.ts';

/** Renews one: it reverts with the reason where it can't. */
export function renewOneTransaction(contract: Address, subscriber: Address): Transaction {
  return {
    title: 'Renew a subscription',
    effects: [
      { label: 'Of', value: subscriber, wide: true },
      { label: 'You get', value: 'the keeper’s share, in the same transaction' },
    ],
    action: 'Renew it',
    done: 'Renewed',
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'renewFor',
      args: [subscriber],
    }),
  };
}

/** Renews many in one call: one that can't be renewed says why in an event and fails no other. */
export function renewManyTransaction(
  contract: Address,
  subscribers: readonly Address[],
): Transaction {
  const many = named(subscribers.length);
  return {
    title: `Renew ${many}`,
    effects: [
      { label: 'Renewed', value: many },
      { label: 'You get', value: 'the keeper’s share of each, in the same transaction' },
      { label: 'One that can’t be renewed meanwhile', value: 'fails no other' },
    ],
    action: `Renew ${many}`,
    done: (logs) => outcomeOf(logs, contract, subscribers.length),
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'renewMany',
      args: [subscribers],
    }),
  };
}
