import { useState, type ReactNode } from 'react';
import { zeroAddress, type Address } from 'viem';
import type { PaymentToken, Plan, Subscription } from '../../chain/index.ts';
import { useQuote } from '../../data/index.ts';
import { forgetReferrer } from '../../referrer/index.ts';
import { Card, ChoiceField, SelectField, usd } from '../../ui/index.ts';
import { findObstacle, Obstacle } from './Obstacle.tsx';
import { BuyButtons, BuyingDialog, type Buying } from './BuyButtons.tsx';
import { purposeOf, termsOf, toOrder } from './choices.ts';
import { PromoField } from './PromoField.tsx';
import { QuoteCard } from './QuoteCard.tsx';
import { ReferrerNote } from './ReferrerNote.tsx';
import { RenewalField } from './RenewalField.tsx';
import { TokenChoice } from './TokenChoice.tsx';
import { useCheckout, type Checkout } from './useCheckout.ts';

interface CheckoutFormProps {
  readonly plan: Plan;
  readonly tokens: readonly PaymentToken[];
  readonly account: Address | undefined;
  readonly subscription: Subscription | undefined;
}

function Period({ plan, checkout }: { plan: Plan; checkout: Checkout }): ReactNode {
  const { choices, change } = checkout;
  const note = (price: bigint): string => (price === 0n ? 'Not sold' : usd(price));
  return (
    <ChoiceField
      legend="Period"
      value={choices.yearly ? 'yearly' : 'monthly'}
      onChange={(period) => change({ yearly: period === 'yearly' })}
      options={[
        {
          value: 'monthly',
          label: 'Monthly',
          note: `${note(plan.monthlyUsd)} for 30 days`,
          disabled: plan.monthlyUsd === 0n,
        },
        {
          value: 'yearly',
          label: 'Yearly',
          note: `${note(plan.yearlyUsd)} for 365 days`,
          disabled: plan.yearlyUsd === 0n,
        },
      ]}
    />
  );
}

function Instalments({ plan, checkout }: { plan: Plan; checkout: Checkout }): ReactNode {
  const { choices, change } = checkout;
  const options = Array.from({ length: plan.maxInstalments }, (_, index) => ({
    value: String(index + 1),
    label: index === 0 ? 'All at once' : `In ${index + 1} instalments`,
  }));
  return (
    <div className="stack-small">
      <SelectField
        label="How to pay"
        value={String(choices.instalments)}
        onChange={(parts) => change({ instalments: Number(parts) })}
        options={options}
      />
      {choices.instalments > 1 && (
        <p className="small muted">
          Each instalment buys its part of the time at today’s price and discount. One that is
          missed opens five days of grace.
        </p>
      )}
    </div>
  );
}

function PromoCode({ checkout }: { readonly checkout: Checkout }): ReactNode {
  const { choices, change, promoProblem } = checkout;
  return (
    <PromoField
      promo={choices.promo}
      linkProblem={promoProblem}
      onChange={(promo) => change({ promo })}
    />
  );
}

/** The choices, and beside them what they cost. */
export function CheckoutForm(props: CheckoutFormProps): ReactNode {
  const { plan, tokens, account, subscription } = props;
  const checkout = useCheckout(plan, tokens);
  const { choices, change } = checkout;
  const [buying, setBuying] = useState<Buying>();
  const purpose = purposeOf(subscription);
  const only =
    purpose === 'change' && subscription?.state === 'active' ? subscription.tokenId : undefined;
  const token = tokens.find(({ id }) => id === (only ?? choices.tokenId)) ?? tokens[0];
  const obstacle = findObstacle(plan, choices.yearly, subscription);
  if (token === undefined) return null;
  const order = toOrder(plan, choices, token, subscription);
  const drop = (part: 'promo' | 'referrer'): void => {
    if (part === 'referrer') forgetReferrer();
    change({ [part]: undefined });
  };
  return (
    <div className="checkout">
      <Card title={purpose === 'change' ? 'Change your subscription' : 'Your subscription'}>
        <Period plan={plan} checkout={checkout} />
        <TokenChoice
          account={account}
          tokens={tokens}
          value={token.id}
          onChange={(tokenId) => change({ tokenId })}
          only={only}
        />
        {purpose === 'subscribe' && plan.maxInstalments > 1 && (
          <Instalments plan={plan} checkout={checkout} />
        )}
        <PromoCode checkout={checkout} />
        {order.referrer !== undefined && (
          <ReferrerNote
            referrer={order.referrer}
            welcomePercent={plan.welcomePercent}
            onForget={() => drop('referrer')}
          />
        )}
        <RenewalField token={token} choices={choices} onChange={change} />
      </Card>
      <div className="checkout-quote">
        {obstacle === undefined ? (
          <Priced
            {...props}
            token={token}
            order={order}
            terms={termsOf(choices, token)}
            onDrop={drop}
            onBuy={setBuying}
          />
        ) : (
          <Obstacle {...obstacle} />
        )}
      </div>
      {buying !== undefined && account !== undefined && (
        <BuyingDialog buying={buying} account={account} onClose={() => setBuying(undefined)} />
      )}
    </div>
  );
}

interface PricedProps extends CheckoutFormProps {
  readonly token: PaymentToken;
  readonly order: ReturnType<typeof toOrder>;
  readonly terms: number | undefined;
  readonly onDrop: (part: 'promo' | 'referrer') => void;
  readonly onBuy: (buying: Buying) => void;
}

function Priced({
  plan,
  account,
  subscription,
  token,
  order,
  terms,
  onDrop,
  onBuy,
}: PricedProps): ReactNode {
  // Without a wallet it is the price for a new one.
  const { data: quote, error } = useQuote(account ?? zeroAddress, order);
  return (
    <QuoteCard quote={quote} error={error} order={order} token={token} onDrop={onDrop}>
      {quote !== undefined && (
        <BuyButtons
          account={account}
          subscription={subscription}
          plan={plan}
          token={token}
          order={order}
          quote={quote}
          terms={terms}
          onBuy={onBuy}
        />
      )}
    </QuoteCard>
  );
}
