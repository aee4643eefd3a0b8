import type { ReactNode } from 'react';
import type { Address } from 'viem';
import { Link } from 'wouter';
import type { Retirement } from '../../api/indexer/index.ts';
import { useRetirements } from '../../data/index.ts';
import {
  Amount,
  Card,
  count,
  Empty,
  Hash,
  Moment,
  MorePages,
  QueryView,
  Table,
  tonnes,
} from '../../ui/index.ts';
import { beneficiaryOf } from './beneficiary.ts';
import { creditName } from '../../data/creditName.ts';

/** Serials of the retired grams of one credit id, first to last. */
function Serials({ firstSerial, grams }: Retirement): ReactNode {
  return (
    <span className="small">
      {count(firstSerial)} – {count(firstSerial + grams - 1n)}
    </span>
  );
}

/** Everything that was retired, by anyone or in the name of one wallet: public for ever. */
export function Retirements({ account }: { readonly account?: Address }): ReactNode {
  const query = useRetirements(account);
  return (
    <Card title="Retirements">
      <QueryView
        query={query}
        what="retirements"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="Nothing has been retired yet" />}
      >
        {({ pages }) => (
          <>
            <Table
              caption="Retirements, newest first"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => String(id)}
              columns={[
                {
                  header: 'When',
                  cell: ({ id, at }) => (
                    <Link href={`/certificates/${String(id)}`}>
                      <Moment at={at} />
                    </Link>
                  ),
                },
                { header: 'Beneficiary', cell: beneficiaryOf },
                { header: 'Purpose', cell: ({ purpose }) => purpose },
                { header: 'Credit', cell: creditName },
                {
                  header: 'Amount',
                  numeric: true,
                  cell: ({ grams }) => <Amount {...tonnes(grams)} />,
                },
                { header: 'Serials', cell: Serials },
                { header: 'By', cell: ({ account: by }) => <Hash value={by} what="address" /> },
              ]}
            />
            <MorePages query={query} what="retirements" />
          </>
        )}
      </QueryView>
    </Card>
  );
}
