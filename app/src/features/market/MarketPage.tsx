import type { ReactNode } from 'react';
import { useConnection } from 'wagmi';
import { Link, useSearchParams } from 'wouter';
import { useListings } from '../../data/index.ts';
import { Card, Empty, MorePages, Page, parseCoins, QueryView, useNow } from '../../ui/index.ts';
import { ListingTable } from './ListingTable.tsx';
import { isNarrowed, orderOf, parseSearch, toFilter, toParams, type Search } from './search.ts';
import { SearchForm } from './SearchForm.tsx';
import { useCurrencies, type Currencies } from './useCurrencies.ts';
import { WhereTraded } from './WhereTraded.tsx';

/** Seconds within which a search asks the same question again. */
const GRAIN = 60;

function maxPriceOf({ currency, maxPrice }: Search, currencies: Currencies): bigint | undefined {
  const token = currency === undefined ? undefined : currencies[currency];
  if (token === undefined || maxPrice === undefined) return undefined;
  const units = parseCoins(maxPrice, token.decimals);
  return typeof units === 'bigint' ? units : undefined;
}

function Results({ search }: { readonly search: Search }): ReactNode {
  const now = Math.floor(useNow(GRAIN * 1_000) / GRAIN) * GRAIN;
  const maxPrice = maxPriceOf(search, useCurrencies());
  const query = useListings(toFilter(search, now, maxPrice), orderOf(search));
  return (
    <QueryView
      query={query}
      what="listings"
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={
        isNarrowed(search) ? (
          <Empty title="Nothing like that is for sale">
            <p>Ask for less, or look again later: listings appear here within seconds.</p>
          </Empty>
        ) : (
          <Empty title="Nothing is for sale now">
            <p>Whoever holds credits can list them; listings appear here within seconds.</p>
          </Empty>
        )
      }
    >
      {({ pages }) => (
        <>
          <ListingTable listings={pages.flatMap(({ items }) => items)} caption="Credits for sale" />
          <MorePages query={query} what="listings" />
        </>
      )}
    </QueryView>
  );
}

/** Credits for sale. What is searched for is in the address, to be shared. */
export function MarketPage(): ReactNode {
  const [params, setParams] = useSearchParams();
  const { address } = useConnection();
  const search = parseSearch(params);
  return (
    <Page
      title="Market"
      lead="Credits at fixed prices. The market's contract holds them; you pay the seller, nobody else."
    >
      <WhereTraded>
        <div className="row">
          {address !== undefined && (
            <Link href="/market/mine" className="button button-quiet button-small">
              My listings
            </Link>
          )}
          <Link href="/credits" className="button button-quiet button-small">
            Sell credits
          </Link>
          <Link href="/serials" className="button button-quiet button-small">
            Look up a serial
          </Link>
        </div>
        <Card title="Search">
          <SearchForm
            search={search}
            onChange={(changed) => setParams(toParams(changed), { replace: true })}
          />
        </Card>
        <Card title="For sale">
          <Results search={search} />
        </Card>
      </WhereTraded>
    </Page>
  );
}
