import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import { useConnection } from 'wagmi';
import { endSession, type CurrentSession } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { SignedInContext, useKeepSession, useSession } from '../../data/index.ts';
import { Card, Hash, Notice, QueryView, Refusal } from '../../ui/index.ts';
import { WalletMenuButton } from '../wallet/index.ts';
import { useSignIn } from './useSignIn.ts';

function SignInButton({ label }: { readonly label: string }): ReactNode {
  const signing = useSignIn();
  return (
    <div className="stack-small">
      <div>
        <button
          type="button"
          className="button"
          disabled={signing.isPending}
          onClick={() => signing.mutate()}
        >
          {signing.isPending ? 'Asking the wallet …' : label}
        </button>
      </div>
      <Refusal error={signing.error} what="You are not signed in" />
    </div>
  );
}

function SignInCard({ why }: { readonly why: string }): ReactNode {
  const { address } = useConnection();
  return (
    <Card title="Sign in with your wallet">
      <p>{why}</p>
      <p className="small muted">
        The wallet signs a short text. It costs nothing, moves nothing and is good for this page
        alone.
      </p>
      <div>{address === undefined ? <WalletMenuButton /> : <SignInButton label="Sign in" />}</div>
    </Card>
  );
}

/** The same within a card, of which a page may have several: they need not repeat what signing in is. */
function SignInLine({ why }: { readonly why: string }): ReactNode {
  const { address } = useConnection();
  return (
    <div className="row">
      <span className="small muted">{why}</span>
      {address === undefined ? <WalletMenuButton /> : <SignInButton label="Sign in" />}
    </div>
  );
}

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

interface SignedInProps {
  /** What signing in is good for here. */
  readonly why: string;
  /** One line instead of a card of its own. */
  readonly inCard?: boolean;
  readonly children: ReactNode;
}

/** Shows what only a signed-in wallet may see, or the way to sign in. */
export function SignedIn({ why, inCard = false, children }: SignedInProps): ReactNode {
  const session = useSession();
  return (
    <QueryView query={session} what="your session">
      {(found) =>
        found === null ? (
          inCard ? (
            <SignInLine why={why} />
          ) : (
            <SignInCard why={why} />
          )
        ) : (
          <SignedInContext value={found}>
            {found.ended ? <Ended /> : <OtherWallet session={found} />}
            {children}
          </SignedInContext>
        )
      }
    </QueryView>
  );
}
