import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Plan } from '../../chain/index.ts';
import { useChainNow } from '../../data/index.ts';
import {
  featureName,
  offUp,
  periodName,
  rightsOf,
  seasonPercentAt,
  tierLeads,
  nameOf,
  yearlySavingDown,
} from '../../plans/index.ts';
import { Badge, Icon, usd } from '../../ui/index.ts';

interface PlanCardProps {
  readonly plan: Plan;
  readonly yearly: boolean;
  /** Whether the connected wallet has it now. */
  readonly current: boolean;
}

function Price({ plan, yearly }: Pick<PlanCardProps, 'plan' | 'yearly'>): ReactNode {
  const percent = seasonPercentAt(plan, useChainNow(60_000));
  const list = yearly ? plan.yearlyUsd : plan.monthlyUsd;
  if (plan.tier === 'free') return <p className="plan-price">{usd(0n)}</p>;
  if (list === 0n) return <p className="muted">Not sold for {periodName(yearly)}</p>;
  const saving = yearly ? yearlySavingDown(plan) : 0;
  return (
    <div>
      <p className="plan-price">
        {percent > 0 && (
          <span className="plan-price-list">
            <span className="hidden-visually">List price </span>
            {usd(list)}
          </span>
        )}
        {usd(offUp(list, percent))}
      </p>
      <p className="small muted">
        for {periodName(yearly)}
        {percent > 0 && `, ${percent} % season discount`}
        {saving > 0 && `, ${saving} % less than by the month`}
      </p>
    </div>
  );
}

/** One plan: what it gives, what it costs, and the way to it. */
export function PlanCard({ plan, yearly, current }: PlanCardProps): ReactNode {
  const name = nameOf(plan);
  const sold = plan.tier !== 'free' && (yearly ? plan.yearlyUsd : plan.monthlyUsd) > 0n;
  const period = yearly ? 'yearly' : 'monthly';
  return (
    <section className={current ? 'card plan plan-current' : 'card plan'} aria-label={name}>
      <div className="stack-small">
        <div className="card-head">
          <h2>{name}</h2>
          {current && <Badge tone="good">Your plan</Badge>}
        </div>
        <p className="small muted">{tierLeads[plan.tier]}</p>
      </div>
      <Price plan={plan} yearly={yearly} />
      <ul className="plan-rights">
        {[...rightsOf(plan), ...plan.features.map(featureName)].map((right) => (
          <li key={right}>
            <Icon name="check" />
            {right}
          </li>
        ))}
      </ul>
      {sold ? (
        <div className="stack-small">
          <Link className="button" href={`/plans/${plan.id}?period=${period}`}>
            {current ? 'Change its period' : `Choose ${name}`}
          </Link>
          <p className="small muted">
            {plan.trialDays > 0 && `${plan.trialDays} days free trial for new wallets. `}
            {plan.maxInstalments > 1 && `In up to ${plan.maxInstalments} instalments.`}
          </p>
        </div>
      ) : (
        <p className="small muted">
          {plan.tier === 'free' ? 'Yours without a wallet.' : 'Choose the other period.'}
        </p>
      )}
    </section>
  );
}
