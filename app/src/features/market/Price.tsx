import type { ReactNode } from 'react';
import type { ListingRow } from '../../api/indexer/index.ts';
import { coins } from '../../ui/index.ts';
import { useCurrencies } from './useCurrencies.ts';

/** What a tonne costs. */
export function Price({
  listing,
}: {
  readonly listing: Pick<ListingRow, 'currency' | 'pricePerTonne'>;
}): ReactNode {
  const token = useCurrencies()[listing.currency];
  if (token === undefined) return <span className="muted">…</span>;
  return (
    <span className="quantity">
      {coins(listing.pricePerTonne, token)} <span className="unit">a tonne</span>
    </span>
  );
}
