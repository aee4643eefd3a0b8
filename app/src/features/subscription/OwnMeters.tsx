import type { ReactNode } from 'react';
import { isAddressEqual, type Address } from 'viem';
import { fetchOwnUsage } from '../../api/index.ts';
import { SignedInContext, useOwn, useSession } from '../../data/index.ts';
import { QueryView } from '../../ui/index.ts';
import { Meter } from './Meter.tsx';

function Meters(): ReactNode {
  const usage = useOwn(['usage'], fetchOwnUsage);
  return (
    <QueryView query={usage} what="usage of today">
      {({ apiCalls, organisations }) => (
        <>
          <Meter label="API calls today (UTC)" usage={apiCalls} />
          {organisations.map(({ organisationId, name, seats }) => (
            <Meter key={organisationId} label={`Seats of ${name}`} usage={seats} />
          ))}
        </>
      )}
    </QueryView>
  );
}

/** Seats and calls, which nobody but the signed-in wallet is shown. */
export function OwnMeters({ account }: { readonly account: Address }): ReactNode {
  const { data: session } = useSession();
  if (session === undefined || session === null || !isAddressEqual(session.address, account))
    return <p className="small muted">Sign in below to see seats and API calls in use.</p>;
  return (
    <SignedInContext value={session}>
      <Meters />
    </SignedInContext>
  );
}
