import { useState, type ReactNode } from 'react';
import { isAddressEqual, type Address } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import { useDeployment } from '../../config/index.ts';
import { useProjects, usePublishedVersions } from '../../data/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Card, Empty, Page, QueryView } from '../../ui/index.ts';
import { useRightNetwork, WalletMenuButton } from '../wallet/index.ts';
import { PlantForm } from './PlantForm.tsx';
import { registerTransaction } from './transactions.ts';

/** What comes next, with the plants of the wallet as soon as they are on the chain. */
function Next({ account }: { readonly account: Address }): ReactNode {
  const { data } = useProjects();
  const own = data?.filter(({ owner }) => isAddressEqual(owner, account)) ?? [];
  return (
    <Card title="What comes next">
      <ol>
        <li>An accredited validator validates it. Send them the link of its page:</li>
        <li>Register its devices there; each signs what it measures.</li>
        <li>
          See under <Link href="/batches">Batches</Link> what it earns, and mint it.
        </li>
      </ol>
      {own.length === 0 ? (
        <p className="small muted">Your plant appears here once it is on the chain.</p>
      ) : (
        <ul>
          {own.toReversed().map(({ id, name, validatedAt }) => (
            <li key={id}>
              <Link href={`/projects/${id}`}>{name}</Link>
              {validatedAt === undefined && ', not validated yet'}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function ForWallet({ account }: { readonly account: Address }): ReactNode {
  const { registry } = useDeployment();
  const rightNetwork = useRightNetwork();
  const versions = usePublishedVersions();
  const [transaction, setTransaction] = useState<Transaction>();
  const back = (): void => setTransaction(undefined);
  return (
    <>
      <Card title="The plant">
        <div hidden={transaction !== undefined}>
          <QueryView
            query={versions}
            what="methodology versions"
            isEmpty={(all) => all.length === 0}
            empty={<Empty title="No methodology version is published yet" />}
          >
            {(all) => (
              <PlantForm
                versions={all}
                disabled={!rightNetwork}
                onReview={(plant, name) =>
                  setTransaction(registerTransaction(registry, plant, name))
                }
              />
            )}
          </QueryView>
        </div>
        {transaction !== undefined && (
          <TransactionSteps
            transaction={transaction}
            account={account}
            onClose={back}
            onChange={back}
          />
        )}
      </Card>
      <Next account={account} />
    </>
  );
}

/** A project begins here: its owner registers the plant from the own wallet. */
export function NewProjectPage(): ReactNode {
  const { address } = useConnection();
  return (
    <Page
      title="Register a plant"
      lead="Your wallet registers it and owns the project: it alone binds devices and mints."
      back={{ href: '/projects', label: 'All projects' }}
    >
      {address === undefined ? (
        <Card title="The plant">
          <Empty title="No wallet is connected">
            <p>Connect the wallet that is to own the project.</p>
            <WalletMenuButton />
          </Empty>
        </Card>
      ) : (
        <ForWallet key={address} account={address} />
      )}
    </Page>
  );
}
