import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { findWayOut, type Explanation } from '../../errors/index.ts';

/** The link that a refusal by a limit of the plan needs: to what would allow it. */
export function WayOut({ reason }: { readonly reason: Explanation }): ReactNode {
  const href = findWayOut(reason);
  if (href === undefined) return null;
  return (
    <p className="small">
      <Link href={href}>Compare plans and change yours</Link>
    </p>
  );
}
