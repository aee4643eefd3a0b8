import type { ReactNode } from 'react';
import { isAddressEqual, type Address } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import type { Project } from '../../api/indexer/index.ts';
import { useAccreditation, useChainNow } from '../../data/index.ts';
import { Badge, Card, CopyButton } from '../../ui/index.ts';
import { ValidateForm } from './ValidateForm.tsx';

const CLOCK_MS = 60_000;

function ForValidator({
  project,
  account,
}: {
  readonly project: Project;
  readonly account: Address;
}) {
  const { data: until } = useAccreditation(account);
  const now = useChainNow(CLOCK_MS);
  if (until === undefined || until === null || until < now) return null;
  return <ValidateForm project={project} account={account} />;
}

/** What a project waits for before it is credited; for accredited validators how they validate it. */
export function ValidationCard({ project }: { readonly project: Project }): ReactNode {
  const { address } = useConnection();
  const validated = project.validatedAt !== undefined;
  const own = address !== undefined && isAddressEqual(address, project.owner);
  return (
    <Card
      title="Validation"
      aside={
        <Badge tone={validated ? 'good' : 'warn'}>
          {validated ? 'Validated' : 'Waits for a validator'}
        </Badge>
      }
    >
      {validated ? (
        <p>
          An accredited validator stands for this project and its emission factor, which is fixed
          for good.
        </p>
      ) : (
        <>
          <p>
            Before anything counts, an <Link href="/roles">accredited validator</Link> who has no
            part in it checks place, capacity and devices, fixes the emission factor and names who
            submits its batches.
          </p>
          {own && (
            <div className="row">
              <span>Ask for it: send a validator the link of this page.</span>
              <CopyButton value={window.location.href} what="link of this page" />
            </div>
          )}
        </>
      )}
      {address !== undefined && !own && (
        <ForValidator key={address} project={project} account={address} />
      )}
    </Card>
  );
}
