import type { ReactNode } from 'react';
import { Card, FileField } from '../../ui/index.ts';
import { Outcome } from './Outcome.tsx';
import { useVerification } from './useVerification.ts';

interface VerifyBatchProps {
  readonly batchId: bigint;
  readonly title?: string;
}

/** Verification of one known batch, with its published file or one from this computer. */
export function VerifyBatch({ batchId, title = 'Verify' }: VerifyBatchProps): ReactNode {
  const verification = useVerification(batchId);
  const { step } = verification.state;
  const busy = step === 'loading' || step === 'running';
  return (
    <Card title={title}>
      <p>
        Your browser does it alone, with the batch file and the chain: it rebuilds the root, checks
        every signature, recomputes the grams and compares them with the contract.
      </p>
      <p>
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => verification.verifyPublished(batchId)}
        >
          {busy ? 'Verifying …' : 'Verify this batch'}
        </button>
      </p>
      <Outcome verification={verification} />
      <details className="details">
        <summary>Use a file of your own</summary>
        <FileField
          label="Batch file from this computer"
          hint="It is read in this browser and sent nowhere."
          onFile={verification.verifyLocal}
        />
      </details>
    </Card>
  );
}
