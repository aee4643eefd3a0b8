import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import type { Kept, PaymentToken } from '../../chain/index.ts';
import { useKept } from '../../data/index.ts';
import { coins, Notice } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { DirectDialog } from './HandOver.tsx';
import { claimTransaction } from './transactions.ts';

interface KeptCardProps {
  readonly contract: Address;
  readonly account: Address;
  readonly tokens: readonly PaymentToken[];
}

/** Money that waits for this wallet: from a dispute, a subscription that ended, a referral. */
export function KeptCard({ contract, account, tokens }: KeptCardProps): ReactNode {
  const { data: kept = [] } = useKept(account);
  const rightNetwork = useRightNetwork();
  const [claiming, setClaiming] = useState<{ kept: Kept; token: PaymentToken }>();
  return (
    <>
      {kept.map((each) => {
        const token = tokens.find(({ id }) => id === each.tokenId);
        if (token === undefined) return null;
        const much = coins(each.amount, token);
        return (
          <Notice key={each.tokenId} tone="good" title={`${much} are kept for you`}>
            <p className="small">
              From a dispute, a subscription that ended, or a payment that could not be delivered.
            </p>
            <p>
              <button
                type="button"
                className="button button-small"
                disabled={!rightNetwork}
                onClick={() => setClaiming({ kept: each, token })}
              >
                Claim {much}
              </button>
            </p>
          </Notice>
        );
      })}
      {claiming !== undefined && (
        <DirectDialog
          transaction={claimTransaction(contract, account, claiming.kept, claiming.token)}
          account={account}
          onClose={() => setClaiming(undefined)}
        />
      )}
    </>
  );
}
