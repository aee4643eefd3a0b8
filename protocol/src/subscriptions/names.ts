import { TonneError } from '../errors/tonneError.ts';

/** `Tier` of the contract, by number. */
export const TIERS = ['free', 'starter', 'professional', 'enterprise'] as const;
export type Tier = (typeof TIERS)[number];

/** `State` of the contract, by number. */
export const SUBSCRIPTION_STATES = [
  'free',
  'trial',
  'active',
  'grace',
  'canceled',
  'disputed',
  'ended',
] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** `Discount` of the contract, by number. */
export const DISCOUNTS = ['none', 'season', 'loyalty', 'welcome', 'promo'] as const;
export type Discount = (typeof DISCOUNTS)[number];

/** `TokenStatus` of the contract, by number. */
export const TOKEN_STATUSES = ['none', 'accepted', 'paused', 'retired'] as const;
export type TokenStatus = (typeof TOKEN_STATUSES)[number];

/** What a plan unlocks; the place in this list is the bit in `PlanTerms.features`. */
export const FEATURES = ['apiKeys', 'webhooks', 'suppliers', 'parquet'] as const;
export type Feature = (typeof FEATURES)[number];

/** Seconds of the grace after paid time ran out or a subscription was canceled. */
export const GRACE_SECONDS = 5 * 86_400;

export const toTier = (number: number): Tier => nameOf('tier', TIERS, number);
export const toSubscriptionState = (number: number): SubscriptionState =>
  nameOf('state', SUBSCRIPTION_STATES, number);
export const toDiscount = (number: number): Discount => nameOf('discount', DISCOUNTS, number);
export const toTokenStatus = (number: number): TokenStatus =>
  nameOf('status', TOKEN_STATUSES, number);

/** The features whose bits are set; bits that this version does not know are left out. */
export function toFeatures(bits: bigint): readonly Feature[] {
  return FEATURES.filter((_, index) => ((bits >> BigInt(index)) & 1n) === 1n);
}

/** The bits of features, as the contract stores them. */
export function fromFeatures(features: readonly Feature[]): bigint {
  return features.reduce((bits, feature) => bits | (1n << BigInt(FEATURES.indexOf(feature))), 0n);
}

function nameOf<T extends string>(field: string, names: readonly T[], number: number): T {
  const name = names[number];
  if (name !== undefined) return name;
  const expected = `0 to ${names.length - 1}`;
  throw new TonneError('VALUE_OUT_OF_RANGE', { field, value: String(number), expected });
}
