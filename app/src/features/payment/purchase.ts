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

/** How much the chain may be ahead of the clock that a quote is looked at by. */
const CLOCK_SECONDS = 60;

/** The term that is bought and the clock it is looked at by; Unix seconds. */
interface Timing {
  readonly termSeconds: number;
  /** Where the unused value of the running term is nothing. */
  readonly runsUntil: number;
  readonly now: number;
}

/**
 * What is due before unused value pays for it, in the token, with the quote's own head-room where a feed
 * prices it. Where unused value pays for all of it, the quote says how much that is by the time it lasts.
 */
function dueUp({ sendAmount, carried, until }: Quote, { termSeconds, now }: Timing): bigint {
  if (sendAmount > 0n || carried === 0n) return sendAmount + carried;
  const lasts = BigInt(Math.max(termSeconds, Math.floor(until - now) - CLOCK_SECONDS));
  return (carried * BigInt(termSeconds) + lasts - 1n) / lasts;
}

/**
 * The most that a quoted payment may come to when the unused value that is carried over shrinks while the
 * person signs. That value runs down evenly and is nothing at `runsUntil`.
 */
export function mostOf(quote: Quote, timing: Timing): bigint {
  const left = BigInt(Math.max(1, Math.floor(timing.runsUntil - timing.now)));
  const lost = (quote.carried * PATIENCE_SECONDS + left - 1n) / left;
  const carried = lost < quote.carried ? quote.carried - lost : 0n;
  const due = dueUp(quote, timing);
  return due > carried ? due - carried : 0n;
}

/** The chain's cents to its USD x 10^6. */
const CENT = 10_000n;

/**
 * What to allow for `terms` renewals up to the cap, in the token at the rate of the quote; rounded up.
 */
export function laterUp(quote: Quote, timing: Timing, capCents: number, terms: number): bigint {
  if (quote.dueUsd === 0n) return 0n;
  const capUsd = BigInt(capCents) * CENT * BigInt(terms);
  return (capUsd * dueUp(quote, timing) + quote.dueUsd - 1n) / quote.dueUsd;
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
