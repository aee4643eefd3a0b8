import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useDeployment } from '../../config/index.ts';
import { useBalances } from '../../data/index.ts';
import { Amount, Card, Empty, QueryView, Table, tonnes } from '../../ui/index.ts';
import { SellDialog } from '../market/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { toHolding, type Holding } from './holding.ts';
import { RetireDialog } from './RetireDialog.tsx';
import { TransferDialog } from './TransferDialog.tsx';

interface Doing {
  readonly what: 'transfer' | 'retire' | 'sell';
  readonly holding: Holding;
}

function Actions(props: {
  readonly holding: Holding;
  readonly onStart: (doing: Doing) => void;
}): ReactNode {
  const { holding, onStart } = props;
  const disabled = !useRightNetwork();
  const { market } = useDeployment();
  return (
    <div className="row">
      <button
        type="button"
        className="button button-small"
        disabled={disabled}
        aria-label={`Retire ${holding.name}`}
        onClick={() => onStart({ what: 'retire', holding })}
      >
        Retire
      </button>
      {market !== undefined && (
        <button
          type="button"
          className="button button-quiet button-small"
          disabled={disabled}
          aria-label={`Sell ${holding.name}`}
          onClick={() => onStart({ what: 'sell', holding })}
        >
          Sell
        </button>
      )}
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={disabled}
        aria-label={`Transfer ${holding.name}`}
        onClick={() => onStart({ what: 'transfer', holding })}
      >
        Transfer
      </button>
    </div>
  );
}

/** The balances of the connected wallet, with what can be done with them. */
export function Holdings({ account }: { readonly account: Address }): ReactNode {
  const query = useBalances(account);
  const [doing, setDoing] = useState<Doing>();
  const close = (): void => setDoing(undefined);
  return (
    <Card title="Your credits">
      <QueryView
        query={query}
        what="your credits"
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Empty title="This wallet holds no credits">
            <p>Mint them from a batch of your project, or receive them from another wallet.</p>
          </Empty>
        }
      >
        {({ items }) => (
          <Table
            caption="Credits in your wallet"
            rows={items.map(toHolding)}
            rowKey={({ creditId }) => String(creditId)}
            columns={[
              { header: 'Credit', cell: ({ name }) => name },
              { header: 'Id', cell: ({ creditId }) => <code>{String(creditId)}</code> },
              {
                header: 'Balance',
                numeric: true,
                cell: ({ grams }) => <Amount {...tonnes(grams)} />,
              },
              {
                header: 'Actions',
                cell: (holding) => <Actions holding={holding} onStart={setDoing} />,
              },
            ]}
          />
        )}
      </QueryView>
      {doing?.what === 'retire' && (
        <RetireDialog holding={doing.holding} account={account} onClose={close} />
      )}
      {doing?.what === 'sell' && (
        <SellDialog goods={doing.holding} account={account} onClose={close} />
      )}
      {doing?.what === 'transfer' && (
        <TransferDialog holding={doing.holding} account={account} onClose={close} />
      )}
    </Card>
  );
}
