import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import { useAccreditation, usePendingReplacements } from '../../data/index.ts';
import { TransactionSteps, type Transaction } from '../../transactions/index.ts';
import { Card, Dialog, Empty, MorePages, Notice, Page, QueryView, useNow } from '../../ui/index.ts';
import { useRightNetwork, WalletMenuButton } from '../wallet/index.ts';
import { PendingCard } from './PendingCard.tsx';

/** Whether the connected wallet may sign off, in words where it may not. */
function Standing(props: {
  readonly account: Address | undefined;
  readonly accredited: boolean | undefined;
}): ReactNode {
  const { account, accredited } = props;
  if (account === undefined) {
    return (
      <div className="row">
        <WalletMenuButton />
        <span className="muted">Validators connect their wallet to sign off.</span>
      </div>
    );
  }
  if (accredited === undefined) return null;
  return accredited ? (
    <Notice tone="good" title="This wallet is an accredited validator" />
  ) : (
    <Notice tone="warn" title="This wallet is no accredited validator: it can look, not sign off" />
  );
}

/** Replaced meters that wait for an accredited validator, who is neither owner nor submitter. */
export function SignOffPage(): ReactNode {
  const { address } = useConnection();
  const rightNetwork = useRightNetwork();
  const accreditation = useAccreditation(address);
  const now = useNow(10_000);
  const until = accreditation.data;
  const accredited = until === undefined ? undefined : until !== null && until > now;
  const pending = usePendingReplacements();
  const [transaction, setTransaction] = useState<Transaction>();
  return (
    <Page
      title="Replaced meters"
      lead="A new meter begins with registers of its own. It counts once an independent validator has signed that off."
      back={{ href: '/fleet', label: 'Fleet' }}
    >
      <Standing account={address} accredited={accredited} />
      <QueryView
        query={pending}
        what="replacements"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={
          <Card>
            <Empty title="No replacement waits">
              <p>The owner of a device hands one in on the page of the device.</p>
            </Empty>
          </Card>
        }
      >
        {({ pages }) => (
          <>
            {pages
              .flatMap(({ items }) => items)
              .map((one) => (
                <PendingCard
                  key={one.id}
                  pending={one}
                  onSignOff={accredited === true && rightNetwork ? setTransaction : undefined}
                />
              ))}
            <MorePages query={pending} what="replacements" />
          </>
        )}
      </QueryView>
      {address !== undefined && transaction !== undefined && (
        <Dialog title={transaction.title} onClose={() => setTransaction(undefined)}>
          <TransactionSteps
            transaction={transaction}
            account={address}
            onClose={() => setTransaction(undefined)}
          />
        </Dialog>
      )}
    </Page>
  );
}
