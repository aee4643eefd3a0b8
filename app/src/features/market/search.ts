import { CURRENCIES, type Currency } from '@truetonne/protocol';
import type { ListingFilter, ListingOrder } from '../../api/indexer/index.ts';

/** What a person looks for; all of it is in the address of the page. */
export interface Search {
  readonly projectId?: number | undefined;
  readonly vintage?: number | undefined;
  readonly country?: string | undefined;
  readonly methodologyId?: number | undefined;
  readonly currency?: Currency | undefined;
  /** Whole currency, as typed: "25.50". */
  readonly maxPrice?: string | undefined;
  readonly sort: Sort;
}

export const SORTS = ['cheapest', 'dearest', 'most', 'newest', 'vintage'] as const;
export type Sort = (typeof SORTS)[number];

const ORDERS: Readonly<Record<Sort, ListingOrder>> = {
  cheapest: { by: 'pricePerTonne', direction: 'asc' },
  dearest: { by: 'pricePerTonne', direction: 'desc' },
  most: { by: 'leftGrams', direction: 'desc' },
  newest: { by: 'listedAt', direction: 'desc' },
  vintage: { by: 'vintage', direction: 'desc' },
};
/** Prices are compared only within one currency: nothing else has a common unit. */
const BY_PRICE: readonly Sort[] = ['cheapest', 'dearest'];

/** Reads the search of an address. What is not understood is left out. */
export function parseSearch(params: URLSearchParams): Search {
  const currency = CURRENCIES.find((each) => each === params.get('currency'));
  const sort = SORTS.find((each) => each === params.get('sort')) ?? 'newest';
  const country = params.get('country')?.toUpperCase();
  const maxPrice = params.get('maxPrice') ?? undefined;
  return {
    projectId: wholeIn(params, 'project'),
    vintage: wholeIn(params, 'vintage'),
    country: country !== undefined && /^[A-Z]{2}$/.test(country) ? country : undefined,
    methodologyId: wholeIn(params, 'methodology'),
    currency,
    maxPrice: currency === undefined || maxPrice === '' ? undefined : maxPrice,
    sort: currency === undefined && BY_PRICE.includes(sort) ? 'newest' : sort,
  };
}

/** The sorts that make sense for a search. */
export function sortsOf({ currency }: Search): readonly Sort[] {
  return SORTS.filter((sort) => currency !== undefined || !BY_PRICE.includes(sort));
}

/** Writes a search into an address; what is not asked for is not in it. */
export function toParams(search: Search): URLSearchParams {
  const { projectId, vintage, country, methodologyId, currency, maxPrice, sort } = search;
  const fields = {
    project: projectId,
    vintage,
    country,
    methodology: methodologyId,
    currency,
    maxPrice: currency === undefined ? undefined : maxPrice,
    sort: sort === 'newest' ? undefined : sort,
  };
  const given = Object.entries(fields).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(given);
}

/** Whether some listings are left out; their order leaves none out. */
export function isNarrowed(search: Search): boolean {
  return toParams({ ...search, sort: 'newest' }).size > 0;
}

/**
 * What to ask the indexer: open listings only.
 * @param maxPricePerTonne smallest units, where a highest price was given
 */
export function toFilter(
  search: Search,
  now: number,
  maxPricePerTonne: bigint | undefined,
): ListingFilter {
  const { projectId, vintage, country, methodologyId, currency } = search;
  return {
    leftGrams_gt: '0',
    expiresAt_gt: now,
    projectId,
    vintage,
    country,
    methodologyId,
    currency,
    ...(maxPricePerTonne === undefined ? {} : { pricePerTonne_lte: String(maxPricePerTonne) }),
  };
}

export function orderOf({ sort }: Search): ListingOrder {
  return ORDERS[sort];
}

function wholeIn(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name) ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
