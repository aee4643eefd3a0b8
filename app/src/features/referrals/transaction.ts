import { subscriptionsAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import { contractCall, type Transaction } from '../../transactions/index.ts';

export function registerTransaction(contract: Address): Transaction {
  return {
    title: 'Register as a referrer',
    effects: [
      { label: 'From then on', value: 'this wallet gets 10 % of first payments by its link' },
      { label: 'Price', value: 'nothing but the network fee' },
    ],
    warning: 'A wallet that is registered can’t be referred by another one any more.',
    action: 'Register',
    done: 'Registered: share your link',
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'registerReferrer',
      args: [],
    }),
  };
}
