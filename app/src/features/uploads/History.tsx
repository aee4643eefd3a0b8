import type { ReactNode } from 'react';
import { endUpload, reportUrl, type Upload } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useUploads } from '../../data/index.ts';
import { count, Empty, Moment, type Column } from '../../ui/index.ts';
import { FiledCard } from '../filed/index.ts';

function Rows({ counts }: Upload): ReactNode {
  if (counts === undefined) return <span className="muted">–</span>;
  const { accepted, duplicate, refused } = counts;
  return `${count(accepted)} taken · ${count(duplicate)} known · ${count(refused)} refused`;
}

function Report(upload: Upload): ReactNode {
  const { oracleUrl } = useDeployment();
  if (upload.status === 'queued') return <span className="muted">–</span>;
  return (
    <a href={reportUrl(oracleUrl, upload)} download>
      Row by row (CSV)
    </a>
  );
}

const HANDED_IN: readonly Column<Upload>[] = [
  { header: 'When', cell: ({ createdAt }) => <Moment at={createdAt} /> },
  {
    header: 'What',
    cell: ({ kind }) => (kind === 'windows' ? 'Signed windows' : 'Unsigned readings'),
  },
];
const CAME_OF_IT: readonly Column<Upload>[] = [
  { header: 'Rows', cell: Rows },
  { header: 'Report', cell: (upload) => <Report {...upload} /> },
];

/** The visitor's own uploads, with a report of each row. */
export function History(): ReactNode {
  return (
    <FiledCard
      title="Your uploads"
      words={{
        what: 'uploads',
        labels: { running: 'Being read', done: 'Done' },
        progressOf: ({ progress }) => `${count(progress)} rows so far`,
      }}
      kept="Each is removed with its report some days after it was read; what was stored of it stays."
      empty={<Empty title="You uploaded nothing yet" />}
      query={useUploads()}
      columns={[HANDED_IN, CAME_OF_IT]}
      end={endUpload}
    />
  );
}
