import { useId, useMemo, useState, type ReactNode } from 'react';
import type { Address, PublicClient } from 'viem';
import { usePublicClient } from 'wagmi';
import { isCoin, type Permit } from '../../chain/index.ts';
import { explain } from '../../errors/index.ts';
import { Reason, TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Dialog, Loading, Steps } from '../../ui/index.ts';
import { approveTransaction } from './approve.ts';
import { PermitStep } from './PermitStep.tsx';
import type { Purchase } from './purchase.ts';
import { usePreparation, type Preparation } from './usePreparation.ts';

interface PayDialogProps {
  readonly purchase: Purchase;
  readonly account: Address;
  readonly onClose: () => void;
}

function paymentOf(purchase: Purchase, permit: Permit | undefined): Transaction {
  const { title, effects, warning, action, done, token, most, toCall } = purchase;
  const value = isCoin(token) ? most : 0n;
  const call = toCall({ maxAmount: most, permits: permit === undefined ? [] : [permit], value });
  return { title, effects, action, done, call, ...(warning === undefined ? {} : { warning }) };
}

interface StagesProps extends PayDialogProps {
  readonly client: PublicClient;
  readonly preparation: Preparation;
}

function Stages({ client, preparation, purchase, account, onClose }: StagesProps): ReactNode {
  const { method, domain } = preparation;
  const [permit, setPermit] = useState<Permit>();
  const [approved, setApproved] = useState(method !== 'approve');
  const payment = useMemo(() => paymentOf(purchase, permit), [purchase, permit]);
  const [approval] = useState(() =>
    approveTransaction(purchase.token, purchase.payee, purchase.most + purchase.later),
  );
  const ready = method === 'permit' ? permit !== undefined : approved;
  const first = method === 'permit' ? 'Sign' : 'Allow';
  return (
    <div className="stack-small">
      {method !== 'direct' && <Steps labels={[first, 'Pay']} current={ready ? 1 : 0} />}
      {!ready && domain !== undefined && method === 'permit' && (
        <PermitStep
          client={client}
          purchase={purchase}
          account={account}
          domain={domain}
          onSigned={setPermit}
          onClose={onClose}
        />
      )}
      {!ready && method === 'approve' && (
        <TransactionSteps
          transaction={approval}
          account={account}
          onClose={onClose}
          next={{ label: 'Go on to the payment', go: () => setApproved(true) }}
        />
      )}
      {ready && <TransactionSteps transaction={payment} account={account} onClose={onClose} />}
    </div>
  );
}

/**
 * Pays: where something has to be allowed first by one more signature, or one more transaction where
 * token or wallet know no permits. What was agreed to stays as it was when the dialog opened.
 */
export function PayDialog({ purchase, account, onClose }: PayDialogProps): ReactNode {
  const client = usePublicClient();
  const [kept] = useState(purchase);
  const id = useId();
  const preparation = usePreparation(account, kept, id);
  return (
    <Dialog title={kept.title} onClose={onClose}>
      {preparation.error !== null && (
        <>
          <Reason title="This can't be paid" reason={explain(preparation.error)} />
          <div className="row">
            <button
              type="button"
              className="button"
              disabled={preparation.isFetching}
              onClick={() => void preparation.refetch()}
            >
              {preparation.isFetching ? 'Looking …' : 'Look again'}
            </button>
            <button type="button" className="button button-quiet" onClick={onClose}>
              Close
            </button>
          </div>
        </>
      )}
      {preparation.isLoading && <Loading what="your balance and allowance" />}
      {client !== undefined && preparation.error === null && preparation.data !== undefined && (
        <Stages
          client={client}
          preparation={preparation.data}
          purchase={kept}
          account={account}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}
