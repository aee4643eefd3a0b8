import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Device, PageOf } from '../../api/indexer/index.ts';
import { useDevices, useLatest } from '../../data/index.ts';
import { useLive, type LiveState } from '../../live/index.ts';
import {
  Ago,
  Amount,
  Badge,
  count,
  Empty,
  energy,
  MorePages,
  power,
  QueryView,
  shortHex,
  Table,
  type Tone,
} from '../../ui/index.ts';

const STATES: Readonly<Record<Device['state'], readonly [Tone, string]>> = {
  claimed: ['warn', 'Claimed, not bound'],
  bound: ['good', 'Bound'],
  revoked: ['bad', 'Revoked'],
  frozen: ['bad', 'Frozen'],
};

/** What the chain says of a device. */
export function DeviceState({ state }: Pick<Device, 'state'>): ReactNode {
  const [tone, text] = STATES[state];
  return <Badge tone={tone}>{text}</Badge>;
}

function PowerAt(props: {
  readonly at: number;
  readonly milliwatts: bigint | undefined;
}): ReactNode {
  return (
    <>
      {props.milliwatts !== undefined && <Amount {...power(props.milliwatts)} />}{' '}
      <span className="small muted">
        <Ago at={props.at} />
      </span>
    </>
  );
}

/** The newest reading: from the live stream, else the last one that the oracle has. */
function LastReading({
  device,
  live,
}: {
  readonly device: Device;
  readonly live: LiveState;
}): ReactNode {
  const stored = useLatest(device.id);
  const streamed = live.devices.get(device.id)?.last;
  if (streamed !== undefined)
    return <PowerAt at={streamed.at} milliwatts={streamed.activePowerMw} />;
  if (stored.data === undefined) return <span className="muted">…</span>;
  if (stored.data === null) return <span className="muted">none yet</span>;
  const { at, fields } = stored.data;
  return <PowerAt at={at} milliwatts={fields.activePowerMw} />;
}

/** How many there are, where not all of them are shown yet. */
function Total({ pages }: { readonly pages: readonly PageOf<Device>[] }): ReactNode {
  const [first] = pages;
  const shown = pages.reduce((sum, { items }) => sum + items.length, 0);
  if (first === undefined || shown >= first.total) return null;
  return (
    <p className="small muted">
      {count(shown)} of {count(first.total)} devices, the first to be claimed first.
    </p>
  );
}

/** The devices of a project with state and last reading. */
export function ProjectDevices({ projectId }: { readonly projectId: number }): ReactNode {
  const query = useDevices(projectId);
  const live = useLive();
  return (
    <QueryView
      query={query}
      what="devices"
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={
        <Empty title="No device is bound to this project">
          <p>Its owner claims a device and binds it on the chain.</p>
        </Empty>
      }
    >
      {({ pages }) => (
        <>
          <Total pages={pages} />
          <Table
            caption="Devices of this project"
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ id }) => id}
            columns={[
              {
                header: 'Device',
                cell: ({ id }) => (
                  <Link href={`/devices/${id}`}>
                    <code>{shortHex(id)}</code>
                  </Link>
                ),
              },
              { header: 'State', cell: DeviceState },
              {
                header: 'Last reading',
                cell: (device) => <LastReading device={device} live={live} />,
              },
              {
                header: 'Capacity',
                numeric: true,
                cell: ({ capacityW }) =>
                  capacityW === undefined ? '–' : <Amount {...power(capacityW * 1_000n)} />,
              },
              {
                header: 'Exported in batches',
                numeric: true,
                cell: ({ exportedWh }) => <Amount {...energy(exportedWh)} />,
              },
            ]}
          />
          <MorePages query={query} what="devices" />
        </>
      )}
    </QueryView>
  );
}
