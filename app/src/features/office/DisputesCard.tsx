import { useState, type ReactNode } from 'react';
import { subscriptionsAbi } from '@truetonne/protocol';
import type { OpenDispute } from '../../api/indexer/index.ts';
import type { PaymentToken } from '../../chain/index.ts';
import { useChainNow, useOpenDisputes } from '../../data/index.ts';
import { contractCall, type Transaction } from '../../transactions/index.ts';
import {
  Card,
  coins,
  countdown,
  Empty,
  Hash,
  QueryView,
  Table,
  type Column,
} from '../../ui/index.ts';
import { resolveForm } from './moneyForms.ts';
import { OfficeButton, OfficeDialog, type Doing, type OfficeProps } from './OfficeDialog.tsx';

function endTransaction(contract: OfficeProps['contracts'], dispute: OpenDispute): Transaction {
  return {
    title: 'End a dispute by its deadline',
    effects: [
      { label: 'Subscriber', value: dispute.subscriber, wide: true },
      { label: 'Gets', value: 'what was unused at the deadline' },
    ],
    action: 'End the dispute',
    done: 'The dispute is over',
    call: contractCall({
      address: contract.subscriptions,
      abi: subscriptionsAbi,
      functionName: 'resolveByDeadline',
      args: [dispute.subscriber],
    }),
  };
}

function columnsOf(
  tokens: readonly PaymentToken[],
  now: number,
  button: (dispute: OpenDispute) => ReactNode,
): readonly Column<OpenDispute>[] {
  return [
    {
      header: 'Wallet',
      cell: ({ subscriber }) => <Hash value={subscriber} what="wallet" />,
    },
    {
      header: 'Stake',
      numeric: true,
      cell: ({ stake, tokenId }) => {
        const token = tokens.find(({ id }) => id === tokenId);
        return token === undefined ? String(stake) : coins(stake, token);
      },
    },
    { header: 'Time left', cell: ({ deadline }) => countdown(deadline, now) },
    {
      header: 'Hash of the reason',
      cell: ({ reasonHash }) => <Hash value={reasonHash} what="hash of the reason" />,
    },
    { header: 'Action', cell: button },
  ];
}

/** Open disputes: the arbiter splits them, after the deadline anyone ends them. */
export function DisputesCard(
  props: OfficeProps & { readonly tokens: readonly PaymentToken[] },
): ReactNode {
  const { contracts, role, tokens, account } = props;
  const disputes = useOpenDisputes();
  const now = useChainNow();
  const [doing, setDoing] = useState<Doing>();
  const button = (dispute: OpenDispute): ReactNode => {
    const token = tokens.find(({ id }) => id === dispute.tokenId);
    if (account === undefined || token === undefined) return null;
    if (now >= dispute.deadline) {
      const transaction = endTransaction(contracts, dispute);
      return (
        <OfficeButton
          label={`End the dispute of ${dispute.subscriber}`}
          text="End it"
          onClick={() => setDoing({ transaction })}
        />
      );
    }
    if (!role.arbiter) return null;
    return (
      <OfficeButton
        label={`Resolve the dispute of ${dispute.subscriber}`}
        text="Resolve"
        onClick={() => setDoing({ form: resolveForm(contracts.plans, dispute, token) })}
      />
    );
  };
  return (
    <Card title="Open disputes">
      <QueryView
        query={disputes}
        what="disputes"
        isEmpty={({ items }) => items.length === 0}
        empty={<Empty title="Nothing is disputed" />}
      >
        {({ items }) => (
          <Table
            caption="Open disputes"
            rows={items}
            rowKey={({ subscriber }) => subscriber}
            columns={columnsOf(tokens, now, button)}
          />
        )}
      </QueryView>
      <OfficeDialog {...props} doing={doing} onClose={() => setDoing(undefined)} />
    </Card>
  );
}
