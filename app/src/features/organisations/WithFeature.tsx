import type { Feature } from '@truetonne/protocol';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchOwnUsage } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import { featureName } from '../../plans/index.ts';
import { Notice } from '../../ui/index.ts';
import { useOrganisation } from './OrganisationPage.tsx';

interface WithFeatureProps {
  readonly feature: Feature;
  /** A form that the oracle takes from plans with the feature alone. */
  readonly children: ReactNode;
}

/**
 * What a plan has to give, or in its place that it does not. Where the plan can't be read the form is shown: the
 * oracle decides.
 */
export function WithFeature({ feature, children }: WithFeatureProps): ReactNode {
  const { id } = useOrganisation();
  const usage = useOwn(['usage'], fetchOwnUsage);
  if (usage.isPending) return null;
  const own = usage.data?.organisations.find(({ organisationId }) => organisationId === id);
  const missing = own?.missing.find((one) => one.feature === feature);
  if (missing === undefined) return children;
  return (
    <Notice tone="warn" title={`Not in the plan: ${featureName(feature)}`}>
      <p className="small">
        {missing.plan === undefined ? 'No plan gives it now.' : `${missing.plan} gives it: `}
        {missing.plan !== undefined && (
          <>
            an owner of the organisation changes the plan under <Link href="/plans">Plans</Link>.
          </>
        )}{' '}
        What is already there stays and can be read.
      </p>
    </Notice>
  );
}
