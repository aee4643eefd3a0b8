import { useState, type ReactNode } from 'react';
import { isAddressEqual, type Address } from 'viem';
import { useConnection } from 'wagmi';
import type { Project } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Badge, Card, Dialog } from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { chooseClaimTransaction } from './transactions.ts';

function Change({ project, account }: { readonly project: Project; readonly account: Address }) {
  const { registry } = useDeployment();
  const rightNetwork = useRightNetwork();
  const [transaction, setTransaction] = useState<Transaction>();
  const close = (): void => setTransaction(undefined);
  const other = project.kind === 'carbon' ? 'energy' : 'carbon';
  return (
    <p>
      <button
        type="button"
        className="button button-quiet"
        disabled={!rightNetwork}
        onClick={() => setTransaction(chooseClaimTransaction(registry, project, other))}
      >
        {other === 'energy' ? 'Claim as energy certificates' : 'Claim as carbon credits'}
      </button>
      {transaction !== undefined && (
        <Dialog title={transaction.title} onClose={close}>
          <TransactionSteps transaction={transaction} account={account} onClose={close} />
        </Dialog>
      )}
    </p>
  );
}

/** What the coming batches of a project are claimed as; its owner may change that. */
export function ClaimCard({ project }: { readonly project: Project }): ReactNode {
  const { address } = useConnection();
  const carbon = project.kind === 'carbon';
  return (
    <Card
      title="Claimed as"
      aside={<Badge tone="plain">{carbon ? 'Carbon credits' : 'Energy certificates'}</Badge>}
    >
      <p>
        The next batches are claimed as{' '}
        {carbon ? 'CO₂e that was not emitted' : 'electricity, in certificates of 1 MWh'}. One
        interval is never claimed as both; what was submitted stays what it was.
      </p>
      {address !== undefined && isAddressEqual(address, project.owner) && (
        <Change project={project} account={address} />
      )}
    </Card>
  );
}
