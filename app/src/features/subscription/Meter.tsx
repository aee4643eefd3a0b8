import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Usage } from '../../api/index.ts';
import { count } from '../../ui/index.ts';

interface MeterProps {
  readonly label: string;
  readonly usage: Usage;
}

/** How much of a right is used, and which plan gives more once it is all used. */
export function Meter({ label, usage }: MeterProps): ReactNode {
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
