import { cidOf } from '@truetonne/protocol';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { batchFileUrl } from '../../api/index.ts';
import type { Batch } from '../../api/indexer/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useBatch } from '../../data/index.ts';
import {
  Amount,
  Card,
  count,
  Empty,
  energy,
  factor,
  Facts,
  Figures,
  fixedPoint,
  Hash,
  Ledger,
  Moment,
  Page,
  QueryView,
  tonnes,
} from '../../ui/index.ts';
import { BatchFindings } from '../findings/index.ts';
import { MintAction } from '../credits/index.ts';
import { VoidCard } from '../recourse/index.ts';
import { BatchStanding } from '../reviews/index.ts';
import { BatchExports } from '../versions/index.ts';
import { VerifyBatch } from '../verify/index.ts';

function Summary({ batch }: { readonly batch: Batch }): ReactNode {
  const { projectId, project } = batch;
  return (
    <Card title="What was credited">
      <Figures
        items={[
          batch.kind === 'carbon'
            ? { label: 'Credits', quantity: tonnes(batch.grams) }
            : {
                label: 'Credits',
                quantity: tonnes(0n),
                note: 'claimed as energy certificates instead',
              },
          { label: 'Creditable energy', quantity: energy(batch.creditableWh) },
          {
            label: 'Deducted',
            quantity: energy(batch.deductedWh),
            note: batch.deductedWh === 0n ? undefined : 'see below why',
          },
        ]}
      />
      <Facts
        items={[
          {
            label: 'Project',
            value: (
              <Link href={`/projects/${projectId}`}>{project?.name ?? `Project ${projectId}`}</Link>
            ),
          },
          {
            label: 'Period',
            value: (
              <>
                <Moment at={batch.periodStart} /> – <Moment at={batch.periodEnd} />
              </>
            ),
          },
          { label: 'Vintage', value: String(batch.vintage) },
          { label: 'Devices', value: count(batch.deviceCount) },
          { label: 'Submitted', value: <Moment at={batch.submittedAt} /> },
          ...mintFacts(batch),
        ]}
      />
    </Card>
  );
}

function mintFacts({ mintedAt, mintedTo, firstSerial, grams, kind }: Batch) {
  if (mintedAt === undefined || mintedTo === undefined || firstSerial === undefined) return [];
  return [
    { label: 'Minted', value: <Moment at={mintedAt} /> },
    { label: 'Minted to', value: <Hash value={mintedTo} what="address" /> },
    kind === 'carbon'
      ? { label: 'Serials', value: `${count(firstSerial)} – ${count(firstSerial + grams - 1n)}` }
      : { label: 'First certificate', value: count(firstSerial) },
  ];
}

/** The formula of SPEC section 7 with this batch's numbers. */
function Formula({ batch }: { readonly batch: Batch }): ReactNode {
  return (
    <Card title="How the grams come about">
      <Ledger
        lines={[
          { label: 'Exported', value: <Amount {...energy(batch.exportedWh)} /> },
          { label: '− imported', value: <Amount {...energy(batch.importedWh)} /> },
          { label: '− deducted', value: <Amount {...energy(batch.deductedWh)} /> },
          { label: '− deficit carried in', value: <Amount {...energy(batch.openingDeficitWh)} /> },
          {
            label: '= creditable, or zero when that is less',
            value: <Amount {...energy(batch.creditableWh)} />,
            result: true,
          },
          { label: '× emission factor', value: <Amount {...factor(batch.factorUgPerWh)} /> },
          {
            label: '+ remainder carried in',
            value: <Amount value={fixedPoint(batch.openingRemainderUg, 6)} unit="g CO₂e" />,
          },
          {
            label: '= credits, rounded down to the gram',
            value: <Amount {...tonnes(batch.grams)} />,
            result: true,
          },
        ]}
      />
    </Card>
  );
}

function Records({ batch }: { readonly batch: Batch }): ReactNode {
  const { oracleUrl } = useDeployment();
  return (
    <Card title="On the chain">
      <Facts
        items={[
          { label: 'Root', value: <Hash value={batch.root} what="root" full />, wide: true },
          {
            label: 'File',
            value: <Hash value={cidOf(batch.fileDigest)} what="CID" full />,
            wide: true,
          },
          {
            label: 'Transaction',
            value: <Hash value={batch.transactionHash} what="transaction hash" full />,
            wide: true,
          },
          { label: 'Block', value: count(batch.blockNumber) },
        ]}
      />
      <p>
        <a href={batchFileUrl(oracleUrl, batch.id)} download={`batch-${String(batch.id)}.ttb.gz`}>
          Download the batch file
        </a>
      </p>
    </Card>
  );
}

function BatchBody({ batch }: { readonly batch: Batch }): ReactNode {
  return (
    <>
      <Summary batch={batch} />
      <BatchStanding batch={batch}>{(way) => <MintAction batch={batch} way={way} />}</BatchStanding>
      <VoidCard batch={batch} />
      <VerifyBatch batchId={batch.id} />
      <Formula batch={batch} />
      <Card title="What was excluded and why">
        <BatchFindings batchId={batch.id} />
      </Card>
      <BatchExports batchId={batch.id} projectId={batch.projectId} />
      <Records batch={batch} />
    </>
  );
}

function KnownBatchPage({ id }: { readonly id: bigint }): ReactNode {
  const query = useBatch(id);
  return (
    <Page title={`Batch ${String(id)}`} back={{ href: '/batches', label: 'All batches' }}>
      <QueryView
        query={query}
        what="batch"
        isEmpty={(batch) => batch === null}
        empty={
          <Empty title="The chain knows no batch with this number">
            <p>A batch number is project id × 1,000,000 + number.</p>
          </Empty>
        }
      >
        {(batch) => batch !== null && <BatchBody batch={batch} />}
      </QueryView>
    </Page>
  );
}

/** One batch: what was credited, verified in the browser, and what was left out. */
export function BatchPage({ id }: { readonly id: string }): ReactNode {
  if (/^\d{1,20}$/.test(id)) return <KnownBatchPage id={BigInt(id)} />;
  return (
    <Page title="No such batch" back={{ href: '/batches', label: 'All batches' }}>
      <Empty title={`"${id}" is not the number of a batch`} />
    </Page>
  );
}
