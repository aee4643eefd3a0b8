import type { ReactNode } from 'react';
import {
  fetchImport,
  fetchRefusedRows,
  importReportUrl,
  stopImport,
  undoImport,
  type ActivityImport,
  type ImportReportLine,
} from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import { titleOf } from '../../reasons/index.ts';
import {
  bytes,
  Card,
  ConfirmButton,
  count,
  Facts,
  Moment,
  Notice,
  phrase,
  ProgressBar,
  QueryView,
  Refusal,
  Table,
} from '../../ui/index.ts';
import { isEditor, useOrganisation } from '../organisations/index.ts';
import { ImportState, isUnderway, rowsOf } from './words.tsx';

/** Stops an import that is under way, or takes back one that is done. */
function TakeBack(one: ActivityImport): ReactNode {
  const { id, role } = useOrganisation();
  const underway = isUnderway(one);
  const ending = useWrite((writer, which: string) =>
    underway ? stopImport(writer, id, which) : undoImport(writer, id, which),
  );
  const offered = underway || (one.state === 'done' && !one.dryRun);
  return (
    <>
      {offered && isEditor(role) && (
        <ConfirmButton
          text={underway ? 'Stop and take back' : 'Undo this import'}
          consequence={
            underway
              ? 'What was stored so far goes out again.'
              : 'All its activities go out of the inventory, but for those that somebody changed since.'
          }
          disabled={ending.isPending}
          onConfirm={() => ending.mutate(one.id)}
        />
      )}
      <Refusal error={ending.error} what="It was not taken back" />
    </>
  );
}

function RefusedRows({ which }: { readonly which: string }): ReactNode {
  const { id } = useOrganisation();
  const query = useOwn([id, 'import-refused', which], (oracleUrl) =>
    fetchRefusedRows(oracleUrl, id, which),
  );
  return (
    <QueryView query={query} what="refused rows">
      {(lines) => (
        <Table
          caption="The first rows that were refused"
          rows={lines}
          rowKey={({ line, column }) => `${line} ${column}`}
          columns={[
            { header: 'Row', cell: ({ line }) => count(line), numeric: true },
            ...(lines.some(({ column }) => column !== '')
              ? [
                  {
                    header: 'Column',
                    cell: ({ column }: ImportReportLine) => (
                      <span className="small cell-text">{column}</span>
                    ),
                  },
                ]
              : []),
            { header: 'Why', cell: ({ code }) => titleOf(code) },
            { header: 'Field', cell: ({ field }) => <code>{field}</code> },
            {
              header: 'Value',
              cell: ({ value }) => <span className="small cell-text">{value}</span>,
            },
            {
              header: 'Details',
              cell: (one) => <span className="small cell-text">{one.detail}</span>,
            },
          ]}
        />
      )}
    </QueryView>
  );
}

function Outcome(one: ActivityImport): ReactNode {
  const { id } = useOrganisation();
  const { oracleUrl } = useDeployment();
  return (
    <>
      {one.kept > 0 && (
        <Notice tone="warn" title={`${count(one.kept)} activities stayed`}>
          <p className="small">They were changed by hand since.</p>
        </Notice>
      )}
      {one.code !== undefined && (
        <Notice tone="bad" title={titleOf(one.code)}>
          <p className="small">
            {one.detail} <code>{one.code}</code>
          </p>
        </Notice>
      )}
      {one.refused > 0 && <RefusedRows which={one.id} />}
      <p>
        <a href={importReportUrl(oracleUrl, id, one.id)} download>
          Report of every row (CSV)
        </a>
      </p>
    </>
  );
}

/** How an import stands; it is asked again while it is under way. */
export function ImportCard({ which }: { readonly which: string }): ReactNode {
  const { id } = useOrganisation();
  const query = useOwn(
    [id, 'import', which],
    (oracleUrl) => fetchImport(oracleUrl, id, which),
    isUnderway,
  );
  return (
    <QueryView query={query} what="import">
      {(one) => (
        <Card title={one.name} aside={<ImportState {...one} />}>
          <Facts
            items={[
              { label: 'Begun', value: <Moment at={one.createdAt} /> },
              { label: 'Size', value: phrase(bytes(one.size)) },
              ...(one.encoding === 'windows-1252'
                ? [{ label: 'Read as', value: 'Windows-1252' }]
                : []),
              { label: 'Rows read', value: count(one.rows) },
              { label: 'Of them', value: rowsOf(one) },
              { label: 'By', value: <span className="wrap">{one.actor}</span>, wide: true },
            ]}
          />
          {isUnderway(one) ? (
            <ProgressBar label={`${count(one.rows)} rows read so far; you may leave this page`} />
          ) : (
            <Outcome {...one} />
          )}
          <TakeBack {...one} />
        </Card>
      )}
    </QueryView>
  );
}
