import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ListingRow } from '../../api/indexer/index.ts';
import { useChainNow } from '../../data/index.ts';
import { Amount, Badge, Moment, Table, tonnes, type Column } from '../../ui/index.ts';
import { listingName, NEVER, stateOf, type ListingState } from './listing.ts';
import { Price } from './Price.tsx';

const STATES: Readonly<Record<ListingState, { tone: 'good' | 'warn' | 'plain'; words: string }>> = {
  open: { tone: 'good', words: 'For sale' },
  over: { tone: 'warn', words: 'Over' },
  soldOut: { tone: 'plain', words: 'Nothing left' },
};

/** Whether something can be bought, in words. */
export function ListingBadge({ listing }: { readonly listing: ListingRow }): ReactNode {
  const { tone, words } = STATES[stateOf(listing, useChainNow(10_000))];
  return <Badge tone={tone}>{words}</Badge>;
}

/** Says where a batch of the credit was voided; the page of the listing shows which. */
function VoidedBadge({ credit }: Pick<ListingRow, 'credit'>): ReactNode {
  if (credit === undefined || credit.voidedGrams === 0n) return null;
  return <Badge tone="warn">A batch was voided</Badge>;
}

/** When a listing ends. */
export function Ends({ expiresAt }: Pick<ListingRow, 'expiresAt'>): ReactNode {
  return expiresAt === NEVER ? 'when its seller ends it' : <Moment at={expiresAt} />;
}

interface ListingTableProps {
  readonly listings: readonly ListingRow[];
  readonly caption: string;
  /** What can be done, for the seller's own. */
  readonly action?: (listing: ListingRow) => ReactNode;
}

export function ListingTable({ listings, caption, action }: ListingTableProps): ReactNode {
  const columns: readonly Column<ListingRow>[] = [
    {
      header: 'Credit',
      cell: (row) => (
        <>
          <Link href={`/market/${row.id}`}>{listingName(row)}</Link> <VoidedBadge {...row} />
        </>
      ),
    },
    { header: 'Country', cell: ({ country }) => country },
    {
      header: 'Methodology',
      cell: ({ project }) =>
        project?.methodology === undefined
          ? ''
          : `${project.methodology.code} ${project.methodology.version}`,
    },
    { header: 'Price', numeric: true, cell: (row) => <Price listing={row} /> },
    { header: 'Left', numeric: true, cell: ({ leftGrams }) => <Amount {...tonnes(leftGrams)} /> },
    { header: 'Ends', cell: (row) => <Ends {...row} /> },
    ...(action === undefined
      ? []
      : [
          { header: 'State', cell: (row: ListingRow) => <ListingBadge listing={row} /> },
          { header: 'Actions', cell: action },
        ]),
  ];
  return <Table caption={caption} rows={listings} rowKey={({ id }) => id} columns={columns} />;
}
