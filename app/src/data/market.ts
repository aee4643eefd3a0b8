/** Hooks over the market and over certificates. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { Address, Hex } from 'viem';
import {
  fetchListing,
  fetchListings,
  fetchOrigins,
  fetchOwedWei,
  fetchRetirement,
  fetchRetirementOf,
  fetchSales,
  type Batch,
  type ListingFilter,
  type ListingOrder,
  type ListingRow,
  type Retirement,
  type Sale,
  type SerialRange,
} from '../api/indexer/index.ts';
import { orNull, useIndexed, useIndexedPages, type Pages } from './indexed.ts';

export function useListings(filter: ListingFilter, order: ListingOrder): Pages<ListingRow> {
  const key = ['listings', JSON.stringify([filter, order])];
  return useIndexedPages(key, (url, after) => fetchListings(url, filter, order, after));
}

export function useListing(id: Hex): UseQueryResult<ListingRow | null> {
  return useIndexed(['listing', id], (url) => orNull(fetchListing(url, id)));
}

export function useSales(listingId: Hex): Pages<Sale> {
  return useIndexedPages(['sales', listingId], (url, after) => fetchSales(url, listingId, after));
}

export function useRetirement(id: bigint): UseQueryResult<Retirement | null> {
  return useIndexed(['retirement', String(id)], (url) => orNull(fetchRetirement(url, id)));
}

/** The batches that serials came from. */
export function useOrigins({ creditId, first, last }: SerialRange): UseQueryResult<readonly Batch[]> {
  const key = ['origins', ...[creditId, first, last].map(String)];
  return useIndexed(key, (url) => fetchOrigins(url, { creditId, first, last }));
}

export function useRetirementOf(
  creditId: bigint,
  serial: bigint,
): UseQueryResult<Retirement | null> {
  return useIndexed(['retirementOf', String(creditId), String(serial)], (url) =>
    orNull(fetchRetirementOf(url, creditId, serial)),
  );
}

/** Coin that waits for a seller, wei. */
export function useOwedWei(seller: Address): UseQueryResult<bigint> {
  return useIndexed(['owed', seller], (url) => fetchOwedWei(url, seller));
}
