import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import type { Receipt } from '../../api/indexer/index.ts';
import type { PaymentToken, Plan } from '../../chain/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useReceipts } from '../../data/index.ts';
import { discountName, periodName, planName } from '../../plans/index.ts';
import {
  Card,
  coins,
  date,
  Empty,
  Hash,
  Moment,
  MorePages,
  QueryView,
  Table,
  usd,
  type Column,
} from '../../ui/index.ts';
import { BillingField, InvoiceButton, readBilling, type InvoiceFacts } from '../invoices/index.ts';

interface ReceiptsCardProps {
  readonly contract: Address;
  readonly account: Address;
  readonly plans: readonly Plan[];
  readonly tokens: readonly PaymentToken[];
}

function whatOf(
  { planId, yearly, instalment, instalments }: Receipt,
  plans: readonly Plan[],
): string {
  const part = instalments > 1 ? `, instalment ${instalment} of ${instalments}` : '';
  return `${planName(planId, plans)}, ${periodName(yearly)}${part}`;
}

function columnsOf(
  plans: readonly Plan[],
  tokenOf: (receipt: Receipt) => PaymentToken | undefined,
  factsOf: (receipt: Receipt) => InvoiceFacts,
): readonly Column<Receipt>[] {
  return [
    { header: 'No.', cell: ({ number }) => number },
    { header: 'Paid', cell: ({ at }) => <Moment at={at} /> },
    { header: 'For', cell: (receipt) => whatOf(receipt, plans) },
    { header: 'Until', cell: ({ until }) => date(until) },
    {
      header: 'Discount',
      cell: ({ discount, percent }) =>
        percent === 0 ? 'none' : `${percent} % ${discountName(discount)}`,
    },
    {
      header: 'Amount',
      numeric: true,
      cell: (receipt) => {
        const token = tokenOf(receipt);
        return token === undefined ? usd(receipt.usd) : coins(receipt.amount, token);
      },
    },
    {
      header: 'Transaction',
      cell: ({ transactionHash }) => <Hash value={transactionHash} what="transaction hash" />,
    },
    {
      header: 'Invoice',
      cell: (receipt) => <InvoiceButton facts={factsOf(receipt)} />,
    },
  ];
}

/** Every payment: its number, what for, why that much, and where it stands on the chain. */
export function ReceiptsCard({ contract, account, plans, tokens }: ReceiptsCardProps): ReactNode {
  const query = useReceipts(account);
  const { chainId, seller } = useDeployment();
  const [billedTo, setBilledTo] = useState(readBilling);
  const tokenOf = ({ tokenId }: Receipt) => tokens.find(({ id }) => id === tokenId);
  const factsOf = (receipt: Receipt): InvoiceFacts => ({
    ...{ receipt, plans, contract, chainId, seller, billedTo },
    token: tokenOf(receipt),
  });
  return (
    <Card title="Receipts">
      <QueryView
        query={query}
        what="receipts"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="This wallet has paid nothing yet" />}
      >
        {({ pages }) => (
          <>
            <Table
              caption="Receipts, newest first"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ number }) => String(number)}
              columns={columnsOf(plans, tokenOf, factsOf)}
            />
            <BillingField value={billedTo} onChange={setBilledTo} />
            <MorePages query={query} what="receipts" />
          </>
        )}
      </QueryView>
    </Card>
  );
}
