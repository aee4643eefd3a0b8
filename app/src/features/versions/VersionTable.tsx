import type { ReactNode } from 'react';
import type { VersionResult } from '../../api/index.ts';
import { ReasonCode } from '../../reasons/index.ts';
import { Amount, Badge, energy, factor, Table, tonnes, type Column } from '../../ui/index.ts';

function Name({ methodology, own }: VersionResult): ReactNode {
  return (
    <>
      {methodology.id} {own && <Badge tone="good">This project</Badge>}
      {methodology.status === 'configuration' && <Badge tone="plain">Own configuration</Badge>}
      <div className="small muted">{methodology.publisher}</div>
    </>
  );
}

function Earned({ result, missing }: VersionResult): ReactNode {
  if (result !== undefined) return <Amount {...tonnes(result.grams)} />;
  return <span className="small">{missing ?? 'nothing'}</span>;
}

/** Wh that the version leaves out, and why. */
function LeftOut({ result }: VersionResult): ReactNode {
  if (result === undefined) return '–';
  return (
    <>
      <Amount {...energy(result.deductedWh + result.adjustedWh + result.shareWh)} />
      {result.reasons.map(({ code }) => (
        <div key={code} className="small">
          <ReasonCode code={code} />
        </div>
      ))}
      {result.shareWh > 0n && <div className="small muted">share not counted</div>}
      {result.adjustedWh > 0n && <div className="small muted">overdue calibration</div>}
    </>
  );
}

const COLUMNS: readonly Column<VersionResult>[] = [
  { header: 'Version', cell: (row) => <Name {...row} /> },
  {
    header: 'Factor',
    numeric: true,
    cell: ({ factorUgPerWh }) =>
      factorUgPerWh === undefined ? 'not known' : <Amount {...factor(factorUgPerWh)} />,
  },
  { header: 'Left out', numeric: true, cell: (row) => <LeftOut {...row} /> },
  {
    header: 'Creditable',
    numeric: true,
    cell: ({ result }) =>
      result === undefined ? '–' : <Amount {...energy(result.creditableWh)} />,
  },
  { header: 'Would earn', numeric: true, cell: (row) => <Earned {...row} /> },
  {
    header: 'Certified',
    numeric: true,
    cell: ({ result }) =>
      result === undefined ? (
        '–'
      ) : (
        <>
          <Amount value={String(result.certifiedTonnes)} unit="t CO₂e" />
          <div className="small muted">
            carried <Amount {...tonnes(result.carriedGrams)} />
          </div>
        </>
      ),
  },
];

/** One line a version: factor, what is left out, what is earned. */
export function VersionTable({ rows }: { readonly rows: readonly VersionResult[] }): ReactNode {
  return (
    <Table
      caption="What would be earned under each methodology version"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ methodology }) => methodology.id}
    />
  );
}
