import type { ReactNode } from 'react';
import type { Address } from 'viem';
import { Link } from 'wouter';
import type { Usage } from '../../api/index.ts';
import type { Plan } from '../../chain/index.ts';
import { useMeteredEntitlement } from '../../data/index.ts';
import { featureName, rightsOf, tierName } from '../../plans/index.ts';
import { Card, count, Icon, QueryView } from '../../ui/index.ts';

/** How much of a right is used, and which plan gives more once it is all used. */
function Meter({ label, usage }: { readonly label: string; readonly usage: Usage }): ReactNode {
  const { used, limit, nextPlan } = usage;
  if (limit === undefined) return null;
  const full = used >= limit;
  return (
    <div className={full ? 'meter meter-over' : 'meter'}>
      <div className="meter-head small">
        <span>{label}</span>
        <strong>
          {count(used)} of {count(limit)}
        </strong>
      </div>
      <progress aria-label={`${label} in use`} value={Math.min(used, limit)} max={limit} />
      {full && (
        <p className="small">
          {nextPlan === undefined ? (
            'No plan gives more.'
          ) : (
            <>
              All are in use: <Link href="/plans">{nextPlan} gives more</Link>.
            </>
          )}
        </p>
      )}
    </div>
  );
}

interface RightsCardProps {
  readonly account: Address;
  /** The plan whose rights hold now. */
  readonly plan: Plan;
}

/** What the wallet may use now, and how much of it is used. */
export function RightsCard({ account, plan }: RightsCardProps): ReactNode {
  const metered = useMeteredEntitlement(account);
  return (
    <Card title={`What ${tierName(plan.tier)} gives`}>
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
    </Card>
  );
}
