import type { ReactNode } from 'react';
import { useConnection } from 'wagmi';
import { SignedInContext, useSession } from '../../data/index.ts';
import { Card, QueryView } from '../../ui/index.ts';
import { WalletMenuButton } from '../wallet/index.ts';
import { SessionState } from './SessionState.tsx';
import { SignInButton } from './SignInButton.tsx';

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

interface SignedInProps {
  /** What signing in is good for here. */
  readonly why: string;
  /** One line instead of a card of its own; the page says with `SessionState` how the session stands. */
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
            {!inCard && <SessionState />}
            {children}
          </SignedInContext>
        )
      }
    </QueryView>
  );
}
