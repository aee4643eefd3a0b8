/** What a person chose on the page of a plan, and the order that it makes. */
import { fromPromoText, type Promo } from '@truetonne/protocol';
import type { Address } from 'viem';
import {
  isCoin,
  type Order,
  type PaymentToken,
  type Plan,
  type Subscription,
} from '../../chain/index.ts';
import type { Checked } from '../../forms/index.ts';
import { parseCoins } from '../../ui/money.ts';

export interface Choices {
  readonly yearly: boolean;
  readonly tokenId: number;
  readonly instalments: number;
  readonly promo: Promo | undefined;
  readonly referrer: Address | undefined;
  /** Whether keepers may renew. */
  readonly automatic: boolean;
  /** US dollars as typed: the most that a renewal may cost. */
  readonly cap: string;
  /** Renewals to allow for, as typed. */
  readonly terms: string;
}

/** The contract keeps the cap in 25 bits of cents. */
const MAX_CAP_CENTS = 2n ** 25n - 1n;
const MAX_TERMS = 120;

/** A price in dollars as typed, to cents; more than nothing. */
export function checkCap(input: string): Checked<number> {
  const cents = parseCoins(input, 2);
  if (typeof cents === 'string') return { ok: false, problem: cents };
  if (cents > 0n && cents <= MAX_CAP_CENTS) return { ok: true, value: Number(cents) };
  return { ok: false, problem: 'Enter a price above zero and below $335,544.32.' };
}

/** How many renewals to allow for: a whole number. */
export function checkTerms(input: string): Checked<number> {
  const typed = input.trim();
  const terms = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  if (terms >= 1 && terms <= MAX_TERMS) return { ok: true, value: terms };
  return { ok: false, problem: `Enter a whole number from 1 to ${MAX_TERMS}.` };
}

/**
 * How many renewals to allow for: at least one, which costs nothing where nobody may renew. `undefined`
 * while what is typed about automatic renewal is wrong.
 */
export function termsOf(choices: Choices, token: PaymentToken): number | undefined {
  if (!choices.automatic || isCoin(token)) return 1;
  const terms = checkTerms(choices.terms);
  return terms.ok && checkCap(choices.cap).ok ? terms.value : undefined;
}

/** A promo code as it was passed on; empty is none. */
export function checkPromo(input: string): Checked<Promo | undefined> {
  if (input.trim() === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: fromPromoText(input) };
  } catch {
    return { ok: false, problem: 'That is no promo code. Paste the whole of it: TTP1-…' };
  }
}

export type Purpose = 'subscribe' | 'change' | 'blocked';

/** What buying a plan means for a wallet: a first term, a change, or nothing now. */
export function purposeOf(subscription: Subscription | undefined): Purpose {
  switch (subscription?.state) {
    case undefined:
    case 'free':
    case 'trial':
    case 'ended':
      return 'subscribe';
    case 'active':
    case 'grace':
      return 'change';
    case 'canceled':
    case 'disputed':
      return 'blocked';
  }
}

/** The order of a purchase; what does not apply to it is left out. */
export function toOrder(
  plan: Plan,
  choices: Choices,
  token: PaymentToken,
  subscription: Subscription | undefined,
): Order {
  const { yearly, instalments, promo, referrer, automatic } = choices;
  const first = purposeOf(subscription) === 'subscribe';
  const cap = checkCap(choices.cap);
  return {
    planId: plan.id,
    yearly,
    tokenId: token.id,
    instalments: first ? Math.min(instalments, plan.maxInstalments) : 1,
    capCents: automatic && cap.ok && !isCoin(token) ? cap.value : 0,
    referrer: first && subscription?.mayRefer !== true ? referrer : undefined,
    promo,
  };
}

/** USD x 10^6 as typed into the field of the cap: "99.00", rounded up to cents. */
export function capOf(usdE6: bigint): string {
  const cents = (usdE6 + 9_999n) / 10_000n;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
}
