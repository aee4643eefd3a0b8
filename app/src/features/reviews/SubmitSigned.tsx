import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useDeployment } from '../../config/index.ts';
import { TransactionSteps } from '../../transactions/index.ts';
import { CopyButton, Dialog } from '../../ui/index.ts';
import { opineTransaction, toOpinionText, type SignedOpinion } from './signedOpinion.ts';

interface SubmitSignedProps {
  readonly signed: SignedOpinion;
  readonly account: Address;
  readonly onClose: () => void;
}

/** The opinion is signed; now the verifier, or anyone, submits it. */
export function SubmitSigned({ signed, account, onClose }: SubmitSignedProps): ReactNode {
  const deployment = useDeployment();
  const [transaction] = useState(() => opineTransaction(deployment, signed));
  return (
    <Dialog title={transaction.title} onClose={onClose}>
      <TransactionSteps transaction={transaction} account={account} onClose={onClose} />
      <details className="details">
        <summary>Let somebody else submit it</summary>
        <p className="small">
          Anyone can hand it in under “Submit a signed opinion”, and pays the fee. It is as good as
          given: it can’t be taken back until it expires.
        </p>
        <div className="row">
          <span className="small muted">The signed opinion as text</span>
          <CopyButton value={toOpinionText(signed)} what="signed opinion" />
        </div>
      </details>
    </Dialog>
  );
}
