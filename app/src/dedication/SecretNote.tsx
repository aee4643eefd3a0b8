import type { ReactNode } from 'react';
import { Notice } from '../ui/index.ts';
import type { Secret } from './dedication.ts';

/** What to keep of a private retirement, before it is sent. */
export function SecretNote({ secret }: { readonly secret: Secret }): ReactNode {
  return (
    <Notice tone="warn" title="Keep this: it proves whom the retirement was for">
      <dl className="secret">
        <dt>Beneficiary</dt>
        <dd>{secret.beneficiary}</dd>
        <dt>Salt</dt>
        <dd>
          <code className="hash-long">{secret.salt}</code>
        </dd>
      </dl>
      <p className="small">This browser keeps it too, for the page of the certificate.</p>
    </Notice>
  );
}
