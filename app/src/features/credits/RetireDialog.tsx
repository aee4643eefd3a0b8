import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useDeployment } from '../../config/index.ts';
import { TransactionDialog } from '../../transactions/index.ts';
import {
  checkDedication,
  createSalt,
  DedicationFields,
  EMPTY_DRAFT,
  keepSecret,
  SecretNote,
} from '../../dedication/index.ts';
import { AmountField } from './AmountField.tsx';
import { checkAmount, type Holding } from './holding.ts';
import { retireTransaction, type RetireInput } from './transactions/retire.ts';

interface RetireDialogProps {
  readonly holding: Holding;
  readonly account: Address;
  readonly onClose: () => void;
}

function RetireForm(props: {
  readonly holding: Holding;
  readonly account: Address;
  readonly certifies: boolean;
  readonly onReview: (input: RetireInput) => void;
}): ReactNode {
  const { holding, account, certifies, onReview } = props;
  const [amount, setAmount] = useState('');
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [salt] = useState(createSalt);
  const [tried, setTried] = useState(false);
  const grams = checkAmount(amount, holding);
  const dedication = checkDedication(
    { ...draft, certificate: draft.certificate && certifies },
    account,
    salt,
  );
  const review = (): void => {
    setTried(true);
    if (!grams.ok || !dedication.ok) return;
    const { secret } = dedication.value;
    if (secret !== undefined) keepSecret(secret);
    onReview({ holding, grams: grams.value, checked: dedication.value });
  };
  const secret = dedication.ok ? dedication.value.secret : undefined;
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        review();
      }}
    >
      <AmountField holding={holding} value={amount} onChange={setAmount} show={tried} />
      <DedicationFields draft={draft} onChange={setDraft} show={tried} certifies={certifies} />
      {secret !== undefined && <SecretNote secret={secret} />}
      <div className="row">
        <button type="submit" className="button">
          Review retirement
        </button>
      </div>
    </form>
  );
}

/** Retires credits: first the words and the amount, then what will happen. */
export function RetireDialog({ holding, account, onClose }: RetireDialogProps): ReactNode {
  const { credit, market } = useDeployment();
  const certificates = market?.certificates;
  // The holding as it was when the dialog opened: a refresh must not restart a simulation.
  const [held] = useState(holding);
  return (
    <TransactionDialog
      title={`Retire ${held.name}`}
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <RetireForm
          holding={held}
          account={account}
          certifies={certificates !== undefined}
          onReview={(input) => onReview(retireTransaction({ credit, certificates }, input))}
        />
      )}
    />
  );
}
