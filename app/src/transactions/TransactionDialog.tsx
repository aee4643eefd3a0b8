import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { Dialog } from '../ui/index.ts';
import type { Transaction } from './transaction.ts';
import { TransactionSteps } from './TransactionSteps.tsx';

interface TransactionDialogProps {
  readonly title: string;
  readonly account: Address;
  readonly onClose: () => void;
  /** What is filled in first; it hands over the transaction to review. */
  readonly form: (onReview: (transaction: Transaction) => void) => ReactNode;
}

/** First a form, then what will happen. The form keeps its content for whoever goes back. */
export function TransactionDialog(props: TransactionDialogProps): ReactNode {
  const { title, account, onClose, form } = props;
  const [transaction, setTransaction] = useState<Transaction>();
  return (
    <Dialog title={title} onClose={onClose}>
      <div hidden={transaction !== undefined}>{form(setTransaction)}</div>
      {transaction !== undefined && (
        <TransactionSteps
          transaction={transaction}
          account={account}
          onClose={onClose}
          onChange={() => setTransaction(undefined)}
        />
      )}
    </Dialog>
  );
}
