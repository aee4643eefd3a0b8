import type { ReactNode } from 'react';
import { Refusal } from '../../ui/index.ts';
import { useSignIn } from './useSignIn.ts';

/** Signs the wallet in use in. */
export function SignInButton({ label }: { readonly label: string }): ReactNode {
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
