import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import { useConnection } from 'wagmi';
import { endSession, type CurrentSession } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useKeepSession, useSession } from '../../data/index.ts';
import { Hash, Notice } from '../../ui/index.ts';
import { SignInButton } from './SignInButton.tsx';

/** The wallet in use is another than the one that is signed in: both are named, one is chosen. */
function OtherWallet({ session }: { readonly session: CurrentSession }): ReactNode {
  const { address } = useConnection();
  const { oracleUrl } = useDeployment();
  const keep = useKeepSession();
  const leaving = useMutation({
    mutationFn: () => endSession({ oracleUrl, csrfToken: session.csrfToken }),
    onSuccess: () => keep(null),
  });
  if (address === undefined || isAddressEqual(address, session.address)) return null;
  return (
    <Notice tone="warn" title="Another wallet is signed in">
      <p className="small">
        You see what <Hash value={session.address} what="wallet" /> may see; the wallet in use is{' '}
        <Hash value={address} what="wallet" />.
      </p>
      <div className="row">
        <SignInButton label="Sign in with the wallet in use" />
        <button
          type="button"
          className="button button-quiet"
          disabled={leaving.isPending}
          onClick={() => leaving.mutate()}
        >
          Sign out
        </button>
      </div>
    </Notice>
  );
}

/** What stands on the page stays, with what was typed: the same wallet goes on where it was. */
function Ended(): ReactNode {
  return (
    <Notice tone="warn" role="alert" title="Your session has ended">
      <p className="small">What you typed stays. Sign in again with the same wallet, and go on.</p>
      <SignInButton label="Sign in again" />
    </Notice>
  );
}

/** Says where the session is not that of the wallet in use, or ended: once, for whatever the page has of it. */
export function SessionState(): ReactNode {
  const { data: session } = useSession();
  if (session === undefined || session === null) return null;
  return session.ended ? <Ended /> : <OtherWallet session={session} />;
}
