/** What a wallet wants to buy, what it would cost, and what it has to pay with. */
import { plansAbi, toDiscount, type Discount, type Promo } from '@truetonne/protocol';
import { erc20Abi, zeroAddress, type Address, type PublicClient } from 'viem';
import { isCoin, type PayableToken } from './plans.ts';
import type { SubscriptionSource } from './source.ts';

/** What a person chose to buy. */
export interface Order {
  readonly planId: number;
  readonly yearly: boolean;
  readonly tokenId: number;
  /** Parts to pay the term in; 1 is all at once. */
  readonly instalments: number;
  /** Keepers may renew up to this price of a whole term, US cents; 0 forbids it. */
  readonly capCents: number;
  readonly referrer: Address | undefined;
  readonly promo: Promo | undefined;
}

/** How the next term of a running subscription is paid. */
export interface Renewal {
  readonly tokenId: number;
  readonly promo: Promo | undefined;
}

/** An EIP-2612 permit as the contract takes it. */
export interface Permit {
  readonly value: bigint;
  readonly deadline: bigint;
  readonly v: number;
  readonly r: `0x${string}`;
  readonly s: `0x${string}`;
}

/** What a purchase costs and why; USD x 10^6, token amounts in smallest units, Unix seconds. */
export interface Quote {
  readonly listUsd: bigint;
  readonly discount: Discount;
  readonly percent: number;
  readonly priceUsd: bigint;
  readonly dueUsd: bigint;
  readonly amount: bigint;
  /** What to allow or to send: 1 % more than `amount` where a feed prices the token. */
  readonly sendAmount: bigint;
  /** Unused value of the running term that pays for the new one. */
  readonly carried: bigint;
  readonly until: number;
  /** Price of the next whole term as things stand; 0 when it is not sold. */
  readonly renewalUsd: bigint;
  readonly renewalDiscount: Discount;
  readonly renewalPercent: number;
}

/** `Order` of the contract. A quote looks at neither maximum nor permit. */
export function toOrderArgument(order: Order, maxAmount: bigint, permits: readonly Permit[]) {
  const { referrer, promo, ...rest } = order;
  return {
    ...rest,
    referred: referrer !== undefined,
    referrer: referrer ?? zeroAddress,
    maxAmount,
    promos: promo === undefined ? [] : [promo],
    permits,
  };
}

/** `Renewal` of the contract. */
export function toRenewalArgument(
  { tokenId, promo }: Renewal,
  maxAmount: bigint,
  permits: readonly Permit[],
) {
  return { tokenId, maxAmount, promos: promo === undefined ? [] : [promo], permits };
}

interface RawQuote extends Omit<
  Quote,
  'discount' | 'percent' | 'until' | 'renewalDiscount' | 'renewalPercent'
> {
  readonly discount: number;
  readonly percent: bigint;
  readonly until: bigint;
  readonly renewalDiscount: number;
  readonly renewalPercent: bigint;
}

function toQuote(raw: RawQuote): Quote {
  return {
    ...raw,
    discount: toDiscount(raw.discount),
    percent: Number(raw.percent),
    until: Number(raw.until),
    renewalDiscount: toDiscount(raw.renewalDiscount),
    renewalPercent: Number(raw.renewalPercent),
  };
}

/** Throws what the payment would be refused with, but for balance, allowance and maximum. */
export async function fetchQuote(
  { client, plans }: SubscriptionSource,
  subscriber: Address,
  order: Order,
): Promise<Quote> {
  const contract = { address: plans, abi: plansAbi } as const;
  const args = [subscriber, toOrderArgument(order, 0n, [])] as const;
  return toQuote(await client.readContract({ ...contract, functionName: 'quote', args }));
}

export async function fetchRenewalQuote(
  { client, plans }: SubscriptionSource,
  subscriber: Address,
  renewal: Renewal,
): Promise<Quote> {
  const contract = { address: plans, abi: plansAbi } as const;
  const args = [subscriber, toRenewalArgument(renewal, 0n, [])] as const;
  return toQuote(await client.readContract({ ...contract, functionName: 'quoteRenewal', args }));
}

/** What a wallet can pay with, smallest units. */
export interface Purse {
  readonly balance: bigint;
  /** What the subscription contract may take; of the chain's own coin nothing has to be allowed. */
  readonly allowance: bigint;
}

/** What a wallet holds of a token, and how much of it `spender` may take. */
export async function fetchPurse(
  client: PublicClient,
  spender: Address,
  wallet: Address,
  token: PayableToken,
): Promise<Purse> {
  if (isCoin(token)) {
    return { balance: await client.getBalance({ address: wallet }), allowance: 0n };
  }
  const contract = { address: token.address, abi: erc20Abi } as const;
  const [balance, allowance] = await Promise.all([
    client.readContract({ ...contract, functionName: 'balanceOf', args: [wallet] }),
    client.readContract({
      ...contract,
      functionName: 'allowance',
      args: [wallet, spender],
    }),
  ]);
  return { balance, allowance };
}
