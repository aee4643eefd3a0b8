import type { ReactNode } from 'react';
import type { Address } from 'viem';
import type { PastDispute } from '../../api/indexer/index.ts';
import type { PaymentToken } from '../../chain/index.ts';
import { useChainNow, useDispute, useDisputesOf } from '../../data/index.ts';
import { Card, coins, countdown, Facts, Moment, Table } from '../../ui/index.ts';

interface DisputeCardProps {
  readonly account: Address;
  readonly tokens: readonly PaymentToken[];
}

function Open({
  account,
  tokens,
  tokenId,
}: DisputeCardProps & { readonly tokenId: number }): ReactNode {
  const { data: dispute } = useDispute(account);
  const now = useChainNow();
  const token = tokens.find(({ id }) => id === tokenId);
  if (dispute === undefined || dispute === null || token === undefined) return null;
  return (
    <Card title="Your dispute">
      <Facts
        items={[
          { label: 'Stands still', value: coins(dispute.stake, token) },
          { label: 'The arbiter has', value: countdown(dispute.deadline, now) },
          { label: 'Deadline', value: <Moment at={dispute.deadline} /> },
          { label: 'If nobody decides, you get', value: coins(dispute.unused, token) },
        ]}
      />
    </Card>
  );
}

function endOf(
  { resolvedAt, toSubscriber, byDeadline }: PastDispute,
  token: PaymentToken | undefined,
): string {
  if (resolvedAt === undefined) return 'open';
  // By the deadline it may be nothing, where all of the time was used until then.
  if (toSubscriber === undefined || (toSubscriber === 0n && byDeadline !== true)) {
    return 'dismissed: the term ran on';
  }
  const much = token === undefined ? String(toSubscriber) : coins(toSubscriber, token);
  return `${much} for you${byDeadline === true ? ', as nobody decided in time' : ''}`;
}

function Past({ account, tokens }: DisputeCardProps): ReactNode {
  const { data } = useDisputesOf(account);
  const rows = data?.items.filter(({ resolvedAt }) => resolvedAt !== undefined) ?? [];
  if (rows.length === 0) return null;
  const tokenOf = (id: number): PaymentToken | undefined => tokens.find((each) => each.id === id);
  return (
    <Card title="Disputes that ended">
      <Table
        caption="Disputes of this wallet"
        rows={rows}
        rowKey={({ openedAt }) => String(openedAt)}
        columns={[
          { header: 'Opened', cell: ({ openedAt }) => <Moment at={openedAt} /> },
          {
            header: 'Stake',
            numeric: true,
            cell: ({ stake, tokenId }) => {
              const token = tokenOf(tokenId);
              return token === undefined ? '' : coins(stake, token);
            },
          },
          { header: 'How it ended', cell: (row) => endOf(row, tokenOf(row.tokenId)) },
        ]}
      />
    </Card>
  );
}

/** The dispute that is open, with its deadline, and how earlier ones ended. */
export function DisputeCard(
  props: DisputeCardProps & { readonly openIn: number | undefined },
): ReactNode {
  const { account, tokens, openIn } = props;
  return (
    <>
      {openIn !== undefined && <Open account={account} tokens={tokens} tokenId={openIn} />}
      <Past account={account} tokens={tokens} />
    </>
  );
}
