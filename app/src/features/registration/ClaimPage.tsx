import { domainOf, type Claim } from '@truetonne/protocol';
import { useCallback, useState, type ReactNode } from 'react';
import { isAddressEqual, type Address } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import type { Project } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useProjects } from '../../data/index.ts';
import {
  checkClaim,
  readClaimFile,
  StatementInput,
  useStatement,
  type Checked,
} from '../../statements/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Card, Empty, Page, QueryView } from '../../ui/index.ts';
import { WalletMenuButton } from '../wallet/index.ts';
import { PlaceForm } from './PlaceForm.tsx';
import { claimTransaction } from './transaction.ts';

interface ClaimingProps {
  readonly account: Address;
  readonly claim: Checked<Claim>;
  readonly projects: readonly Project[];
}

/** Where the device belongs, then the transaction. */
function Claiming({ account, claim, projects }: ClaimingProps): ReactNode {
  const { registry } = useDeployment();
  const [transaction, setTransaction] = useState<Transaction>();
  const { deviceId } = claim.says;
  return (
    <Card title="Where it measures">
      <div hidden={transaction !== undefined}>
        <PlaceForm
          deviceId={deviceId}
          projects={projects}
          onReview={(place) => setTransaction(claimTransaction(registry, claim, place))}
        />
      </div>
      {transaction !== undefined && (
        <>
          <TransactionSteps
            transaction={transaction}
            account={account}
            onClose={() => setTransaction(undefined)}
            onChange={() => setTransaction(undefined)}
          />
          <p className="small">
            Once it is confirmed, follow it on <Link href={`/devices/${deviceId}`}>its page</Link>.
          </p>
        </>
      )}
    </Card>
  );
}

function OwnerBody({ account }: { readonly account: Address }): ReactNode {
  const { chainId, registry } = useDeployment();
  const check = useCallback(
    (text: string) =>
      checkClaim(readClaimFile(text), { domain: domainOf(chainId, registry) }, account),
    [chainId, registry, account],
  );
  const { state, take } = useStatement(check);
  const projects = useProjects();
  return (
    <>
      <Card title="The claim">
        <p>
          Your device signs that this wallet may register it. Give the device your address:{' '}
          <code className="hash-long">{account}</code>
        </p>
        <StatementInput
          label="Claim file"
          command={`npm run -s device -- claim --owner ${account.slice(0, 6)}…`}
          state={state}
          onText={take}
        />
      </Card>
      {state.step === 'ready' && (
        <QueryView query={projects} what="your projects">
          {(all) => (
            <Claiming
              key={state.statement.says.deviceId}
              account={account}
              claim={state.statement}
              projects={all.filter(({ owner }) => isAddressEqual(owner, account))}
            />
          )}
        </QueryView>
      )}
    </>
  );
}

/** Claims one device with what it signed, and binds it to a project. */
export function ClaimPage(): ReactNode {
  const { address } = useConnection();
  return (
    <Page
      title="Claim a device"
      lead="From what your device signed to a device that measures for your plant."
      back={{ href: '/fleet', label: 'Fleet' }}
    >
      {address === undefined ? (
        <Card>
          <Empty title="Connect the wallet that will own the device">
            <WalletMenuButton />
          </Empty>
        </Card>
      ) : (
        <OwnerBody key={address} account={address} />
      )}
    </Page>
  );
}
