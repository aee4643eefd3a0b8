import type { ReactNode } from 'react';
import { endUpload, reportUrl, type Upload } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useFiling, useUploads } from '../../data/index.ts';
import { titleOf } from '../../reasons/index.ts';
import {
  Badge,
  Card,
  count,
  Empty,
  Moment,
  MorePages,
  QueryView,
  Refusal,
  Table,
  type Tone,
} from '../../ui/index.ts';
import { Whose } from '../session/index.ts';

const STATES: Readonly<Record<Upload['status'], readonly [Tone, string]>> = {
  queued: ['plain', 'Waiting'],
  running: ['plain', 'Being read'],
  done: ['good', 'Done'],
  failed: ['bad', 'Failed'],
  cancelled: ['plain', 'Cancelled'],
};

/** Ends the reading of a file that is under way, or takes one away that was read. */
function End({ id, status }: Upload): ReactNode {
  const ending = useFiling(endUpload);
  return (
    <>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={ending.isPending}
        onClick={() => ending.mutate(id)}
      >
        {isUnderway(status) ? 'Cancel' : 'Remove'}
      </button>
      <Refusal error={ending.error} what="It is still there" />
    </>
  );
}

function isUnderway(status: Upload['status']): boolean {
  return status === 'queued' || status === 'running';
}

function State({ status, progress, code }: Upload): ReactNode {
  const [tone, label] = STATES[status];
  return (
    <>
      <Badge tone={tone}>{label}</Badge>{' '}
      {isUnderway(status) && <span className="small">{count(progress)} rows so far</span>}
      {code !== undefined && <span className="small">{titleOf(code)}</span>}
    </>
  );
}

function Rows({ counts }: Upload): ReactNode {
  if (counts === undefined) return <span className="muted">–</span>;
  const { accepted, duplicate, refused } = counts;
  return `${count(accepted)} taken · ${count(duplicate)} known · ${count(refused)} refused`;
}

/** The visitor's own uploads, the newest first, with a report of each row. */
export function History(): ReactNode {
  const { oracleUrl } = useDeployment();
  const query = useUploads();
  return (
    <Card title="Your uploads">
      <Whose what="Uploads">
        Each is removed with its report some days after it was read; what was stored of it stays.
      </Whose>
      <QueryView
        query={query}
        what="uploads"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="You uploaded nothing yet" />}
      >
        {({ pages }) => (
          <>
            <Table
              caption="Uploads"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => id}
              columns={[
                { header: 'When', cell: ({ createdAt }) => <Moment at={createdAt} /> },
                {
                  header: 'What',
                  cell: ({ kind }) => (kind === 'windows' ? 'Signed windows' : 'Unsigned readings'),
                },
                { header: 'State', cell: (one) => <State {...one} /> },
                { header: 'Rows', cell: (one) => <Rows {...one} /> },
                {
                  header: 'Report',
                  cell: (one) =>
                    one.status === 'queued' ? (
                      <span className="muted">–</span>
                    ) : (
                      <a href={reportUrl(oracleUrl, one)} download>
                        Row by row (CSV)
                      </a>
                    ),
                },
                {
                  header: 'Kept until',
                  cell: ({ keptUntil }) =>
                    keptUntil === undefined ? (
                      <span className="muted">–</span>
                    ) : (
                      <Moment at={keptUntil} />
                    ),
                },
                { header: 'End', cell: (one) => <End {...one} /> },
              ]}
            />
            <MorePages query={query} what="uploads" />
          </>
        )}
      </QueryView>
    </Card>
  );
}
