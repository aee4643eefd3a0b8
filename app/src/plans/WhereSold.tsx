import type { ReactNode } from 'react';
import { useSubscriptionSource } from '../data/index.ts';
import { Card, Empty } from '../ui/index.ts';

/** Shows its content only where subscriptions are sold, and says so where they are not. */
export function WhereSold({ children }: { readonly children: ReactNode }): ReactNode {
  if (useSubscriptionSource() !== undefined) return children;
  return (
    <Card>
      <Empty title="Nothing is sold on this network">
        <p>Everybody has every right here, without a plan.</p>
      </Empty>
    </Card>
  );
}
