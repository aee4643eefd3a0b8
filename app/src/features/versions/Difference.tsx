import { useState, type ReactNode } from 'react';
import type { MethodologyVersion, ParameterDifference } from '../../api/index.ts';
import { useDifference, useMethodologies } from '../../data/index.ts';
import { Card, Empty, QueryView, SelectField, Table, type Column } from '../../ui/index.ts';

function Side(props: { readonly value: string | undefined; readonly source: string | undefined }) {
  const { value, source } = props;
  return (
    <>
      {value === undefined ? (
        <span className="muted">nothing</span>
      ) : (
        <span className="wrap">{value}</span>
      )}
      {source !== undefined && <div className="small muted wrap">{source}</div>}
    </>
  );
}

const COLUMNS: readonly Column<ParameterDifference>[] = [
  { header: 'Parameter', cell: ({ path }) => <code className="wrap">{path}</code> },
  { header: 'First', cell: ({ from, fromSource }) => <Side value={from} source={fromSource} /> },
  { header: 'Second', cell: ({ to, toSource }) => <Side value={to} source={toSource} /> },
];

function Differences({ from, to }: { readonly from: string; readonly to: string }): ReactNode {
  const query = useDifference(from, to);
  return (
    <QueryView
      query={query}
      what="differences"
      isEmpty={(rows) => rows.length === 0}
      empty={<Empty title="The two versions have the same parameters" />}
    >
      {(rows) => (
        <Table
          caption={`Parameters in which ${from} and ${to} differ`}
          columns={COLUMNS}
          rows={rows}
          rowKey={({ path }) => path}
        />
      )}
    </QueryView>
  );
}

function Choice({ versions }: { readonly versions: readonly MethodologyVersion[] }): ReactNode {
  const [from, setFrom] = useState(versions[0]?.id ?? '');
  const [to, setTo] = useState(versions[1]?.id ?? from);
  const options = versions.map(({ id, title }) => ({ value: id, label: `${id}: ${title}` }));
  return (
    <>
      <div className="form">
        <SelectField label="First version" value={from} onChange={setFrom} options={options} />
        <SelectField label="Second version" value={to} onChange={setTo} options={options} />
      </div>
      <Differences from={from} to={to} />
    </>
  );
}

/** What changed between two versions, parameter by parameter with sources. */
export function DifferenceCard(): ReactNode {
  const query = useMethodologies();
  return (
    <Card title="What differs between two versions">
      <QueryView query={query} what="methodology versions">
        {(versions) => <Choice versions={versions} />}
      </QueryView>
    </Card>
  );
}
