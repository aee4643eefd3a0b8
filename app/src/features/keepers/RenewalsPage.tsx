import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import type { DueSubscription } from '../../api/indexer/index.ts';
import type { PaymentToken, Plan } from '../../chain/index.ts';
import {
  ON_CHAIN,
  useChainNow,
  useDue,
  usePaymentTokens,
  usePlans,
  useSubscriptionSource,
} from '../../data/index.ts';
import { planName, WhereSold } from '../../plans/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import {
  Ahead,
  Badge,
  Card,
  Dialog,
  Empty,
  Hash,
  MorePages,
  Notice,
  Page,
  QueryView,
  Table,
  usd,
  type Column,
} from '../../ui/index.ts';
import { useRightNetwork, WalletMenuButton } from '../wallet/index.ts';
import { checkRenewals, type Checked } from './check.ts';
import { renewManyTransaction, renewOneTransaction } from './transactions.ts';

const DAY = 86_400;
/** Times in a query's key are cut to whole minutes, so that it is not asked anew each second. */
const MINUTE = 60;
const CHECK_MS = 10_000;

function useChecked(subscribers: readonly Address[]): ReadonlyMap<Address, Checked> {
  const source = useSubscriptionSource();
  const { data } = useQuery({
    queryKey: [ON_CHAIN, 'renewable', ...subscribers],
    queryFn: () => (source === undefined ? [] : checkRenewals(source, subscribers)),
    enabled: source !== undefined && subscribers.length > 0,
    refetchInterval: CHECK_MS,
  });
  return new Map(data?.map((each) => [each.subscriber, each]));
}

function Outcome({ checked }: { readonly checked: Checked | undefined }): ReactNode {
  if (checked === undefined) return <span className="muted">Asking the contract …</span>;
  if (checked.refusal === undefined) return <Badge tone="good">Can be renewed</Badge>;
  const { title, todo, code } = checked.refusal;
  return (
    <details className="details">
      <summary>{title}</summary>
      <p className="small">
        {todo} <code>{code}</code>
      </p>
    </details>
  );
}

interface DueTableProps {
  readonly rows: readonly DueSubscription[];
  readonly plans: readonly Plan[];
  readonly tokens: readonly PaymentToken[];
  readonly contract: Address;
  readonly onSend: (transaction: Transaction) => void;
}

function columnsOf(
  { plans, tokens }: Pick<DueTableProps, 'plans' | 'tokens'>,
  checked: ReadonlyMap<Address, Checked>,
  action: (row: DueSubscription) => ReactNode,
): readonly Column<DueSubscription>[] {
  return [
    { header: 'Wallet', cell: ({ subscriber }) => <Hash value={subscriber} what="wallet" /> },
    { header: 'Plan', cell: ({ planId }) => planName(planId, plans) },
    { header: 'Paid time ends', cell: ({ until }) => <Ahead at={until} /> },
    {
      header: 'Cap',
      cell: ({ capCents }) => (capCents === 0 ? 'none' : usd(BigInt(capCents) * 10_000n)),
    },
    {
      header: 'Your share',
      cell: ({ tokenId }) => {
        const token = tokens.find(({ id }) => id === tokenId);
        return token === undefined ? '' : `${token.bountyPercentE2 / 100} % in ${token.symbol}`;
      },
    },
    {
      header: 'Now',
      cell: ({ subscriber }) => <Outcome checked={checked.get(subscriber)} />,
    },
    { header: 'Action', cell: action },
  ];
}

function DueTable(props: DueTableProps): ReactNode {
  const { rows, contract, onSend } = props;
  const rightNetwork = useRightNetwork();
  const checked = useChecked(rows.map(({ subscriber }) => subscriber));
  const renewable = rows
    .map(({ subscriber }) => subscriber)
    .filter((subscriber) => {
      const each = checked.get(subscriber);
      return each !== undefined && each.refusal === undefined;
    });
  const action = ({ subscriber }: DueSubscription): ReactNode => (
    <button
      type="button"
      className="button button-small"
      disabled={!rightNetwork || !renewable.includes(subscriber)}
      aria-label={`Renew ${subscriber}`}
      onClick={() => onSend(renewOneTransaction(contract, subscriber))}
    >
      Renew
    </button>
  );
  return (
    <>
      <p>
        <button
          type="button"
          className="button"
          disabled={!rightNetwork || renewable.length === 0}
          onClick={() => onSend(renewManyTransaction(contract, renewable))}
        >
          Renew all that can be: {renewable.length}
        </button>
      </p>
      <Table
        caption="Subscriptions that are due"
        rows={rows}
        rowKey={({ subscriber }) => subscriber}
        columns={columnsOf(props, checked, action)}
      />
    </>
  );
}

function Due(): ReactNode {
  const { address } = useConnection();
  const contract = useSubscriptionSource()?.subscriptions;
  const now = Math.floor(useChainNow(10_000) / MINUTE) * MINUTE;
  const due = useDue(now, now + DAY + MINUTE);
  const { data: plans = [] } = usePlans();
  const { data: tokens = [] } = usePaymentTokens();
  const [transaction, setTransaction] = useState<Transaction>();
  if (contract === undefined) return null;
  return (
    <Card title="Due now">
      {address === undefined && (
        <Notice tone="plain" title="Connect a wallet to renew">
          <WalletMenuButton />
        </Notice>
      )}
      <QueryView
        query={due}
        what="due subscriptions"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={
          <Empty title="Nothing is due">
            <p>Subscriptions appear here a day before their paid time ends.</p>
          </Empty>
        }
      >
        {({ pages }) => (
          <>
            <DueTable
              rows={pages.flatMap(({ items }) => items)}
              plans={plans}
              tokens={tokens}
              contract={contract}
              onSend={setTransaction}
            />
            <MorePages query={due} what="subscriptions" />
          </>
        )}
      </QueryView>
      {transaction !== undefined && address !== undefined && (
        <Dialog title={transaction.title} onClose={() => setTransaction(undefined)}>
          <TransactionSteps
            transaction={transaction}
            account={address}
            onClose={() => setTransaction(undefined)}
          />
        </Dialog>
      )}
    </Card>
  );
}

/** For keepers: what is due, whether it can be renewed, and why not. */
export function RenewalsPage(): ReactNode {
  return (
    <Page
      title="Renewals"
      lead="Anyone may renew what is due and gets a small share of the payment for it."
    >
      <WhereSold>
        <Due />
      </WhereSold>
    </Page>
  );
}
