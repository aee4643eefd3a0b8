import type { ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import type { Batch } from '../../api/indexer/index.ts';
import { useBatches, useChainNow, useJudgements, useVerifier } from '../../data/index.ts';
import {
  Amount,
  Card,
  date,
  Empty,
  energy,
  MorePages,
  Page,
  QueryView,
  Table,
} from '../../ui/index.ts';
import { WalletMenuButton } from '../wallet/index.ts';
import { Accreditation, CLOCK_MS } from './Accreditation.tsx';
import { useBatchStates } from './BatchState.tsx';
import { whyNotJudge } from './mayJudge.ts';
import { SubmitForeign } from './SubmitForeign.tsx';

type Part = (batch: Batch) => ReactNode;

function Waiting(props: { readonly batches: readonly Batch[]; readonly part?: Part }): ReactNode {
  const { batches, part } = props;
  const stateOf = useBatchStates(batches);
  return (
    <Table
      caption="Batches that wait for an opinion, newest first"
      rows={batches}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          header: 'Batch',
          cell: ({ id }) => <Link href={`/reviews/${String(id)}`}>{String(id)}</Link>,
        },
        { header: 'Project', cell: ({ project, projectId }) => project?.name ?? projectId },
        {
          header: 'Period',
          cell: ({ periodStart, periodEnd }) => `${date(periodStart)} – ${date(periodEnd)}`,
        },
        {
          header: 'Creditable',
          numeric: true,
          cell: ({ creditableWh }) => <Amount {...energy(creditableWh)} />,
        },
        {
          header: 'Deducted',
          numeric: true,
          cell: ({ deductedWh }) => <Amount {...energy(deductedWh)} />,
        },
        { header: 'State', cell: stateOf },
        ...(part === undefined ? [] : [{ header: 'You', cell: part }]),
      ]}
    />
  );
}

/** The same with what the wallet can do about each, or why nothing. */
function WaitingForWallet(props: {
  readonly batches: readonly Batch[];
  readonly account: Address;
}): ReactNode {
  const { batches, account } = props;
  const { data: verifier } = useVerifier(account);
  const { data: judgements } = useJudgements(batches.map(({ id }) => id));
  const now = useChainNow(CLOCK_MS);
  const part: Part = (batch) => {
    if (verifier === undefined || judgements === undefined) {
      return <span className="muted">Loading …</span>;
    }
    const { opinions } = judgements;
    const why = whyNotJudge({ account, batch, verifier, opinions, now });
    if (why !== undefined) return <span className="small muted">{why}</span>;
    return <Link href={`/reviews/${String(batch.id)}`}>Review and give your opinion</Link>;
  };
  return <Waiting batches={batches} part={part} />;
}

function Queue({ account }: { readonly account: Address | undefined }): ReactNode {
  const query = useBatches({ state: 'submitted' });
  return (
    <Card title="Waiting for a decision">
      <QueryView
        query={query}
        what="batches"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={
          <Empty title="No batch waits">
            <p>A batch appears here when its project’s methodology version asks for verifiers.</p>
          </Empty>
        }
      >
        {({ pages }) => {
          const batches = pages.flatMap(({ items }) => items);
          return (
            <>
              {account === undefined ? (
                <Waiting batches={batches} />
              ) : (
                <WaitingForWallet batches={batches} account={account} />
              )}
              <MorePages query={query} what="batches" />
            </>
          );
        }}
      </QueryView>
    </Card>
  );
}

/** For verifiers: whether they may judge, and what waits for them. */
export function ReviewsPage(): ReactNode {
  const { address } = useConnection();
  return (
    <Page
      title="Reviews"
      lead="Verifiers approve or reject each batch before it counts. Everyone sees what they said and why."
    >
      {address === undefined ? (
        <Card title="Your accreditation">
          <Empty title="No wallet is connected">
            <p>Connect a verifier’s wallet to give opinions.</p>
            <WalletMenuButton />
          </Empty>
        </Card>
      ) : (
        <Accreditation key={address} account={address} />
      )}
      <Queue account={address} />
      {address !== undefined && <SubmitForeign key={`submit ${address}`} account={address} />}
    </Page>
  );
}
