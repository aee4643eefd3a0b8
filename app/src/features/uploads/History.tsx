import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { cancelUpload, reportUrl, type Upload } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { MEASURED, useUploads } from '../../data/index.ts';
import { titleOf } from '../../reasons/index.ts';
import {
  Badge,
  Card,
  count,
  Empty,
  Moment,
  MorePages,
  QueryView,
  Table,
  type Tone,
} from '../../ui/index.ts';

const STATES: Readonly<Record<Upload['status'], readonly [Tone, string]>> = {
  queued: ['plain', 'Waiting'],
  running: ['plain', 'Being read'],
  done: ['good', 'Done'],
  failed: ['bad', 'Failed'],
  cancelled: ['plain', 'Cancelled'],
};

/** Ends the reading of a file that is under way. */
function Cancel({ id }: Pick<Upload, 'id'>): ReactNode {
  const { oracleUrl } = useDeployment();
  const queryClient = useQueryClient();
  const cancelling = useMutation({
    mutationFn: () => cancelUpload(oracleUrl, id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [MEASURED, 'uploads'] }),
  });
  return (
    <button
      type="button"
      className="button button-quiet button-small"
      disabled={cancelling.isPending}
      onClick={() => cancelling.mutate()}
    >
      Cancel
    </button>
  );
}

function State({ id, status, progress, code }: Upload): ReactNode {
  const [tone, label] = STATES[status];
  const underway = status === 'queued' || status === 'running';
  return (
    <>
      <Badge tone={tone}>{label}</Badge>{' '}
      {underway && (
        <>
          <span className="small">{count(progress)} rows so far</span> <Cancel id={id} />
        </>
      )}
      {code !== undefined && <span className="small">{titleOf(code)}</span>}
    </>
  );
}

function Rows({ counts }: Upload): ReactNode {
  if (counts === undefined) return <span className="muted">–</span>;
  const { accepted, duplicate, refused } = counts;
  return `${count(accepted)} taken · ${count(duplicate)} known · ${count(refused)} refused`;
}

/** Every upload, the newest first, with a report of each row. */
export function History(): ReactNode {
  const { oracleUrl } = useDeployment();
  const query = useUploads();
  return (
    <Card title="Uploads">
      <QueryView
        query={query}
        what="uploads"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="Nothing was uploaded yet" />}
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
                  cell: ({ id, status }) =>
                    status === 'queued' ? (
                      <span className="muted">–</span>
                    ) : (
                      <a href={reportUrl(oracleUrl, id)} download>
                        Row by row (CSV)
                      </a>
                    ),
                },
              ]}
            />
            <MorePages query={query} what="uploads" />
          </>
        )}
      </QueryView>
    </Card>
  );
}
