import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import type { FleetFilter } from '../../api/index.ts';
import { useFleet, useOffers, useProjects } from '../../data/index.ts';
import { Card, Empty, Notice, Page, Pager, QueryView, SelectField } from '../../ui/index.ts';
import { Alerts } from './Alerts.tsx';
import { FleetTable } from './FleetTable.tsx';
import { Tiles } from './Tiles.tsx';

function ProjectFilter(props: {
  readonly projectId: number | undefined;
  readonly onChange: (projectId: number | undefined) => void;
}): ReactNode {
  const projects = useProjects();
  const items = projects.data?.items ?? [];
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

/** Devices that someone wants to give to the connected wallet. */
function Offers({ account }: { readonly account: Address }): ReactNode {
  const items = useOffers(account).data?.items ?? [];
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
              <Empty title="No device is in this state here" />
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
  const { projectId, state } = filter;
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
      </div>
      <Fleet key={`${projectId ?? ''}.${state ?? ''}`} filter={filter} onFilter={setFilter} />
      <Alerts projectId={projectId} />
    </Page>
  );
}
