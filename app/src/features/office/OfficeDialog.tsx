import type { ReactNode } from 'react';
import type { Address } from 'viem';
import type { SubscriptionSource } from '../../chain/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Dialog } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { FormDialog, type OfficeForm } from './FormDialog.tsx';
import type { Role } from './role.ts';

/** What every card of the office knows. */
export interface OfficeProps {
  readonly contracts: SubscriptionSource;
  readonly role: Role;
  readonly account: Address | undefined;
}

/** What is being done: something to fill in, or something to send as it is. */
export type Doing = { readonly form: OfficeForm } | { readonly transaction: Transaction };

interface OfficeButtonProps {
  /** For a screen reader: which one of many. */
  readonly label: string;
  readonly text: string;
  readonly onClick: () => void;
}

export function OfficeButton({ label, text, onClick }: OfficeButtonProps): ReactNode {
  return (
    <button
      type="button"
      className="button button-quiet button-small"
      aria-label={label}
      disabled={!useRightNetwork()}
      onClick={onClick}
    >
      {text}
    </button>
  );
}

interface OfficeDialogProps extends OfficeProps {
  readonly doing: Doing | undefined;
  readonly onClose: () => void;
}

export function OfficeDialog({ doing, account, onClose }: OfficeDialogProps): ReactNode {
  if (doing === undefined || account === undefined) return null;
  if ('form' in doing) return <FormDialog form={doing.form} account={account} onClose={onClose} />;
  return (
    <Dialog title={doing.transaction.title} onClose={onClose}>
      <TransactionSteps transaction={doing.transaction} account={account} onClose={onClose} />
    </Dialog>
  );
}
