import type { ReactNode } from 'react';
import { useDeployment } from '../../config/index.ts';
import { Empty } from '../../ui/index.ts';

/** What only makes sense where there is a market. */
export function WhereTraded({ children }: { readonly children: ReactNode }): ReactNode {
  if (useDeployment().market !== undefined) return children;
  return (
    <Empty title="There is no market on this chain">
      <p>Credits can be transferred and retired all the same.</p>
    </Empty>
  );
}
