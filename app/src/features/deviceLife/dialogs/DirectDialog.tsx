import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { TransactionSteps, type Transaction } from '../../../transactions/index.ts';
import { Dialog } from '../../../ui/index.ts';

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
