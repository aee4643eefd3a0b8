/** Whether a keeper can renew a subscription now, asked of the contract itself. */
import { subscriptionsAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import type { SubscriptionSource } from '../../chain/index.ts';
import { explain, type Explanation } from '../../errors/index.ts';

export interface Checked {
  readonly subscriber: Address;
  /** Why it can't be renewed; `undefined` when it can. */
  readonly refusal: Explanation | undefined;
}

/** Runs each renewal against the newest block without sending it. */
export function checkRenewals(
  { client, subscriptions }: SubscriptionSource,
  subscribers: readonly Address[],
): Promise<readonly Checked[]> {
  const contract = { address: subscriptions, abi: subscriptionsAbi } as const;
  return Promise.all(
    subscribers.map(async (subscriber) => {
      try {
        await client.simulateContract({
          ...contract,
          functionName: 'renewFor',
          args: [subscriber],
        });
        return { subscriber, refusal: undefined };
      } catch (error) {
        return { subscriber, refusal: explain(error) };
      }
    }),
  );
}
