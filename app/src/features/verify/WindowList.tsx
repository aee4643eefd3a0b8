import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { Amount, count, energy, Moment, shortHex, Table } from '../../ui/index.ts';
import type { ListedWindow } from './verifyFile.ts';

const PAGE = 12;

/** The windows of a verified file; each opens to its readings, signature and proof. */
export function WindowList({ windows }: { readonly windows: readonly ListedWindow[] }): ReactNode {
  const [page, setPage] = useState(0);
  const pages = Math.ceil(windows.length / PAGE);
  return (
    <section className="stack-small" aria-label="Windows in this file">
      <h3>{count(windows.length)} windows in this file</h3>
      <Table
        caption="Windows in this file"
        rows={windows.slice(page * PAGE, (page + 1) * PAGE)}
        rowKey={({ deviceId, sequence }) => `${deviceId}.${sequence}`}
        columns={[
          {
            header: 'Window',
            cell: ({ deviceId, sequence }) => (
              <Link href={`/windows/${deviceId}/${sequence}`}>
                {shortHex(deviceId)} · {count(sequence)}
              </Link>
            ),
          },
          { header: 'Closed', cell: ({ closedAt }) => <Moment at={closedAt} /> },
          { header: 'Readings', numeric: true, cell: ({ readings }) => count(readings) },
          {
            header: 'Export register',
            numeric: true,
            cell: ({ exportWh }) => <Amount {...energy(exportWh)} />,
          },
        ]}
      />
      {pages > 1 && (
        <nav className="row" aria-label="Pages of windows">
          <button
            type="button"
            className="button button-quiet button-small"
            disabled={page === 0}
            onClick={() => setPage(page - 1)}
          >
            Previous windows
          </button>
          <span className="small muted">
            Page {count(page + 1)} of {count(pages)}
          </span>
          <button
            type="button"
            className="button button-quiet button-small"
            disabled={page === pages - 1}
            onClick={() => setPage(page + 1)}
          >
            Next windows
          </button>
        </nav>
      )}
    </section>
  );
}
