import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Batch } from '../../api/indexer/index.ts';
import { useBatches, type Pages } from '../../data/index.ts';
import {
  Amount,
  date,
  Empty,
  energy,
  MorePages,
  QueryView,
  Table,
  tonnes,
  type Column,
} from '../../ui/index.ts';
import { useBatchStates } from '../reviews/index.ts';

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
];

const projectColumn: Column<Batch> = {
  header: 'Project',
  cell: ({ projectId, project }) => (
    <Link href={`/projects/${projectId}`}>{project?.name ?? `Project ${projectId}`}</Link>
  ),
};

function stateColumn(cell: (batch: Batch) => ReactNode): Column<Batch> {
  return { header: 'State', cell };
}

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
  const stateOf = useBatchStates(query.data?.pages.flatMap(({ items }) => items) ?? []);
  const all = [
    ...(withProject ? columns.toSpliced(1, 0, projectColumn) : columns),
    stateColumn(stateOf),
  ];
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
            columns={all}
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
