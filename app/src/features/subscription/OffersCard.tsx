import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useHandOverOffers } from '../../data/index.ts';
import { Hash, Notice } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { DirectDialog } from './HandOver.tsx';
import { acceptTransaction } from './transactions.ts';

interface OffersCardProps {
  readonly contract: Address;
  readonly account: Address;
}

/** Subscriptions of other wallets that this one may take over. */
export function OffersCard({ contract, account }: OffersCardProps): ReactNode {
  const { data } = useHandOverOffers(account);
  const rightNetwork = useRightNetwork();
  const [from, setFrom] = useState<Address>();
  const offers = data?.items ?? [];
  return (
    <>
      {offers.map(({ subscriber }) => (
        <Notice key={subscriber} tone="plain" title="A subscription is offered to this wallet">
          <p className="small">
            By <Hash value={subscriber} what="wallet" />, with its money, time and paid terms.
          </p>
          <p>
            <button
              type="button"
              className="button button-small"
              disabled={!rightNetwork}
              onClick={() => setFrom(subscriber)}
            >
              Take it over
            </button>
          </p>
        </Notice>
      ))}
      {from !== undefined && (
        <DirectDialog
          transaction={acceptTransaction(contract, from)}
          account={account}
          onClose={() => setFrom(undefined)}
        />
      )}
    </>
  );
}
