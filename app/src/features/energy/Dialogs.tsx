import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useDeployment } from '../../config/index.ts';
import { checkReceiver, type Checked } from '../../forms/index.ts';
import { TransactionDialog } from '../../transactions/index.ts';
import { Notice, TextField } from '../../ui/index.ts';
import { checkCertificates, checkWords } from './checks.ts';
import { cancelTransaction, sendTransaction, type CancelInput, type Held } from './transactions.ts';

interface DialogProps {
  readonly held: Held;
  readonly account: Address;
  readonly onClose: () => void;
}

const problemOf = (checked: Checked<unknown>, show: boolean): string | undefined =>
  show && !checked.ok ? checked.problem : undefined;

function AmountField(props: {
  readonly held: Held;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}): ReactNode {
  const { held, value, onChange, error } = props;
  const most = String(held.certificates);
  return (
    <TextField
      label="Certificates of 1 MWh"
      hint={`You hold ${most}.`}
      inputMode="decimal"
      value={value}
      onChange={onChange}
      error={error}
      required
      action={
        <button type="button" className="button button-quiet" onClick={() => onChange(most)}>
          All
        </button>
      }
    />
  );
}

function CancelForm(props: {
  readonly held: Held;
  readonly onReview: (input: CancelInput) => void;
}): ReactNode {
  const { held, onReview } = props;
  const [typed, setTyped] = useState({ amount: '', beneficiary: '', purpose: '' });
  const [tried, setTried] = useState(false);
  const amount = checkCertificates(typed.amount, held.certificates);
  const beneficiary = checkWords(typed.beneficiary, 'beneficiary');
  const purpose = checkWords(typed.purpose, 'purpose');
  const review = (): void => {
    setTried(true);
    if (!amount.ok || !beneficiary.ok || !purpose.ok) return;
    const words = { beneficiary: beneficiary.value, purpose: purpose.value };
    onReview({ held, amount: amount.value, ...words });
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
      <AmountField
        held={held}
        value={typed.amount}
        onChange={(value) => setTyped({ ...typed, amount: value })}
        error={problemOf(amount, tried)}
      />
      <Notice tone="warn" title="These words are public for ever">
        <p className="small">Name an organisation, a product or an event: never a person.</p>
      </Notice>
      <TextField
        label="Beneficiary"
        hint="Whose electricity this is; your wallet when empty"
        value={typed.beneficiary}
        onChange={(value) => setTyped({ ...typed, beneficiary: value })}
        error={problemOf(beneficiary, tried)}
      />
      <TextField
        label="Purpose"
        hint="Such as the place and year of consumption"
        value={typed.purpose}
        onChange={(value) => setTyped({ ...typed, purpose: value })}
        error={problemOf(purpose, tried)}
      />
      <div className="row">
        <button type="submit" className="button">
          Review cancellation
        </button>
      </div>
    </form>
  );
}

/** Uses certificates up for electricity that was consumed. */
export function CancelDialog({ held, account, onClose }: DialogProps): ReactNode {
  const { energyCertificate } = useDeployment();
  // As it was when the dialog opened: a refresh must not restart a simulation.
  const [own] = useState(held);
  return (
    <TransactionDialog
      title={`Cancel: ${own.name}`}
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <CancelForm
          held={own}
          onReview={(input) => onReview(cancelTransaction(energyCertificate, input))}
        />
      )}
    />
  );
}

function SendForm(props: {
  readonly held: Held;
  readonly account: Address;
  readonly onReview: (input: { readonly to: Address; readonly amount: bigint }) => void;
}): ReactNode {
  const { held, account, onReview } = props;
  const [typed, setTyped] = useState({ amount: '', receiver: '' });
  const [tried, setTried] = useState(false);
  const amount = checkCertificates(typed.amount, held.certificates);
  const to = checkReceiver(typed.receiver, account);
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (amount.ok && to.ok) onReview({ to: to.value, amount: amount.value });
      }}
    >
      <AmountField
        held={held}
        value={typed.amount}
        onChange={(value) => setTyped({ ...typed, amount: value })}
        error={problemOf(amount, tried)}
      />
      <TextField
        label="Receiver"
        hint="The wallet that gets the certificates"
        placeholder="0x…"
        value={typed.receiver}
        onChange={(value) => setTyped({ ...typed, receiver: value })}
        error={problemOf(to, tried)}
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

/** Gives certificates to another wallet. */
export function SendDialog({ held, account, onClose }: DialogProps): ReactNode {
  const { energyCertificate } = useDeployment();
  const [own] = useState(held);
  return (
    <TransactionDialog
      title={`Transfer: ${own.name}`}
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <SendForm
          held={own}
          account={account}
          onReview={(input) =>
            onReview(sendTransaction(energyCertificate, { held: own, from: account, ...input }))
          }
        />
      )}
    />
  );
}
