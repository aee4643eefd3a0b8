import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import type { Batch } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { TransactionSteps } from '../../transactions/index.ts';
import { Dialog } from '../../ui/index.ts';
import type { MintWay } from '../reviews/index.ts';
import { mintForDebtTransaction, mintTransaction } from './transactions/mint.ts';

interface MintDialogProps {
  readonly batch: Batch;
  readonly way: MintWay;
  readonly account: Address;
  readonly onClose: () => void;
}

/** Mints a batch to the connected wallet, the project owner's. */
export function MintDialog({ batch, way, account, onClose }: MintDialogProps): ReactNode {
  const { registry } = useDeployment();
  const [transaction] = useState(() =>
    way === 'mint' ? mintTransaction(registry, batch) : mintForDebtTransaction(registry, batch),
  );
  return (
    <Dialog title={transaction.title} onClose={onClose}>
      <TransactionSteps transaction={transaction} account={account} onClose={onClose} />
    </Dialog>
  );
}
