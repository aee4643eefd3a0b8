import type { ReactNode } from 'react';
import type { Inventory } from '../../api/index.ts';
import { Card, emissionsUp, Figures } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { outsideScopes } from './groups.ts';

/** Biogenic CO2 and gases outside the Kyoto Protocol, which no total of a scope contains. */
export function OutsideCard({ scopes }: Pick<Inventory, 'scopes'>): ReactNode {
  const { gwpSet } = useOrganisation();
  const outside = outsideScopes(scopes, gwpSet);
  return (
    <Card title="Outside the scopes">
      {outside.length === 0 ? (
        <p className="small muted">
          No line holds biogenic CO₂ or a gas outside the Kyoto Protocol, such as an HCFC.
        </p>
      ) : (
        <>
          <p className="small muted">In no total of a scope.</p>
          <Figures
            items={outside.map(({ label, ng, unit }) => ({
              label,
              quantity: { ...emissionsUp(ng), unit },
            }))}
          />
        </>
      )}
    </Card>
  );
}
