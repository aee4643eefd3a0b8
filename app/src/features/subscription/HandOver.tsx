import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { checkReceiver } from '../../forms/index.ts';
import { TransactionDialog, TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Dialog, Notice, TextField } from '../../ui/index.ts';
import { offerTransaction } from './transactions.ts';

function OfferForm(props: {
  readonly account: Address;
  readonly onReview: (to: Address) => void;
}): ReactNode {
  const { account, onReview } = props;
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const to = checkReceiver(typed, account);
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (to.ok) onReview(to.value);
      }}
    >
      <TextField
        label="New wallet"
        hint="Another wallet of your organisation; it takes the subscription over itself"
        placeholder="0x…"
        value={typed}
        onChange={setTyped}
        error={tried && !to.ok ? to.problem : undefined}
        required
      />
      <Notice tone="plain" title="Everything moves: money, time, paid terms">
        <p className="small">
          Refunds go to the new wallet from then on. Automatic renewal stops until it agrees.
        </p>
      </Notice>
      <div className="row">
        <button type="submit" className="button">
          Review offer
        </button>
      </div>
    </form>
  );
}

interface OfferDialogProps {
  readonly contract: Address;
  readonly account: Address;
  readonly onClose: () => void;
}

/** Offers the subscription to another wallet. */
export function OfferDialog({ contract, account, onClose }: OfferDialogProps): ReactNode {
  return (
    <TransactionDialog
      title="Hand the subscription over"
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <OfferForm account={account} onReview={(to) => onReview(offerTransaction(contract, to))} />
      )}
    />
  );
}

interface DirectDialogProps {
  readonly transaction: Transaction;
  readonly account: Address;
  readonly onClose: () => void;
}

/** A transaction that needs nothing filled in. It stays as it was when the dialog opened. */
export function DirectDialog({ transaction, account, onClose }: DirectDialogProps): ReactNode {
  const [kept] = useState(transaction);
  return (
    <Dialog title={kept.title} onClose={onClose}>
      <TransactionSteps transaction={kept} account={account} onClose={onClose} />
    </Dialog>
  );
}
