import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import type { FleetFilter } from '../../api/index.ts';
import { useFleet, useOffers, useProjects } from '../../data/index.ts';
import {
  Card,
  Empty,
  Notice,
  Page,
  Pager,
  QueryView,
  SelectField,
  TextField,
} from '../../ui/index.ts';
import { Alerts } from './Alerts.tsx';
import { FleetTable } from './FleetTable.tsx';
import { Tiles } from './Tiles.tsx';

function ProjectFilter(props: {
  readonly projectId: number | undefined;
  readonly onChange: (projectId: number | undefined) => void;
}): ReactNode {
  const projects = useProjects();
  const items = projects.data ?? [];
  return (
    <SelectField
      label="Project"
      value={props.projectId === undefined ? '' : String(props.projectId)}
      onChange={(value) => props.onChange(value === '' ? undefined : Number(value))}
      options={[
        { value: '', label: 'All projects' },
        ...items.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
    />
  );
}

/** As the oracle looks for it: 0x and lower case; undefined when no id begins like that. */
function idStartOf(text: string): string | undefined {
  const [, digits] = /^(?:0x)?([0-9a-f]{0,64})$/i.exec(text.trim()) ?? [];
  return digits === undefined ? undefined : `0x${digits.toLowerCase()}`;
}

/** Finds devices in the whole fleet, not among those that are shown. */
function DeviceSearch(props: { readonly onChange: (idStart: string) => void }): ReactNode {
  const [text, setText] = useState('');
  return (
    <TextField
      label="Device id begins with"
      placeholder="0x…"
      value={text}
      maxLength={70}
      error={idStartOf(text) === undefined ? 'An id has the digits 0 to 9 and a to f' : undefined}
      onChange={(typed) => {
        setText(typed);
        const idStart = idStartOf(typed);
        if (idStart !== undefined) props.onChange(idStart);
      }}
    />
  );
}

/** Devices that someone wants to give to the connected wallet. */
function Offers({ account }: { readonly account: Address }): ReactNode {
  const items = useOffers(account).data ?? [];
  if (items.length === 0) return null;
  return (
    <Notice tone="plain" title="Devices are offered to your wallet">
      <ul className="plain-list">
        {items.map(({ id }) => (
          <li key={id}>
            <Link href={`/devices/${id}`}>
              <code className="hash-long">{id}</code>
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const LINKS = [
  { href: '/devices/new', label: 'Claim a device' },
  { href: '/fleet/uploads', label: 'Upload CSV' },
  { href: '/fleet/exports', label: 'Your exports' },
  { href: '/fleet/unsigned', label: 'Unsigned readings' },
  { href: '/fleet/meters', label: 'Replaced meters' },
] as const;

function Fleet({ filter, onFilter }: FleetProps): ReactNode {
  // Cursors of the pages up to this one; the first page has none.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const query = useFleet(filter, cursors.at(-1));
  return (
    <QueryView query={query} what="fleet">
      {({ summary, items, next }) => (
        <>
          <Tiles
            summary={summary}
            chosen={filter.state}
            onChoose={(state) => onFilter({ ...filter, state })}
          />
          <Card title="Devices">
            {items.length === 0 ? (
              <Empty title="No device here is as you ask" />
            ) : (
              <FleetTable devices={items} />
            )}
            <Pager
              page={cursors.length + 1}
              onBack={cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1))}
              onNext={next === undefined ? undefined : () => setCursors([...cursors, next])}
            />
          </Card>
        </>
      )}
    </QueryView>
  );
}

interface FleetProps {
  readonly filter: FleetFilter;
  readonly onFilter: (filter: FleetFilter) => void;
}

/** All devices: who is heard, who is not, what waits and why. */
export function FleetPage(): ReactNode {
  const { address } = useConnection();
  const [filter, setFilter] = useState<FleetFilter>({});
  const { projectId, state, device } = filter;
  return (
    <Page title="Fleet" lead="Who is heard, who is not, and what waits.">
      <div className="row">
        {LINKS.map(({ href, label }) => (
          <Link key={href} href={href} className="button button-quiet button-small">
            {label}
          </Link>
        ))}
      </div>
      {address !== undefined && <Offers account={address} />}
      <div className="form">
        <ProjectFilter
          projectId={projectId}
          onChange={(chosen) => setFilter({ ...filter, projectId: chosen })}
        />
        <DeviceSearch onChange={(idStart) => setFilter({ ...filter, device: idStart })} />
      </div>
      <Fleet
        key={`${projectId ?? ''}.${state ?? ''}.${device ?? ''}`}
        filter={filter}
        onFilter={setFilter}
      />
      <Alerts projectId={projectId} />
    </Page>
  );
}
