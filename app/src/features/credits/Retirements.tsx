import type { ReactNode } from 'react';
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
import { creditName } from './holding.ts';

/** Serials of the retired grams of one credit id, first to last. */
function Serials({ firstSerial, grams }: Retirement): ReactNode {
  return (
    <span className="small">
      {count(firstSerial)} – {count(firstSerial + grams - 1n)}
    </span>
  );
}

/** Everything that was retired, by anyone: public for ever. */
export function Retirements(): ReactNode {
  const query = useRetirements();
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
                { header: 'When', cell: ({ at }) => <Moment at={at} /> },
                { header: 'Beneficiary', cell: ({ beneficiary }) => beneficiary },
                { header: 'Purpose', cell: ({ purpose }) => purpose },
                { header: 'Credit', cell: creditName },
                {
                  header: 'Amount',
                  numeric: true,
                  cell: ({ grams }) => <Amount {...tonnes(grams)} />,
                },
                { header: 'Serials', cell: Serials },
                { header: 'By', cell: ({ account }) => <Hash value={account} what="address" /> },
              ]}
            />
            <MorePages query={query} what="retirements" />
          </>
        )}
      </QueryView>
    </Card>
  );
}
