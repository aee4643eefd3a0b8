import type { ReactNode } from 'react';
import type { CertificateBooks, CreditBooks } from '../../api/indexer/index.ts';
import { useBooks } from '../../data/index.ts';
import {
  Amount,
  Badge,
  Card,
  count,
  Empty,
  energy,
  QueryView,
  Table,
  tonnes,
  type Column,
} from '../../ui/index.ts';

function gramsColumn(header: string, of: (row: CreditBooks) => bigint): Column<CreditBooks> {
  return { header, numeric: true, cell: (row) => <Amount {...tonnes(of(row))} /> };
}

/** Whether the parts, each counted on its own, add up to what was minted. */
function Sums({ minted, parts }: { readonly minted: bigint; readonly parts: readonly bigint[] }) {
  const balanced = parts.reduce((sum, part) => sum + part, 0n) === minted;
  return (
    <Badge tone={balanced ? 'good' : 'bad'}>{balanced ? 'Balanced' : 'Does not add up'}</Badge>
  );
}

function CreditTable({ rows }: { readonly rows: readonly CreditBooks[] }): ReactNode {
  return (
    <Table
      caption="What became of the credits, by vintage"
      rows={rows}
      rowKey={({ id }) => String(id)}
      columns={[
        { header: 'Vintage', cell: ({ vintage }) => String(vintage) },
        gramsColumn('Minted', (row) => row.mintedGrams),
        gramsColumn('Held', (row) => row.heldGrams),
        gramsColumn('of it for sale', (row) => row.listedGrams),
        gramsColumn('Retired', (row) => row.retiredGrams),
        gramsColumn('Buffer', (row) => row.bufferedGrams),
        gramsColumn('Voided', (row) => row.voidedGrams),
        {
          header: 'Sum',
          cell: ({ mintedGrams, heldGrams, retiredGrams, bufferedGrams, voidedGrams }) => (
            <Sums
              minted={mintedGrams}
              parts={[heldGrams, retiredGrams, bufferedGrams, voidedGrams]}
            />
          ),
        },
      ]}
    />
  );
}

function CertificateTable({ rows }: { readonly rows: readonly CertificateBooks[] }): ReactNode {
  const counted = (
    header: string,
    of: (row: CertificateBooks) => bigint,
  ): Column<CertificateBooks> => ({ header, numeric: true, cell: (row) => count(of(row)) });
  return (
    <Table
      caption="What became of the energy certificates of 1 MWh, by year"
      rows={rows}
      rowKey={({ id }) => String(id)}
      columns={[
        { header: 'Year', cell: ({ vintage }) => String(vintage) },
        counted('Minted', ({ minted }) => minted),
        counted('Held', ({ held }) => held),
        counted('Cancelled', ({ cancelled }) => cancelled),
        counted('Voided', ({ voided }) => voided),
        {
          header: 'Carried',
          numeric: true,
          cell: ({ remainderWh }) => <Amount {...energy(remainderWh)} />,
        },
        {
          header: 'Sum',
          cell: ({ minted, held, cancelled, voided }) => (
            <Sums minted={minted} parts={[held, cancelled, voided]} />
          ),
        },
      ]}
    />
  );
}

/** Every gram and certificate that the batches of a project issued, and where it is now. */
export function BooksCard({ projectId }: { readonly projectId: number }): ReactNode {
  const query = useBooks(projectId);
  return (
    <Card title="Books">
      <QueryView
        query={query}
        what="books"
        isEmpty={({ credits, certificates }) => credits.length + certificates.length === 0}
        empty={<Empty title="Nothing has been minted yet" />}
      >
        {({ credits, certificates }) => (
          <>
            <p className="small">
              Minted = held + retired + buffer + voided. Each is counted from its own events.
            </p>
            {credits.length > 0 && <CreditTable rows={credits} />}
            {certificates.length > 0 && <CertificateTable rows={certificates} />}
          </>
        )}
      </QueryView>
    </Card>
  );
}
