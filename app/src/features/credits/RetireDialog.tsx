import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useDeployment } from '../../config/index.ts';
import { TransactionDialog } from '../../transactions/index.ts';
import { Notice, TextField } from '../../ui/index.ts';
import { AmountField } from './AmountField.tsx';
import {
  checkAmount,
  checkWords,
  MAX_BENEFICIARY_BYTES,
  MAX_PURPOSE_BYTES,
  type Holding,
} from './holding.ts';
import { retireTransaction, type RetireInput } from './transactions/retire.ts';

interface RetireDialogProps {
  readonly holding: Holding;
  readonly account: Address;
  readonly onClose: () => void;
}

function RetireForm(props: {
  readonly holding: Holding;
  readonly onReview: (input: RetireInput) => void;
}): ReactNode {
  const { holding, onReview } = props;
  const [amount, setAmount] = useState('');
  const [beneficiary, setBeneficiary] = useState('');
  const [purpose, setPurpose] = useState('');
  const [tried, setTried] = useState(false);
  const grams = checkAmount(amount, holding);
  const forWhom = checkWords(beneficiary, 'for whom', MAX_BENEFICIARY_BYTES);
  const why = checkWords(purpose, 'the purpose', MAX_PURPOSE_BYTES);
  const review = (): void => {
    setTried(true);
    if (!grams.ok || !forWhom.ok || !why.ok) return;
    const words = { beneficiary: forWhom.value, purpose: why.value };
    onReview({ holding, grams: grams.value, ...words });
  };
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
      <Notice tone="warn" title="These words are public for ever">
        <p className="small">Name an organisation, a product or an event: never a person.</p>
      </Notice>
      <TextField
        label="Beneficiary"
        hint="Whose emissions this makes up for"
        placeholder="Example Ltd"
        value={beneficiary}
        onChange={setBeneficiary}
        error={tried && !forWhom.ok ? forWhom.problem : undefined}
        required
      />
      <TextField
        label="Purpose"
        hint="What for"
        placeholder="Travel in 2024"
        value={purpose}
        onChange={setPurpose}
        error={tried && !why.ok ? why.problem : undefined}
        required
      />
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
  const { credit } = useDeployment();
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
          onReview={(input) => onReview(retireTransaction(credit, input))}
        />
      )}
    />
  );
}
