import type { Address } from 'viem';
import type { PayableToken, Permit, Quote } from '../../chain/index.ts';
import type { ContractCall } from '../../transactions/index.ts';
import type { Fact } from '../../ui/index.ts';

/** What the contract needs to be paid. */
export interface Means {
  /** The price moved above it: the contract refuses. Smallest units. */
  readonly maxAmount: bigint;
  readonly permits: readonly Permit[];
  /** The chain's own coin to send along, wei. */
  readonly value: bigint;
}

/** The contract that takes the payment. */
export interface Payee {
  readonly address: Address;
  /** "The subscription contract". */
  readonly name: string;
}

/** What a person is about to pay; it stays as it was when the dialog opened. */
export interface Purchase {
  /** "Subscribe to Professional". */
  readonly title: string;
  readonly effects: readonly Fact[];
  readonly warning?: string;
  /** "Pay 99.00 USDC". */
  readonly action: string;
  readonly done: string;
  readonly token: PayableToken;
  readonly payee: Payee;
  /** What is paid as things stand, smallest units. */
  readonly amount: bigint;
  /** The most that may be paid: to allow, to send, and what the contract is held to. */
  readonly most: bigint;
  /** What keepers may collect later on top, by the same allowance. */
  readonly later: bigint;
  readonly toCall: (means: Means) => ContractCall;
}

/** The subscription contract, as a payee. */
export function subscriptionPayee(address: Address): Payee {
  return { address, name: 'The subscription contract' };
}

/** How long a person may take to sign before the price of a change of plans has to be looked at anew. */
const PATIENCE_SECONDS = 900n;

/**
 * The most that a quoted payment may come to: the quote's own head-room where a feed prices the token,
 * and what the unused value that is carried over loses while the person signs. That value runs down
 * evenly and is nothing at `runsUntil`.
 */
export function mostOf(quote: Quote, runsUntil: number, now: number): bigint {
  const left = BigInt(Math.max(1, Math.floor(runsUntil - now)));
  const lost = (quote.carried * PATIENCE_SECONDS + left - 1n) / left;
  return quote.sendAmount + (lost < quote.carried ? lost : quote.carried);
}

/** The chain's cents to its USD x 10^6. */
const CENT = 10_000n;

/**
 * What to allow for `terms` renewals up to the cap, in the token at the rate of the quote; rounded up.
 */
export function laterUp(quote: Quote, capCents: number, terms: number): bigint {
  if (quote.dueUsd === 0n) return 0n;
  const capUsd = BigInt(capCents) * CENT * BigInt(terms);
  const worth = quote.sendAmount > quote.amount ? quote.sendAmount : quote.amount;
  const rate = worth + quote.carried;
  return (capUsd * rate + quote.dueUsd - 1n) / quote.dueUsd;
}

export type PaymentMethod = 'direct' | 'permit' | 'approve';

interface Wallet {
  readonly allowance: bigint;
  /** Whether the token takes permits and the wallet can sign them. */
  readonly permits: boolean;
}

/** How to get a payment through: at once, with one more signature, or with one more transaction. */
export function paymentMethodOf(
  { most, later }: Pick<Purchase, 'most' | 'later'>,
  coin: boolean,
  { allowance, permits }: Wallet,
): PaymentMethod {
  if (coin || most + later === 0n || allowance >= most + later) return 'direct';
  return permits ? 'permit' : 'approve';
}
