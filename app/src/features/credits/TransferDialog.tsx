import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useDeployment } from '../../config/index.ts';
import { checkReceiver } from '../../forms/index.ts';
import { TransactionDialog } from '../../transactions/index.ts';
import { TextField } from '../../ui/index.ts';
import { AmountField } from './AmountField.tsx';
import { checkAmount, type Holding } from './holding.ts';
import { transferTransaction, type TransferInput } from './transactions/transfer.ts';

interface TransferDialogProps {
  readonly holding: Holding;
  readonly account: Address;
  readonly onClose: () => void;
}

function TransferForm(props: {
  readonly holding: Holding;
  readonly account: Address;
  readonly onReview: (input: TransferInput) => void;
}): ReactNode {
  const { holding, account, onReview } = props;
  const [amount, setAmount] = useState('');
  const [receiver, setReceiver] = useState('');
  const [tried, setTried] = useState(false);
  const grams = checkAmount(amount, holding);
  const to = checkReceiver(receiver, account);
  const review = (): void => {
    setTried(true);
    if (!grams.ok || !to.ok) return;
    onReview({ holding, from: account, to: to.value, grams: grams.value });
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
      <TextField
        label="Receiver"
        hint="The wallet that gets the credits"
        placeholder="0x…"
        value={receiver}
        onChange={setReceiver}
        error={tried && !to.ok ? to.problem : undefined}
        required
      />
      <div className="row">
        <button type="submit" className="button">
          Review transfer
        </button>
      </div>
    </form>
  );
}

/** Transfers credits: first to whom and how much, then what will happen. */
export function TransferDialog({ holding, account, onClose }: TransferDialogProps): ReactNode {
  const { credit } = useDeployment();
  // The holding as it was when the dialog opened: a refresh must not restart a simulation.
  const [held] = useState(holding);
  return (
    <TransactionDialog
      title={`Transfer ${held.name}`}
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <TransferForm
          holding={held}
          account={account}
          onReview={(input) => onReview(transferTransaction(credit, input))}
        />
      )}
    />
  );
}
