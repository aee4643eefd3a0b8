import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { endExport, fetchExport, type ExportTask as Task } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { getFiler, isJobUnderway, useFiler, useFiling } from '../../data/index.ts';
import { titleOf } from '../../reasons/index.ts';
import { bytes, count, Notice, phrase, ProgressBar, QueryView } from '../../ui/index.ts';

const POLL_MS = 1_000;

function Running(props: { readonly task: Task; readonly onCancel: () => void }): ReactNode {
  const { status, progress } = props.task;
  const { done, total } = progress;
  const known = total !== undefined && total > 0;
  const label =
    status === 'queued'
      ? 'Waiting for its turn …'
      : `Writing: ${count(done)}${known ? ` of ${count(total)}` : ''} …`;
  return (
    <>
      <ProgressBar label={label} fraction={known ? done / total : undefined} />
      <div className="row">
        <button type="button" className="button button-quiet button-small" onClick={props.onCancel}>
          Cancel the export
        </button>
      </div>
    </>
  );
}

function Ended({ task }: { readonly task: Task }): ReactNode {
  const { oracleUrl } = useDeployment();
  const { status, url, rows, size, code, detail } = task;
  if (status === 'done' && url !== undefined) {
    const what = [
      rows === undefined ? undefined : `${count(rows)} ${rows === 1 ? 'row' : 'rows'}`,
      size === undefined ? undefined : phrase(bytes(size)),
    ].filter((part) => part !== undefined);
    return (
      <Notice tone="good" role="status" title="The file is ready">
        <p>
          <a href={new URL(url, `${oracleUrl}/`).href} download>
            Download the file
          </a>{' '}
          <span className="small">{what.join(', ')}</span>
        </p>
      </Notice>
    );
  }
  if (status === 'cancelled') return <Notice tone="plain" role="status" title="Cancelled" />;
  return (
    <Notice tone="bad" role="alert" title={`It failed: ${titleOf(code ?? 'INTERNAL')}`}>
      {detail !== undefined && <p className="small">{detail}</p>}
    </Notice>
  );
}

/** An export from the request to the file. */
export function ExportTask({ id }: { readonly id: string }): ReactNode {
  const filer = useFiler();
  const query = useQuery({
    queryKey: ['export', id],
    queryFn: () => fetchExport(getFiler(filer), id),
    enabled: filer !== undefined,
    refetchInterval: ({ state }) =>
      state.data === undefined || isJobUnderway(state.data) ? POLL_MS : false,
  });
  const cancelling = useFiling(async (from, which: string) => {
    await endExport(from, which);
    await query.refetch();
  });
  return (
    <QueryView query={query} what="export">
      {(task) =>
        isJobUnderway(task) ? (
          <Running task={task} onCancel={() => cancelling.mutate(id)} />
        ) : (
          <Ended task={task} />
        )
      }
    </QueryView>
  );
}
