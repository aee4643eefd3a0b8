import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import { Link, useSearchParams } from 'wouter';
import type { FleetFilter } from '../../api/index.ts';
import { useFleet, useOffers, useProjects } from '../../data/index.ts';
import {
  Card,
  Empty,
  Loading,
  Notice,
  Page,
  Pager,
  QueryView,
  SelectField,
  TextField,
} from '../../ui/index.ts';
import { Alerts } from './Alerts.tsx';
import { idStartOf, readFilter, writeFilter } from './filter.ts';
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

/** Finds devices in the whole fleet, not among those that are shown. */
function DeviceSearch(props: {
  readonly first: string;
  readonly onChange: (idStart: string) => void;
}): ReactNode {
  const [text, setText] = useState(props.first);
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

function NoDevice({ filter }: { readonly filter: FleetFilter }): ReactNode {
  if (Object.keys(writeFilter(filter)).length > 0) {
    return <Empty title="No device here is as you ask" />;
  }
  return (
    <Empty title="There is no device yet">
      <p>
        <Link href="/devices/new">Claim the first one</Link>: it needs a text that the device
        signed.
      </p>
    </Empty>
  );
}

function Fleet({ filter, onFilter }: FleetProps): ReactNode {
  // Cursors of the pages up to this one; the first page has none. They are of one filter.
  const asked = JSON.stringify(filter);
  const [pages, setPages] = useState<{ asked: string; cursors: readonly string[] }>();
  const cursors = pages?.asked === asked ? pages.cursors : [];
  const setCursors = (next: readonly string[]): void => setPages({ asked, cursors: next });
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
            {query.isPlaceholderData ? (
              <Loading what="devices" />
            ) : (
              <>
                {items.length === 0 ? <NoDevice filter={filter} /> : <FleetTable devices={items} />}
                <Pager
                  page={cursors.length + 1}
                  onBack={cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1))}
                  onNext={next === undefined ? undefined : () => setCursors([...cursors, next])}
                />
              </>
            )}
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
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const { projectId, device = '' } = filter;
  const setFilter = (next: FleetFilter): void => setSearch(writeFilter(next), { replace: true });
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
        <DeviceSearch
          first={device}
          onChange={(idStart) => setFilter({ ...filter, device: idStart })}
        />
      </div>
      <Fleet filter={filter} onFilter={setFilter} />
      <Alerts projectId={projectId} />
    </Page>
  );
}
