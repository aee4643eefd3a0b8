import { encodeAbiParameters, keccak256 } from 'viem';
import type { Hex } from '../bytes.ts';

const GRAMS_PER_TONNE = 1_000_000n;

/** What a seller takes, in the order of the contract's numbers. */
export const CURRENCIES = ['coin', 'usdc', 'usdt'] as const;

export type Currency = (typeof CURRENCIES)[number];

/** At what price and how grams are sold: the contract's `Terms`. */
export interface Terms {
  /** Smallest units of the currency for 1,000,000 g. */
  readonly pricePerTonne: bigint;
  readonly currency: Currency;
  /** Fewest grams of one sale; what is left at last may be less. */
  readonly minimumGrams: bigint;
  /** First second in which nothing is sold any more, Unix seconds. */
  readonly expiresAt: number;
}

/** Who sells what: the contract's `Listing`. */
export interface Listing {
  readonly seller: Hex;
  readonly creditId: bigint;
  readonly terms: Terms;
}

const TERMS = {
  type: 'tuple',
  components: [
    { name: 'pricePerTonne', type: 'uint128' },
    { name: 'currency', type: 'uint8' },
    { name: 'minimumGrams', type: 'uint64' },
    { name: 'expiresAt', type: 'uint40' },
  ],
} as const;
const LISTING = [{ type: 'address' }, { type: 'uint256' }, TERMS] as const;

/** The terms as the contract takes them, with the number of the currency. */
export function toTermsArgument(terms: Terms) {
  return { ...terms, currency: CURRENCIES.indexOf(terms.currency) };
}

/** A listing as the contract takes it. */
export function toListingArgument({ seller, creditId, terms }: Listing) {
  return { seller, creditId, terms: toTermsArgument(terms) };
}

/** What is sent along with credits to list them: 128 bytes. */
export function encodeTerms(terms: Terms): Hex {
  return encodeAbiParameters([TERMS], [toTermsArgument(terms)]);
}

/** The id of a listing: the hash of seller, credit and terms. */
export function listingIdOf({ seller, creditId, terms }: Listing): Hex {
  return keccak256(encodeAbiParameters(LISTING, [seller, creditId, toTermsArgument(terms)]));
}

/** What grams cost, rounded up: no gram is free. Smallest units of the currency. */
export function costUp(grams: bigint, pricePerTonne: bigint): bigint {
  return (grams * pricePerTonne + GRAMS_PER_TONNE - 1n) / GRAMS_PER_TONNE;
}
