import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { PaymentToken, Plan, Subscription } from '../../chain/index.ts';
import { useChainNow } from '../../data/index.ts';
import { begunTerms, loyaltyText, periodName, planName, stateName } from '../../plans/index.ts';
import { Badge, Card, countdown, Facts, Moment, usd, type Fact } from '../../ui/index.ts';

const CLOCK_MS = 10_000;

interface StatusCardProps {
  readonly subscription: Subscription;
  readonly plans: readonly Plan[];
  readonly token: PaymentToken | undefined;
}

/** What happens next if the person does nothing, and when; Unix seconds. */
function nextOf(
  subscription: Subscription,
): { readonly what: string; readonly at: number } | undefined {
  const { state, until, endsAt } = subscription;
  switch (state) {
    case 'free':
    case 'ended':
      return undefined;
    case 'trial':
      return { what: 'until the trial is over', at: until };
    case 'active':
      return { what: 'until the paid time is over', at: until };
    case 'grace':
      return { what: 'of grace: then the rights end', at: endsAt };
    case 'canceled':
      return { what: 'to come back: then the rights end', at: endsAt };
    case 'disputed':
      return { what: 'until the rights end: the money waits for the dispute', at: endsAt };
  }
}

function Countdown({ subscription }: { readonly subscription: Subscription }): ReactNode {
  const now = useChainNow();
  const next = nextOf(subscription);
  if (next === undefined) return null;
  return (
    <p className="quote-total" role="timer">
      <strong>{countdown(next.at, now)}</strong>
      <span className="small muted">{next.what}</span>
    </p>
  );
}

function factsOf({ subscription, token }: StatusCardProps, now: number): readonly Fact[] {
  const { yearly, until, endsAt, capCents, instalments, instalmentsLeft } = subscription;
  return [
    { label: 'Term', value: periodName(yearly) },
    { label: 'Paid until', value: <Moment at={until} /> },
    { label: 'Rights end, if nothing happens', value: <Moment at={endsAt} /> },
    { label: 'Paid in', value: token?.symbol ?? '' },
    {
      label: 'Automatic renewal',
      value: capCents === 0 ? 'off' : `up to ${usd(BigInt(capCents) * 10_000n)} a term`,
    },
    ...(instalments > 1
      ? [{ label: 'Instalments', value: `${instalments - instalmentsLeft} of ${instalments} paid` }]
      : []),
    {
      label: 'Loyalty, of terms that have begun',
      value: loyaltyText(begunTerms(subscription, now)),
    },
  ];
}

/** Where the subscription stands, and how long. */
export function StatusCard(props: StatusCardProps): ReactNode {
  const { subscription, plans } = props;
  const now = useChainNow(CLOCK_MS);
  const { label, tone } = stateName(subscription.state);
  const over = subscription.state === 'free' || subscription.state === 'ended';
  return (
    <Card
      title={over ? 'Free' : planName(subscription.planId, plans)}
      aside={<Badge tone={tone}>{label}</Badge>}
    >
      {over ? (
        <>
          <p>
            {subscription.state === 'free'
              ? 'This wallet has no subscription: it has what is free.'
              : 'The subscription has ended: this wallet has what is free.'}
          </p>
          <p>
            <Link className="button" href="/plans">
              Compare plans
            </Link>
          </p>
        </>
      ) : (
        <>
          <Countdown subscription={subscription} />
          <Facts items={factsOf(props, now)} />
        </>
      )}
    </Card>
  );
}
