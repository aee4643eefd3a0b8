import type { ReactNode } from 'react';
import type { Address } from 'viem';
import type { Plan } from '../../chain/index.ts';
import { useMeteredEntitlement } from '../../data/index.ts';
import { featureName, rightsOf, nameOf } from '../../plans/index.ts';
import { Card, Icon, QueryView } from '../../ui/index.ts';
import { Meter } from './Meter.tsx';
import { OwnMeters } from './OwnMeters.tsx';

interface RightsCardProps {
  readonly account: Address;
  /** The plan whose rights hold now. */
  readonly plan: Plan;
}

/** What the wallet may use now, and how much of it is used. */
export function RightsCard({ account, plan }: RightsCardProps): ReactNode {
  const metered = useMeteredEntitlement(account);
  return (
    <Card title={`What ${nameOf(plan)} gives`}>
      <ul className="plan-rights">
        {[...rightsOf(plan), ...plan.features.map(featureName)].map((right) => (
          <li key={right}>
            <Icon name="check" />
            {right}
          </li>
        ))}
      </ul>
      <QueryView query={metered} what="usage">
        {(found) => found !== null && <Meter label="Devices" usage={found.devices} />}
      </QueryView>
      <OwnMeters account={account} />
    </Card>
  );
}
