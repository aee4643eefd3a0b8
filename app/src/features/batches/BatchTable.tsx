import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Batch } from '../../api/indexer/index.ts';
import { useBatches, type Pages } from '../../data/index.ts';
import {
  Amount,
  Badge,
  date,
  Empty,
  energy,
  MorePages,
  QueryView,
  Table,
  tonnes,
  type Column,
} from '../../ui/index.ts';

const STATES = {
  submitted: { tone: 'plain', text: 'Waits for verification' },
  verified: { tone: 'plain', text: 'Ready to mint' },
  rejected: { tone: 'bad', text: 'Rejected' },
  minted: { tone: 'good', text: 'Minted' },
  voided: { tone: 'bad', text: 'Voided' },
} as const;

/** How far a batch has come. */
export function BatchState({ state }: Pick<Batch, 'state'>): ReactNode {
  const { tone, text } = STATES[state];
  return <Badge tone={tone}>{text}</Badge>;
}

const columns: readonly Column<Batch>[] = [
  {
    header: 'Batch',
    cell: ({ id }) => <Link href={`/batches/${String(id)}`}>{String(id)}</Link>,
  },
  {
    header: 'Period',
    cell: ({ periodStart, periodEnd }) => `${date(periodStart)} – ${date(periodEnd)}`,
  },
  {
    header: 'Exported',
    numeric: true,
    cell: ({ exportedWh }) => <Amount {...energy(exportedWh)} />,
  },
  {
    header: 'Deducted',
    numeric: true,
    cell: ({ deductedWh }) => <Amount {...energy(deductedWh)} />,
  },
  { header: 'Credits', numeric: true, cell: ({ grams }) => <Amount {...tonnes(grams)} /> },
  { header: 'State', cell: BatchState },
];

const projectColumn: Column<Batch> = {
  header: 'Project',
  cell: ({ projectId, project }) => (
    <Link href={`/projects/${projectId}`}>{project?.name ?? `Project ${projectId}`}</Link>
  ),
};

const LATEST = 5;

/** The last few batches of all projects. */
export function LatestBatches(): ReactNode {
  return <BatchRows query={useBatches({})} withProject atMost={LATEST} />;
}

function BatchRows(props: {
  readonly query: Pages<Batch>;
  readonly withProject: boolean;
  readonly atMost?: number;
}): ReactNode {
  const { query, withProject, atMost } = props;
  return (
    <QueryView
      query={query}
      what="batches"
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={
        <Empty title="No batch yet">
          <p>The oracle submits one when a period is over.</p>
        </Empty>
      }
    >
      {({ pages }) => (
        <>
          <Table
            caption="Batches, newest first"
            columns={withProject ? columns.toSpliced(1, 0, projectColumn) : columns}
            rows={pages.flatMap(({ items }) => items).slice(0, atMost)}
            rowKey={({ id }) => String(id)}
          />
          {atMost === undefined && <MorePages query={query} what="batches" />}
        </>
      )}
    </QueryView>
  );
}

/** The batches of one project, newest first. */
export function ProjectBatches({ projectId }: { readonly projectId: number }): ReactNode {
  return <BatchRows query={useBatches({ projectId })} withProject={false} />;
}

/** The batches of all projects, newest first. */
export function AllBatches(): ReactNode {
  return <BatchRows query={useBatches({})} withProject />;
}
