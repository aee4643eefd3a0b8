/** What a wallet can do with its subscription now, as the contract would allow it. */
import type { Subscription } from '../../chain/index.ts';

export type Action =
  | 'renew'
  | 'change'
  | 'cancel'
  | 'resume'
  | 'refund'
  | 'takeRest'
  | 'dispute'
  | 'handOver'
  | 'endDispute';

/** Earned money waits that long after a payment, and for that long a term can be disputed; seconds. */
export const DISPUTE_WINDOW = 7 * 86_400;

/** Until when the running term can be disputed, Unix seconds; whether it was before, the chain knows. */
export function disputableUntil({ since }: Pick<Subscription, 'since'>): number {
  return since + DISPUTE_WINDOW;
}

/** Also in the grace of an instalment that bought less than the time for disputes. */
function disputeIn(subscription: Subscription, now: number): readonly Action[] {
  return subscription.funded > 0n && now < disputableUntil(subscription) ? ['dispute'] : [];
}

/**
 * In the order in which they are offered.
 * @param deadline of the open dispute, Unix seconds
 */
export function actionsFor(
  subscription: Subscription,
  now: number,
  deadline?: number,
): readonly Action[] {
  switch (subscription.state) {
    case 'free':
      return [];
    case 'ended':
      return subscription.unused > 0n ? ['takeRest'] : [];
    case 'trial':
      return ['renew', 'refund', 'handOver'];
    case 'active':
      return ['renew', 'change', 'cancel', 'refund', ...disputeIn(subscription, now), 'handOver'];
    case 'grace':
      return ['renew', 'change', ...disputeIn(subscription, now), 'handOver'];
    case 'canceled':
      return ['resume', 'renew', 'refund', 'handOver'];
    case 'disputed':
      return deadline !== undefined && now >= deadline ? ['endDispute'] : [];
  }
}
