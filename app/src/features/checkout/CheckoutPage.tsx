import type { ReactNode } from 'react';
import { useConnection } from 'wagmi';
import type { PaymentToken, Plan } from '../../chain/index.ts';
import { usePaymentTokens, usePlans, useSubscription } from '../../data/index.ts';
import { nameOf, WhereSold } from '../../plans/index.ts';
import { Empty, Page, QueryView } from '../../ui/index.ts';
import { CheckoutForm } from './CheckoutForm.tsx';

const BACK = { href: '/plans', label: 'All plans' };

function Found({ plan, tokens }: { plan: Plan; tokens: readonly PaymentToken[] }): ReactNode {
  const { address } = useConnection();
  const subscription = useSubscription(address);
  if (address === undefined) {
    return (
      <CheckoutForm plan={plan} tokens={tokens} account={undefined} subscription={undefined} />
    );
  }
  return (
    <QueryView query={subscription} what="your subscription">
      {(found) => (
        <CheckoutForm
          key={address}
          plan={plan}
          tokens={tokens}
          account={address}
          subscription={found}
        />
      )}
    </QueryView>
  );
}

/** One plan: what it costs this wallet now, and the way to have it. */
export function CheckoutPage({ id }: { readonly id: string }): ReactNode {
  const plans = usePlans();
  const tokens = usePaymentTokens();
  const plan = plans.data?.find((each) => String(each.id) === id);
  const sold = plan !== undefined && plan.tier !== 'free' && !plan.retired;
  const title = plan === undefined ? 'Plan' : nameOf(plan);
  return (
    <Page title={title} back={BACK}>
      <WhereSold>
        <QueryView
          query={plans}
          what="plan"
          isEmpty={() => !sold}
          empty={
            <Empty title="This plan is not for sale">
              <p>A running term keeps its rights. Choose another plan.</p>
            </Empty>
          }
        >
          {() =>
            plan !== undefined && (
              <QueryView
                query={tokens}
                what="accepted tokens"
                isEmpty={(all) => all.every(({ status }) => status !== 'accepted')}
                empty={<Empty title="No token is accepted now" />}
              >
                {(all) => <Found plan={plan} tokens={all} />}
              </QueryView>
            )
          }
        </QueryView>
      </WhereSold>
    </Page>
  );
}
