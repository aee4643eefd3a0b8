import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { Amount, Badge, count, date, power, SelectField, shortHex, Table } from '../../ui/index.ts';
import type { RecordRow, RecordState } from './records.ts';

/** Rows at first, and more each time: a thousand at once would make the page slow. */
const STEP = 25;

type Filter = 'all' | RecordState['kind'];

const FILTERS: readonly { readonly value: Filter; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'ready', label: 'Ready' },
  { value: 'refused', label: 'Refused' },
  { value: 'registered', label: 'Registered' },
];

function State({ state }: { readonly state: RecordState }): ReactNode {
  switch (state.kind) {
    case 'ready':
      return <Badge tone="plain">Ready</Badge>;
    case 'registered':
      return <Badge tone="good">Registered</Badge>;
    case 'refused':
      return (
        <>
          <Badge tone="bad">Refused</Badge> <span className="small">{state.reason.title}.</span>{' '}
          <span className="small muted">
            {state.reason.detail ?? state.reason.todo} <code>{state.reason.code}</code>
          </span>
        </>
      );
  }
}

function Device({ row }: { readonly row: RecordRow }): ReactNode {
  const { deviceId } = row.record.claim;
  const name = <code>{shortHex(deviceId)}</code>;
  return row.state.kind === 'registered' ? <Link href={`/devices/${deviceId}`}>{name}</Link> : name;
}

/** The records of a file, one line each, with what becomes of them. */
export function RecordTable({ rows }: { readonly rows: readonly RecordRow[] }): ReactNode {
  const [filter, setFilter] = useState<Filter>('all');
  const [shown, setShown] = useState(STEP);
  const found = rows.filter(({ state }) => filter === 'all' || state.kind === filter);
  return (
    <>
      <div className="form">
        <SelectField
          label="Show"
          value={filter}
          onChange={(value) => {
            const chosen = FILTERS.find((option) => option.value === value);
            if (chosen !== undefined) setFilter(chosen.value);
            setShown(STEP);
          }}
          options={FILTERS}
        />
      </div>
      <Table
        caption="Devices in the file"
        rows={found.slice(0, shown)}
        rowKey={({ place }) => String(place)}
        columns={[
          { header: 'No.', cell: ({ place }) => count(place) },
          { header: 'Device', cell: (row) => <Device row={row} /> },
          { header: 'Claimed', cell: ({ record }) => date(record.claim.claimedAt) },
          {
            header: 'Capacity',
            numeric: true,
            cell: ({ record }) => <Amount {...power(BigInt(record.capacityW) * 1_000n)} />,
          },
          { header: 'State', cell: State },
        ]}
      />
      {found.length > shown && (
        <p>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => setShown((now) => now + 4 * STEP)}
          >
            Show more of {count(found.length)} devices
          </button>
        </p>
      )}
    </>
  );
}
