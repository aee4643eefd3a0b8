import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { endExport, type ExportTask } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useExports } from '../../data/index.ts';
import {
  bytes,
  count,
  date,
  Empty,
  Moment,
  Page,
  phrase,
  shortHex,
  type Column,
} from '../../ui/index.ts';
import { FiledCard } from '../filed/index.ts';

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

function progressOf({ status, progress: { done, total } }: ExportTask): string {
  if (status === 'queued') return '';
  return `${count(done)} ${total === undefined ? 'so far' : `of ${count(total)}`}`;
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

const ASKED_FOR: readonly Column<ExportTask>[] = [
  { header: 'Asked for', cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
  { header: 'What', cell: ({ request }) => nameOf(request) },
  { header: 'Of', cell: Of },
  {
    header: 'Days (UTC)',
    // `to` is where the day after the last one begins.
    cell: ({ request: { from, to } }) => `${date(from)} to ${date(to - 1)}`,
  },
];
const CAME_OF_IT: readonly Column<ExportTask>[] = [
  { header: 'File', cell: (task) => <File {...task} /> },
];

/** What was exported by this wallet or browser. */
export function ExportsPage(): ReactNode {
  return (
    <Page
      title="Your exports"
      lead="Measurements that you asked for as files. They are written in the background; you may leave and come back."
      back={{ href: '/fleet', label: 'Fleet' }}
    >
      <FiledCard
        title="Exports"
        words={{
          what: 'exports',
          labels: { running: 'Being written', done: 'Ready' },
          progressOf,
        }}
        kept="Each is removed with its file some days after it was written."
        empty={
          <Empty title="You exported nothing yet">
            <p>The pages of devices and projects have a card for it.</p>
          </Empty>
        }
        query={useExports()}
        columns={[ASKED_FOR, CAME_OF_IT]}
        end={endExport}
      />
    </Page>
  );
}
