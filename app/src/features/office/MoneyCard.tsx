import { useState, type ReactNode } from 'react';
import type { Office, PaymentToken } from '../../chain/index.ts';
import { useEarning } from '../../data/index.ts';
import { Badge, Card, coins, Facts, Hash, Table, type Column } from '../../ui/index.ts';
import {
  acceptForm,
  addressForm,
  collectTransaction,
  statusForm,
  withdrawForm,
} from './moneyForms.ts';
import { OfficeButton, OfficeDialog, type Doing, type OfficeProps } from './OfficeDialog.tsx';

interface MoneyCardProps extends OfficeProps {
  readonly tokens: readonly PaymentToken[];
  readonly office: Office;
}

/** Sets earned money free: anyone may, a hundred subscriptions at a time. */
function Collect(props: OfficeProps & { readonly onSend: (doing: Doing) => void }): ReactNode {
  const { contracts, account, onSend } = props;
  const { data } = useEarning();
  const subscribers = data?.pages.flatMap(({ items }) => items.map(({ subscriber }) => subscriber));
  if (account === undefined || subscribers === undefined || subscribers.length === 0) return null;
  const transaction = collectTransaction(contracts.subscriptions, subscribers);
  return (
    <OfficeButton
      label="Collect what is earned"
      text="Collect what is earned"
      onClick={() => onSend({ transaction })}
    />
  );
}

/** With a column of buttons for who may use them. */
function columnsOf(
  buttons: ((token: PaymentToken) => ReactNode) | undefined,
): readonly Column<PaymentToken>[] {
  return [
    { header: 'Id', cell: ({ id }) => id },
    { header: 'Token', cell: ({ symbol }) => symbol },
    {
      header: 'Status',
      cell: ({ status }) => <Badge tone={status === 'accepted' ? 'good' : 'warn'}>{status}</Badge>,
    },
    {
      header: 'Price',
      cell: ({ feed }) =>
        BigInt(feed) === 0n ? 'one is $1' : <Hash value={feed} what="price feed" />,
    },
    { header: 'Keeper’s share', cell: ({ bountyPercentE2 }) => `${bountyPercentE2 / 100} %` },
    {
      header: 'Earned, to withdraw',
      numeric: true,
      cell: (token) => coins(token.earned, token),
    },
    ...(buttons === undefined ? [] : [{ header: 'Actions', cell: buttons }]),
  ];
}

function Roles({ office }: { readonly office: Office }): ReactNode {
  return (
    <Facts
      items={[
        { label: 'Operator', value: <Hash value={office.operator} what="operator" /> },
        { label: 'Treasury', value: <Hash value={office.treasury} what="treasury" /> },
        { label: 'Arbiter', value: <Hash value={office.arbiter} what="arbiter" /> },
      ]}
    />
  );
}

/** Which tokens are taken, what they earned, and where that goes. */
export function MoneyCard(props: MoneyCardProps): ReactNode {
  const { contracts, role, tokens, office } = props;
  const [doing, setDoing] = useState<Doing>();
  const { plans } = contracts;
  const buttons = (token: PaymentToken): ReactNode => (
    <div className="row">
      <OfficeButton
        label={`Withdraw ${token.symbol}`}
        text="Withdraw"
        onClick={() => setDoing({ form: withdrawForm(plans, token, office.treasury) })}
      />
      {token.status !== 'retired' && (
        <OfficeButton
          label={`Status of ${token.symbol}`}
          text="Status"
          onClick={() => setDoing({ form: statusForm(plans, token) })}
        />
      )}
    </div>
  );
  return (
    <Card
      title="Tokens and earnings"
      aside={
        role.operator && (
          <OfficeButton
            label="Accept a token"
            text="Accept a token"
            onClick={() => setDoing({ form: acceptForm(plans) })}
          />
        )
      }
    >
      <Table
        caption="Tokens"
        rows={tokens}
        rowKey={({ id }) => String(id)}
        columns={columnsOf(role.operator ? buttons : undefined)}
      />
      <Roles office={office} />
      <div className="row">
        <Collect {...props} onSend={setDoing} />
        {role.operator &&
          (['treasury', 'arbiter'] as const).map((who) => (
            <OfficeButton
              key={who}
              label={`Set the ${who}`}
              text={`Set the ${who}`}
              onClick={() => setDoing({ form: addressForm(plans, who, office[who]) })}
            />
          ))}
      </div>
      <OfficeDialog {...props} doing={doing} onClose={() => setDoing(undefined)} />
    </Card>
  );
}
