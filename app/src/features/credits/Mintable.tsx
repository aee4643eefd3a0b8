import { useState, type ReactNode } from 'react';
import { isAddressEqual, type Address } from 'viem';
import { Link } from 'wouter';
import type { Batch } from '../../api/indexer/index.ts';
import { useBatches, useProjects } from '../../data/index.ts';
import {
  Amount,
  Card,
  Empty,
  energy,
  Moment,
  MorePages,
  QueryView,
  Table,
  tonnes,
} from '../../ui/index.ts';
import { useRightNetwork } from '../wallet/index.ts';
import { mintWay, type MintWay } from '../reviews/index.ts';
import { MintDialog } from './MintDialog.tsx';

interface MintableTableProps {
  readonly batches: readonly Batch[];
  readonly onMint: (minting: Minting) => void;
}

interface Minting {
  readonly batch: Batch;
  readonly way: MintWay;
}

/** Verified batches wait for nobody's opinion any more. */
const DECIDED = { approvals: 0, rejections: 0, recomputed: false };

function mintLabel(batch: Batch, way: MintWay | undefined): string {
  if (way === undefined) return batch.project?.blocked === true ? 'Blocked' : 'Nothing to mint';
  return way === 'mint' ? 'Mint' : 'Mint for the debt';
}

function MintableTable({ batches, onMint }: MintableTableProps): ReactNode {
  const rightNetwork = useRightNetwork();
  const mintButton = (batch: Batch): ReactNode => {
    const way = mintWay(batch, DECIDED);
    return (
      <button
        type="button"
        className="button button-small"
        disabled={!rightNetwork || way === undefined}
        aria-label={`${way === 'mintForDebt' ? 'Mint for the debt:' : 'Mint'} batch ${String(batch.id)}`}
        onClick={() => {
          if (way !== undefined) onMint({ batch, way });
        }}
      >
        {mintLabel(batch, way)}
      </button>
    );
  };
  return (
    <Table
      caption="Batches that you can mint"
      rows={batches}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          header: 'Batch',
          cell: ({ id }) => <Link href={`/batches/${String(id)}`}>{String(id)}</Link>,
        },
        { header: 'Project', cell: ({ project }) => project?.name },
        { header: 'Until', cell: ({ periodEnd }) => <Moment at={periodEnd} /> },
        {
          header: 'Creditable',
          numeric: true,
          cell: ({ creditableWh }) => <Amount {...energy(creditableWh)} />,
        },
        {
          header: 'Credits',
          numeric: true,
          cell: ({ kind, grams }) =>
            kind === 'carbon' ? <Amount {...tonnes(grams)} /> : 'Energy certificates',
        },
        { header: 'Action', cell: mintButton },
      ]}
    />
  );
}

/** Batches of the wallet's own projects that are verified and not minted. */
function MintableBatches(props: {
  readonly account: Address;
  readonly projectIds: readonly number[];
}): ReactNode {
  const { account, projectIds } = props;
  const query = useBatches({ projectId_in: projectIds, state: 'verified' });
  const [minting, setMinting] = useState<Minting>();
  return (
    <>
      <QueryView
        query={query}
        what="mintable batches"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={
          <Empty title="Everything is minted">
            <p>
              A new batch appears here once it is verified. What the others still need is said on
              the page of each <Link href="/batches">batch</Link>.
            </p>
          </Empty>
        }
      >
        {({ pages }) => (
          <>
            <MintableTable batches={pages.flatMap(({ items }) => items)} onMint={setMinting} />
            <MorePages query={query} what="batches" />
          </>
        )}
      </QueryView>
      {minting !== undefined && (
        <MintDialog {...minting} account={account} onClose={() => setMinting(undefined)} />
      )}
    </>
  );
}

/** Only for owners of projects: what their wallet may mint. */
export function Mintable({ account }: { readonly account: Address }): ReactNode {
  const projects = useProjects();
  return (
    <Card title="Ready to mint">
      <QueryView
        query={projects}
        what="your projects"
        isEmpty={(all) => !all.some(({ owner }) => isAddressEqual(owner, account))}
        empty={
          <Empty title="This wallet owns no project">
            <p>Only the owner of a project mints its credits.</p>
          </Empty>
        }
      >
        {(all) => (
          <MintableBatches
            account={account}
            projectIds={all
              .filter(({ owner }) => isAddressEqual(owner, account))
              .map(({ id }) => id)}
          />
        )}
      </QueryView>
    </Card>
  );
}
