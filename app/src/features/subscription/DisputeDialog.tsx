import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { TransactionDialog } from '../../transactions/index.ts';
import { Notice, TextAreaField } from '../../ui/index.ts';
import { disputeTransaction, type Held } from './transactions.ts';

interface DisputeDialogProps {
  readonly held: Held;
  readonly account: Address;
  readonly now: number;
  readonly onClose: () => void;
}

function ReasonForm({ onReview }: { readonly onReview: (reason: string) => void }): ReactNode {
  const [reason, setReason] = useState('');
  const words = reason.trim();
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (words !== '') onReview(words);
      }}
    >
      <TextAreaField
        label="What went wrong"
        hint="Only its hash goes on the chain. Keep the text and send it to the arbiter, who can then see that it is the same."
        value={reason}
        onChange={setReason}
      />
      <Notice tone="plain" title="What a dispute does">
        <p className="small">
          All money of the term stands still and your rights go on. The arbiter has 14 days: 0 for
          you dismisses it and the term runs on; anything else ends the subscription and keeps your
          part for you. If nobody decides, you get what is unused by then.
        </p>
      </Notice>
      <div className="row">
        <button type="submit" className="button" disabled={words === ''}>
          Review dispute
        </button>
      </div>
    </form>
  );
}

/** Opens a dispute about the running term: first why, then what will happen. */
export function DisputeDialog({ held, account, now, onClose }: DisputeDialogProps): ReactNode {
  const [kept] = useState(held);
  return (
    <TransactionDialog
      title="Dispute the term"
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <ReasonForm onReview={(reason) => onReview(disputeTransaction(kept, reason, now))} />
      )}
    />
  );
}
