import { useEffect, type ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useConnection } from 'wagmi';
import { useChainNow, usePlans, useSubscription } from '../../data/index.ts';
import { BrokenReferral, monthsOf, seasonPercentAt, WhereSold } from '../../plans/index.ts';
import { rememberReferrer } from '../../referrer/index.ts';
import { ChoiceField, Empty, Notice, Page, QueryView } from '../../ui/index.ts';
import type { Plan } from '../../chain/index.ts';
import { PlanCard } from './PlanCard.tsx';

/** What is true of every plan, and costs nothing to know. */
function Promises(): ReactNode {
  return (
    <ul className="plan-rights small">
      <li>
        <span aria-hidden="true">✓</span>
        <span>Paid from your wallet in the tokens that are accepted. No account, no card.</span>
      </li>
      <li>
        <span aria-hidden="true">✓</span>
        <span>
          Cancel at any time and take the money for unused days back yourself, at once: it never
          leaves the contract before it is earned.
        </span>
      </li>
      <li>
        <span aria-hidden="true">✓</span>
        <span>
          The highest one discount applies: season, loyalty (15 % from the 2nd term, 20 % from the
          4th, 25 % from the 8th), welcome or promo code.
        </span>
      </li>
    </ul>
  );
}

function Season({ plans }: { readonly plans: readonly Plan[] }): ReactNode {
  const now = useChainNow(60_000);
  const plan = plans.find(({ seasonMonths }) => seasonMonths !== 0);
  if (plan === undefined) return null;
  const percent = seasonPercentAt(plan, now);
  const months = monthsOf(plan.seasonMonths);
  return percent === 0 ? (
    <p className="small muted">
      {plan.seasonPercent} % off terms that are paid in {months} (UTC).
    </p>
  ) : (
    <Notice tone="good" title={`Season: ${percent} % off every term that is paid this month`}>
      <p className="small">In {months}, UTC. It is taken off the price by itself.</p>
    </Notice>
  );
}

function PlanGrid(props: { readonly plans: readonly Plan[]; readonly yearly: boolean }): ReactNode {
  const { plans, yearly } = props;
  const { address } = useConnection();
  const { data: subscription } = useSubscription(address);
  const running = subscription !== undefined && subscription.state !== 'ended';
  const current = running ? subscription.planId : undefined;
  return (
    <div className="plan-grid">
      {plans.map((plan) => (
        <PlanCard key={plan.id} plan={plan} yearly={yearly} current={plan.id === current} />
      ))}
    </div>
  );
}

/** What is sold: to compare, with and without a wallet. */
export function PlansPage(): ReactNode {
  const plans = usePlans();
  const [search, setSearch] = useSearchParams();
  const yearly = search.get('period') === 'yearly';
  const referrer = search.get('ref');
  useEffect(() => {
    if (referrer !== null) rememberReferrer(referrer);
  }, [referrer]);
  return (
    <Page title="Plans" lead="Measure, verify and mint for free; pay for more of it.">
      <WhereSold>
        <BrokenReferral />
        <QueryView
          query={plans}
          what="plans"
          isEmpty={(all) => all.every(({ retired }) => retired)}
          empty={<Empty title="No plan is sold yet" />}
        >
          {(all) => (
            <>
              <Season plans={all.filter(({ retired }) => !retired)} />
              <div className="plan-period">
                <ChoiceField
                  legend="Period"
                  value={yearly ? 'yearly' : 'monthly'}
                  onChange={(period) =>
                    setSearch((before) => ({ ...Object.fromEntries(before), period }), {
                      replace: true,
                    })
                  }
                  options={[
                    { value: 'monthly', label: 'Monthly', note: '30 days' },
                    { value: 'yearly', label: 'Yearly', note: '365 days' },
                  ]}
                />
              </div>
              <PlanGrid plans={all.filter(({ retired }) => !retired)} yearly={yearly} />
              <Promises />
              <p className="small">
                Prices are in US dollars, without tax.{' '}
                <Link href="/subscription">See what your wallet has</Link>.
              </p>
            </>
          )}
        </QueryView>
      </WhereSold>
    </Page>
  );
}
