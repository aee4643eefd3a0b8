import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { endExport, type ExportTask } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useExports, useFiling } from '../../data/index.ts';
import { titleOf } from '../../reasons/index.ts';
import {
  Badge,
  bytes,
  Card,
  count,
  date,
  Empty,
  Moment,
  MorePages,
  Page,
  phrase,
  QueryView,
  Refusal,
  shortHex,
  Table,
  type Tone,
} from '../../ui/index.ts';
import { Whose } from '../session/index.ts';
import { isOver } from './ExportTask.tsx';

const STATES: Readonly<Record<ExportTask['status'], readonly [Tone, string]>> = {
  queued: ['plain', 'Waiting'],
  running: ['plain', 'Being written'],
  done: ['good', 'Ready'],
  failed: ['bad', 'Failed'],
  cancelled: ['plain', 'Cancelled'],
};
const FORMATS = { csv: 'CSV', parquet: 'Parquet' } as const;

function Of({ request }: ExportTask): ReactNode {
  const { deviceId, projectId } = request;
  if (deviceId !== undefined) {
    return <Link href={`/devices/${deviceId}`}>Device {shortHex(deviceId)}</Link>;
  }
  if (projectId === undefined) return null;
  return <Link href={`/projects/${projectId}`}>Project {projectId}</Link>;
}

function nameOf({ kind, bucket, format }: ExportTask['request']): string {
  return `${kind === 'readings' ? 'Readings' : `Energy by ${bucket}`}, ${FORMATS[format]}`;
}

function State({ status, progress, code, detail }: ExportTask): ReactNode {
  const [tone, label] = STATES[status];
  return (
    <>
      <Badge tone={tone}>{label}</Badge>{' '}
      {status === 'running' && (
        <span className="small">
          {count(progress.done)}{' '}
          {progress.total === undefined ? 'so far' : `of ${count(progress.total)}`}
        </span>
      )}
      {code !== undefined && (
        <span className="small">
          {titleOf(code)} {detail}
        </span>
      )}
    </>
  );
}

function File({ url, rows, size }: ExportTask): ReactNode {
  const { oracleUrl } = useDeployment();
  if (url === undefined) return <span className="muted">–</span>;
  return (
    <>
      <a href={new URL(url, `${oracleUrl}/`).href} download>
        Download
      </a>{' '}
      <span className="small">
        {rows !== undefined && `${count(rows)} ${rows === 1 ? 'row' : 'rows'}`}
        {size !== undefined && `, ${phrase(bytes(size))}`}
      </span>
    </>
  );
}

/** Cancels one that is under way, or takes one away with its file. */
function End(task: ExportTask): ReactNode {
  const ending = useFiling(endExport);
  return (
    <>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={ending.isPending}
        onClick={() => ending.mutate(task.id)}
      >
        {isOver(task) ? 'Remove' : 'Cancel'}
      </button>
      <Refusal error={ending.error} what="It is still there" />
    </>
  );
}

function Exports({ rows }: { readonly rows: readonly ExportTask[] }): ReactNode {
  return (
    <Table
      caption="Exports"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { header: 'Asked for', cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
        {
          header: 'What',
          cell: ({ request }) => nameOf(request),
        },
        { header: 'Of', cell: (task) => <Of {...task} /> },
        {
          header: 'Days (UTC)',
          // `to` is where the day after the last one begins.
          cell: ({ request: { from, to } }) => `${date(from)} to ${date(to - 1)}`,
        },
        { header: 'State', cell: (task) => <State {...task} /> },
        { header: 'File', cell: (task) => <File {...task} /> },
        {
          header: 'Kept until',
          cell: ({ keptUntil }) =>
            keptUntil === undefined ? <span className="muted">–</span> : <Moment at={keptUntil} />,
        },
        { header: 'End', cell: (task) => <End {...task} /> },
      ]}
    />
  );
}

/** What was exported by this wallet or browser, the newest first. */
export function ExportsPage(): ReactNode {
  const query = useExports();
  return (
    <Page
      title="Your exports"
      lead="Measurements that you asked for as files. They are written in the background; you may leave and come back."
      back={{ href: '/fleet', label: 'Fleet' }}
    >
      <Card title="Exports">
        <Whose what="Exports">Each is removed with its file some days after it was written.</Whose>
        <QueryView
          query={query}
          what="exports"
          isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
          empty={
            <Empty title="You exported nothing yet">
              <p>The pages of devices and projects have a card for it.</p>
            </Empty>
          }
        >
          {({ pages }) => (
            <>
              <Exports rows={pages.flatMap(({ items }) => items)} />
              <MorePages query={query} what="exports" />
            </>
          )}
        </QueryView>
      </Card>
    </Page>
  );
}
