import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Plan, Subscription } from '../../chain/index.ts';
import { Card, Notice } from '../../ui/index.ts';

interface ObstacleProps {
  readonly title: string;
  readonly todo: string;
}

/** Why a wallet can't buy this plan now, though it is sold. */
export function findObstacle(
  plan: Plan,
  yearly: boolean,
  subscription: Subscription | undefined,
): ObstacleProps | undefined {
  if (subscription === undefined) return undefined;
  const { state, planId } = subscription;
  if (state === 'canceled') {
    return {
      title: 'Your subscription is canceled',
      todo: 'Come back to it first, or take the unused money out.',
    };
  }
  if (state === 'disputed') {
    return {
      title: 'Your subscription is disputed',
      todo: 'Nothing changes until the dispute is resolved.',
    };
  }
  const same = planId === plan.id && subscription.yearly === yearly;
  if (same && (state === 'active' || state === 'grace')) {
    return { title: 'You have this plan', todo: 'Renew it, or choose another plan or period.' };
  }
  return undefined;
}

export function Obstacle({ title, todo }: ObstacleProps): ReactNode {
  return (
    <Card>
      <Notice tone="plain" title={title}>
        <p className="small">{todo}</p>
      </Notice>
      <Link className="button" href="/subscription">
        Go to my subscription
      </Link>
    </Card>
  );
}
