import type { ReactNode } from 'react';
import { isHex, size, type Hex } from 'viem';
import { Link } from 'wouter';
import type { ListingRow } from '../../api/indexer/index.ts';
import { useListing, useSales } from '../../data/index.ts';
import {
  Amount,
  Card,
  coins,
  Empty,
  Facts,
  Figures,
  Hash,
  Moment,
  MorePages,
  Page,
  phrase,
  QueryView,
  Table,
  tonnes,
} from '../../ui/index.ts';
import { Provenance } from '../provenance/index.ts';
import { BuyCard } from './BuyCard.tsx';
import { listingName } from './listing.ts';
import { Ends, ListingBadge } from './ListingTable.tsx';
import { Price } from './Price.tsx';
import { useCurrencies } from './useCurrencies.ts';
import { WhereTraded } from './WhereTraded.tsx';

function Summary({ listing }: { readonly listing: ListingRow }): ReactNode {
  const { project, minimumGrams } = listing;
  return (
    <Card title="What is for sale" aside={<ListingBadge listing={listing} />}>
      <Figures
        items={[
          { label: 'Left', quantity: tonnes(listing.leftGrams) },
          { label: 'Sold', quantity: tonnes(listing.soldGrams) },
        ]}
      />
      <Facts
        items={[
          { label: 'Price', value: <Price listing={listing} /> },
          {
            label: 'Smallest sale',
            value: minimumGrams === 0n ? 'one gram' : phrase(tonnes(minimumGrams)),
          },
          { label: 'Ends', value: <Ends {...listing} /> },
          {
            label: 'Project',
            value: project && <Link href={`/projects/${project.id}`}>{project.name}</Link>,
          },
          { label: 'Vintage', value: String(listing.vintage) },
          { label: 'Country', value: listing.country },
          {
            label: 'Methodology',
            value: project?.methodology && (
              <>
                {project.methodology.code} {project.methodology.version}
              </>
            ),
          },
          { label: 'Seller', value: <Hash value={listing.seller} what="address of the seller" /> },
          { label: 'Listed', value: <Moment at={listing.listedAt} /> },
          {
            label: 'Listing',
            value: <Hash value={listing.id} what="listing id" full />,
            wide: true,
          },
        ]}
      />
    </Card>
  );
}

function Sales({ listing }: { readonly listing: ListingRow }): ReactNode {
  const query = useSales(listing.id);
  const token = useCurrencies()[listing.currency];
  return (
    <Card title="Sales">
      <QueryView
        query={query}
        what="sales"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="Nothing of it has been sold yet" />}
      >
        {({ pages }) => (
          <>
            <Table
              caption="Sales of this listing, newest first"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => id}
              columns={[
                { header: 'When', cell: ({ at }) => <Moment at={at} /> },
                {
                  header: 'Amount',
                  numeric: true,
                  cell: ({ grams }) => <Amount {...tonnes(grams)} />,
                },
                {
                  header: 'Paid',
                  numeric: true,
                  cell: ({ paid }) => (token === undefined ? '…' : coins(paid, token)),
                },
                { header: 'Buyer', cell: ({ buyer }) => <Hash value={buyer} what="address" /> },
                {
                  header: 'Became',
                  cell: ({ retirementId }) =>
                    retirementId === undefined ? (
                      'credits of the buyer'
                    ) : (
                      <Link href={`/certificates/${String(retirementId)}`}>a retirement</Link>
                    ),
                },
              ]}
            />
            <MorePages query={query} what="sales" />
          </>
        )}
      </QueryView>
    </Card>
  );
}

function KnownListing({ id }: { readonly id: Hex }): ReactNode {
  const query = useListing(id);
  const title = query.data ? listingName(query.data) : 'Listing';
  return (
    <Page title={title} back={{ href: '/market', label: 'Market' }}>
      <WhereTraded>
        <QueryView
          query={query}
          what="listing"
          isEmpty={(listing) => listing === null}
          empty={<Empty title="No listing has this address" />}
        >
          {(listing) =>
            listing !== null && (
              <>
                <Summary listing={listing} />
                <BuyCard listing={listing} />
                <Provenance creditId={listing.creditId} />
                <Sales listing={listing} />
              </>
            )
          }
        </QueryView>
      </WhereTraded>
    </Page>
  );
}

/** One listing: what is for sale, where every gram of it came from, and buying. */
export function ListingPage({ id }: { readonly id: string }): ReactNode {
  if (isHex(id) && size(id) === 32) return <KnownListing id={id} />;
  return (
    <Page title="No such listing" back={{ href: '/market', label: 'Market' }}>
      <Empty title={`"${id}" is not the address of a listing`} />
    </Page>
  );
}
