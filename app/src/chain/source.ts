import type { Address, PublicClient } from 'viem';

/** Where the chain's word on subscriptions is read: both contracts, through one node. */
export interface SubscriptionSource {
  readonly client: PublicClient;
  /** TonneSubscriptions, which holds the money. */
  readonly subscriptions: Address;
  /** TonnePlans, which says what is sold. */
  readonly plans: Address;
}
