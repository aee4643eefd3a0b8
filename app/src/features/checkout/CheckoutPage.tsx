import { CATALOGUE } from '@truetonne/protocol';
import type { ReactNode } from 'react';
import { useConnection } from 'wagmi';
import type { PaymentToken, Plan } from '../../chain/index.ts';
import { usePaymentTokens, usePlans, useSubscription } from '../../data/index.ts';
import { BrokenReferral, nameOf, WhereSold } from '../../plans/index.ts';
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

/** Why nothing of it can be bought: there is no such plan, it is Free, or it is not sold any more. */
function NotSold({ plan }: { readonly plan: Plan | undefined }): ReactNode {
  if (plan?.tier === 'free') return <Empty title="Free costs nothing: every wallet has it" />;
  const code = plan === undefined ? 'PLAN_UNKNOWN' : 'PLAN_NOT_FOR_SALE';
  const { title, todo } = CATALOGUE[code];
  return (
    <Empty title={title}>
      <p>
        {todo} <code>{code}</code>
      </p>
    </Empty>
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
        <BrokenReferral />
        <QueryView query={plans} what="plan" isEmpty={() => !sold} empty={<NotSold plan={plan} />}>
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
