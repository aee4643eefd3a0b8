import type { ReactNode } from 'react';
import type { Address } from 'viem';
import type { HistoryEvent } from '../../api/indexer/index.ts';
import type { PaymentToken, Plan } from '../../chain/index.ts';
import { useSubscriptionHistory } from '../../data/index.ts';
import { planName } from '../../plans/index.ts';
import {
  Card,
  Empty,
  Hash,
  Moment,
  MorePages,
  QueryView,
  Table,
  type Column,
} from '../../ui/index.ts';
import { detailsOf, kindName } from './historyWords.ts';

interface HistoryCardProps {
  readonly account: Address;
  readonly plans: readonly Plan[];
  readonly tokens: readonly PaymentToken[];
}

function columnsOf(
  plans: readonly Plan[],
  tokens: readonly PaymentToken[],
): readonly Column<HistoryEvent>[] {
  return [
    { header: 'When', cell: ({ at }) => <Moment at={at} /> },
    { header: 'What', cell: ({ kind }) => kindName(kind) },
    {
      header: 'More',
      cell: (event) => (
        <>
          {detailsOf(event, (id) => planName(id, plans), tokens).join(', ')}
          {event.counterparty !== undefined && (
            <>
              {' '}
              <Hash value={event.counterparty} what="address of the other wallet" />
            </>
          )}
        </>
      ),
    },
    {
      header: 'Transaction',
      cell: ({ transactionHash }) => <Hash value={transactionHash} what="transaction hash" />,
    },
  ];
}

/** All that the contract ever said of this wallet. */
export function HistoryCard({ account, plans, tokens }: HistoryCardProps): ReactNode {
  const query = useSubscriptionHistory(account);
  return (
    <Card title="History">
      <QueryView
        query={query}
        what="history"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="Nothing has happened yet" />}
      >
        {({ pages }) => (
          <>
            <Table
              caption="What happened, newest first"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => id}
              columns={columnsOf(plans, tokens)}
            />
            <MorePages query={query} what="history" />
          </>
        )}
      </QueryView>
    </Card>
  );
}
