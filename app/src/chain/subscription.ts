/** What a wallet has, owes and would pay, as the contracts say it at this block. */
import {
  plansAbi,
  subscriptionsAbi,
  toSubscriptionState,
  type SubscriptionState,
} from '@truetonne/protocol';
import { zeroAddress, type Address } from 'viem';
import type { SubscriptionSource } from './source.ts';

/** A subscription as it stands; times in Unix seconds, money in smallest units of its token. */
export interface Subscription {
  readonly state: SubscriptionState;
  /** The plan it is or was for. */
  readonly planId: number;
  readonly yearly: boolean;
  readonly tokenId: number;
  /** Whole terms paid in a row, counted up to 15. */
  readonly paidTerms: number;
  readonly since: number;
  readonly until: number;
  /** The rights end then if nothing happens. */
  readonly endsAt: number;
  readonly funded: bigint;
  /** What `cancelAndRefund` pays; while it is disputed, what is left at the deadline. */
  readonly unused: bigint;
  /** Keepers may renew up to this price, US cents; 0 forbids it. */
  readonly capCents: number;
  readonly instalments: number;
  readonly instalmentsLeft: number;
  /** Number of the last receipt. */
  readonly receipts: number;
  /** Has paid or registered: may refer and can't be referred any more. */
  readonly mayRefer: boolean;
  readonly trialUsed: boolean;
}

/** An open dispute; the arbiter decides before `deadline`. */
export interface Dispute {
  readonly openedAt: number;
  readonly deadline: number;
  readonly stake: bigint;
  /** What the subscriber gets when nobody decides. */
  readonly unused: bigint;
}

export async function fetchSubscription(
  { client, plans }: SubscriptionSource,
  wallet: Address,
): Promise<Subscription> {
  const contract = { address: plans, abi: plansAbi, args: [wallet] } as const;
  const [found, { endsAt }] = await Promise.all([
    client.readContract({ ...contract, functionName: 'subscription' }),
    client.readContract({ ...contract, functionName: 'entitlement' }),
  ]);
  return { ...found, endsAt, state: toSubscriptionState(found.state) };
}

export async function fetchDispute(
  { client, subscriptions }: SubscriptionSource,
  wallet: Address,
): Promise<Dispute | undefined> {
  const contract = { address: subscriptions, abi: subscriptionsAbi } as const;
  const found = await client.readContract({
    ...contract,
    functionName: 'disputeOf',
    args: [wallet],
  });
  return found.openedAt === 0 ? undefined : found;
}

/** Whom a wallet offers its subscription to. */
export async function fetchHandOver(
  { client, subscriptions }: SubscriptionSource,
  from: Address,
): Promise<Address | undefined> {
  const contract = { address: subscriptions, abi: subscriptionsAbi } as const;
  const to = await client.readContract({ ...contract, functionName: 'handOverOf', args: [from] });
  return to === zeroAddress ? undefined : to;
}

/** Money that is kept for a wallet. */
export interface Kept {
  readonly tokenId: number;
  readonly amount: bigint;
}

/** What is kept for a wallet in each of the first `tokenCount` tokens; nothing where nothing is. */
export async function fetchKept(
  { client, subscriptions, plans }: SubscriptionSource,
  wallet: Address,
): Promise<readonly Kept[]> {
  const count = await client.readContract({
    address: plans,
    abi: plansAbi,
    functionName: 'tokenCount',
  });
  const contract = { address: subscriptions, abi: subscriptionsAbi } as const;
  const kept = await Promise.all(
    Array.from({ length: count }, async (_, tokenId) => ({
      tokenId,
      amount: await client.readContract({
        ...contract,
        functionName: 'owed',
        args: [wallet, tokenId],
      }),
    })),
  );
  return kept.filter(({ amount }) => amount > 0n);
}
