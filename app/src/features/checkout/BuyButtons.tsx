import type { ReactNode } from 'react';
import type { Address } from 'viem';
import { Link } from 'wouter';
import type { Order, PaymentToken, Plan, Quote, Subscription } from '../../chain/index.ts';
import { useChainNow, useSubscriptionSource } from '../../data/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { coins, Dialog } from '../../ui/index.ts';
import { PayDialog, type Purchase } from '../payment/index.ts';
import { useRightNetwork, WalletMenuButton } from '../wallet/index.ts';
import { purposeOf } from './choices.ts';
import { changePurchase, subscribePurchase, trialTransaction } from './purchases.ts';

interface BuyButtonsProps {
  readonly account: Address | undefined;
  readonly subscription: Subscription | undefined;
  readonly plan: Plan;
  readonly token: PaymentToken;
  readonly order: Order;
  readonly quote: Quote;
  /** Renewals to allow for; `undefined` while what is typed about them is wrong. */
  readonly terms: number | undefined;
  readonly onBuy: (buying: Buying) => void;
}

/** What is being bought: a term, or a trial. */
export type Buying = { readonly purchase: Purchase } | { readonly trial: Transaction };

function Connect(): ReactNode {
  return (
    <div className="stack-small">
      <WalletMenuButton />
      <p className="small muted">This is the price for a new wallet.</p>
    </div>
  );
}

/** Pays, or starts the trial where the wallet may have one. */
export function BuyButtons(props: BuyButtonsProps): ReactNode {
  const { account, subscription, plan, token, order, quote, terms, onBuy } = props;
  const source = useSubscriptionSource();
  const rightNetwork = useRightNetwork();
  const now = useChainNow(5_000);
  if (account === undefined || source === undefined) return <Connect />;
  const input = {
    contract: source.subscriptions,
    plan,
    order,
    quote,
    token,
    terms: terms ?? 1,
    runsUntil: subscription?.until ?? 0,
    now,
  };
  const change = purposeOf(subscription) === 'change';
  const mayTry = plan.trialDays > 0 && subscription?.trialUsed !== true && !change;
  return (
    <div className="stack-small">
      <button
        type="button"
        className="button"
        disabled={!rightNetwork || terms === undefined}
        onClick={() =>
          onBuy({ purchase: change ? changePurchase(input) : subscribePurchase(input) })
        }
      >
        {quote.amount === 0n ? 'Review the change' : `Review and pay ${coins(quote.amount, token)}`}
      </button>
      {mayTry && (
        <button
          type="button"
          className="button button-quiet"
          disabled={!rightNetwork}
          onClick={() => onBuy({ trial: trialTransaction(source.subscriptions, plan, order) })}
        >
          Try {plan.trialDays} days for free
        </button>
      )}
      {subscription?.state === 'trial' && (
        <p className="small muted">
          Paying here ends your trial at once. To keep its rest,{' '}
          <Link href="/subscription">renew it instead</Link>.
        </p>
      )}
    </div>
  );
}

interface BuyingDialogProps {
  readonly buying: Buying;
  readonly account: Address;
  readonly onClose: () => void;
}

/** Pays, or starts the trial. It has to outlive the buttons: what it does makes them go. */
export function BuyingDialog({ buying, account, onClose }: BuyingDialogProps): ReactNode {
  if ('purchase' in buying) {
    return <PayDialog purchase={buying.purchase} account={account} onClose={onClose} />;
  }
  return (
    <Dialog title={buying.trial.title} onClose={onClose}>
      <TransactionSteps transaction={buying.trial} account={account} onClose={onClose} />
    </Dialog>
  );
}
