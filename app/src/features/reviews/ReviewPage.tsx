import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Batch } from '../../api/indexer/index.ts';
import { useBatch, useJudgements } from '../../data/index.ts';
import {
  Amount,
  Card,
  count,
  Empty,
  energy,
  Facts,
  Figures,
  Hash,
  Moment,
  Page,
  QueryView,
  tonnes,
} from '../../ui/index.ts';
import { ProjectDevices } from '../devices/index.ts';
import { BatchFindings } from '../findings/index.ts';
import { BatchStatements } from '../metering/index.ts';
import { VerifyBatch } from '../verify/index.ts';
import { BatchState } from './BatchState.tsx';
import { Comparison } from './Comparison.tsx';
import { GiveOpinion } from './GiveOpinion.tsx';
import { Opinions } from './Opinions.tsx';
import { tallyOf } from './standing.ts';

function Subject({ batch }: { readonly batch: Batch }): ReactNode {
  const { projectId, project } = batch;
  return (
    <>
      <Figures
        items={[
          { label: 'Exported', quantity: energy(batch.exportedWh) },
          { label: 'Imported', quantity: energy(batch.importedWh) },
          { label: 'Deducted', quantity: energy(batch.deductedWh) },
          { label: 'Creditable', quantity: energy(batch.creditableWh) },
        ]}
      />
      <Facts
        items={[
          {
            label: 'Project',
            value: <Link href={`/projects/${projectId}`}>{project?.name ?? projectId}</Link>,
          },
          {
            label: 'Period',
            value: (
              <>
                <Moment at={batch.periodStart} /> – <Moment at={batch.periodEnd} />
              </>
            ),
          },
          {
            label: 'Claimed as',
            value:
              batch.kind === 'carbon' ? <Amount {...tonnes(batch.grams)} /> : 'Energy certificates',
          },
          { label: 'Devices', value: count(batch.deviceCount) },
          { label: 'Root', value: <Hash value={batch.root} what="root" full />, wide: true },
        ]}
      />
    </>
  );
}

function SaidSoFar({ batch }: { readonly batch: Batch }): ReactNode {
  const query = useJudgements([batch.id]);
  return (
    <Card
      title="Opinions so far"
      aside={<BatchState batch={batch} tally={query.data && tallyOf(batch.id, query.data)} />}
    >
      <QueryView query={query} what="opinions">
        {(judgements) => <Opinions judgements={judgements} />}
      </QueryView>
    </Card>
  );
}

function Review({ batch }: { readonly batch: Batch }): ReactNode {
  const id = String(batch.id);
  return (
    <>
      <SaidSoFar batch={batch} />
      <Card title="1. What is claimed">
        <Subject batch={batch} />
        <p>Open a device for its readings.</p>
        <ProjectDevices projectId={batch.projectId} />
      </Card>
      <Card title="2. Meter against light, device against device">
        <Comparison batchId={batch.id} />
      </Card>
      <Card title="3. Calibrations and invoices">
        <BatchStatements batchId={batch.id} />
      </Card>
      <Card title="4. What was excluded, and why">
        <BatchFindings batchId={batch.id} />
      </Card>
      <VerifyBatch batchId={batch.id} title="5. Recompute it here" />
      <GiveOpinion batch={batch} />
      <p className="small">
        <Link href={`/batches/${id}`}>All about batch {id}</Link>
      </p>
    </>
  );
}

function KnownReviewPage({ id }: { readonly id: bigint }): ReactNode {
  const query = useBatch(id);
  return (
    <Page title={`Review of batch ${String(id)}`} back={{ href: '/reviews', label: 'All reviews' }}>
      <QueryView
        query={query}
        what="batch"
        isEmpty={(batch) => batch === null}
        empty={<Empty title="The chain knows no batch with this number" />}
      >
        {(batch) => batch !== null && <Review batch={batch} />}
      </QueryView>
    </Page>
  );
}

/** What a verifier looks at before giving an opinion, and the opinion. */
export function ReviewPage({ id }: { readonly id: string }): ReactNode {
  if (/^\d{1,20}$/.test(id)) return <KnownReviewPage id={BigInt(id)} />;
  return (
    <Page title="No such batch" back={{ href: '/reviews', label: 'All reviews' }}>
      <Empty title={`"${id}" is not the number of a batch`} />
    </Page>
  );
}
