import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useLocation } from 'wouter';
import type { PaymentToken } from '../../chain/index.ts';
import { useChainNow, useDispute, useHandOver } from '../../data/index.ts';
import { Card, coins, Hash } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { actionsFor, disputableUntil, type Action } from './actions.ts';
import { actionText } from './actionText.ts';
import { DisputeDialog } from './DisputeDialog.tsx';
import { DirectDialog, OfferDialog } from './HandOver.tsx';
import { RenewDialog } from './RenewDialog.tsx';
import {
  cancelTransaction,
  endDisputeTransaction,
  offerTransaction,
  refundTransaction,
  resumeTransaction,
  type Held,
} from './transactions.ts';

interface ActionsCardProps {
  readonly held: Held;
  readonly tokens: readonly PaymentToken[];
  readonly account: Address;
}

interface DoingProps extends ActionsCardProps {
  readonly action: Action;
  readonly now: number;
  readonly onClose: () => void;
}

/** The dialog of an action. */
function Doing({ action, held, tokens, account, now, onClose }: DoingProps): ReactNode {
  const { data: dispute } = useDispute(account);
  const direct = { account, onClose };
  switch (action) {
    case 'renew':
      return <RenewDialog held={held} tokens={tokens} account={account} onClose={onClose} />;
    case 'change':
      return null;
    case 'cancel':
      return <DirectDialog {...direct} transaction={cancelTransaction(held, now)} />;
    case 'resume':
      return <DirectDialog {...direct} transaction={resumeTransaction(held)} />;
    case 'refund':
    case 'takeRest':
      return <DirectDialog {...direct} transaction={refundTransaction(held)} />;
    case 'dispute':
      return <DisputeDialog held={held} account={account} now={now} onClose={onClose} />;
    case 'handOver':
      return <OfferDialog contract={held.contract} account={account} onClose={onClose} />;
    case 'endDispute': {
      if (dispute === undefined || dispute === null) return null;
      const { contract, token } = held;
      const transaction = endDisputeTransaction(contract, account, dispute, token);
      return <DirectDialog {...direct} transaction={transaction} />;
    }
  }
}

function Offered(props: { readonly held: Held; readonly account: Address }): ReactNode {
  const { data: to } = useHandOver(props.account);
  const [open, setOpen] = useState(false);
  return (
    <>
      {to !== undefined && to !== null && (
        <div className="action">
          <p className="small">
            Offered to <Hash value={to} what="wallet" />, who takes it over here with that wallet.
          </p>
          <button type="button" className="button button-quiet" onClick={() => setOpen(true)}>
            Take the offer back
          </button>
        </div>
      )}
      {open && (
        <DirectDialog
          transaction={offerTransaction(props.held.contract, undefined)}
          account={props.account}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** What can be done now, each with what it means. */
export function ActionsCard({ held, tokens, account }: ActionsCardProps): ReactNode {
  const { subscription, token } = held;
  const now = useChainNow(1_000);
  const { data: dispute } = useDispute(account);
  const rightNetwork = useRightNetwork();
  const [, navigate] = useLocation();
  const [doing, setDoing] = useState<Action>();
  const actions = actionsFor(subscription, now, dispute?.deadline);
  // A dialog stays open when what it did makes its action impossible.
  if (actions.length === 0 && doing === undefined) return null;
  const unused = subscription.unused === 0n ? undefined : coins(subscription.unused, token);
  return (
    <Card title="What you can do">
      <div className="actions">
        {actions.map((action) => {
          const { label, explained, danger } = actionText(action, {
            unused,
            disputableUntil: disputableUntil(subscription),
          });
          return (
            <div key={action} className="action">
              <p className="small">{explained}</p>
              <button
                type="button"
                className={danger ? 'button button-danger' : 'button button-quiet'}
                disabled={!rightNetwork}
                onClick={() => (action === 'change' ? navigate('/plans') : setDoing(action))}
              >
                {label}
              </button>
            </div>
          );
        })}
        <Offered held={held} account={account} />
      </div>
      {doing !== undefined && (
        <Doing
          action={doing}
          held={held}
          tokens={tokens}
          account={account}
          now={now}
          onClose={() => setDoing(undefined)}
        />
      )}
    </Card>
  );
}
