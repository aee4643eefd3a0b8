import type { ReactNode } from 'react';
import { useSession } from '../../data/index.ts';

interface WhoseProps {
  /** What is listed, as a sentence begins with it: "Uploads". */
  readonly what: string;
  /** What becomes of them. */
  readonly children: ReactNode;
}

/** Says whose files these are: they change with who is signed in. */
export function Whose({ what, children }: WhoseProps): ReactNode {
  const { data: session } = useSession();
  const ofBrowser = session === null || session?.ended === true;
  return (
    <p className="small muted">
      {ofBrowser
        ? `${what} of this browser, which nobody else sees. Sign in with a wallet to find yours from anywhere.`
        : `${what} of the wallet that is signed in, which nobody else sees.`}{' '}
      {children}
    </p>
  );
}
