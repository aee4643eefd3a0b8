import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Device, DeviceEvent, DeviceLife, MeterReplacement } from '../../api/indexer/index.ts';
import { useDeviceLife } from '../../data/index.ts';
import {
  Amount,
  Card,
  energy,
  Facts,
  Hash,
  QueryView,
  shortHex,
  Timeline,
  type Fact,
} from '../../ui/index.ts';
import { tell, withoutEchoes } from './story.ts';

function DeviceLink({ id }: { readonly id: string }): ReactNode {
  return (
    <Link href={`/devices/${id}`}>
      <code>{shortHex(id)}</code>
    </Link>
  );
}

/** What the old meter showed last, and what the new one began with. */
function Registers({ replacement }: { readonly replacement: MeterReplacement }): ReactNode {
  const { oldExportWh, oldImportWh, exportWh, importWh } = replacement;
  return (
    <Facts
      items={[
        { label: 'Old export register', value: <Amount {...energy(oldExportWh)} /> },
        { label: 'New export register', value: <Amount {...energy(exportWh)} /> },
        { label: 'Old import register', value: <Amount {...energy(oldImportWh)} /> },
        { label: 'New import register', value: <Amount {...energy(importWh)} /> },
      ]}
    />
  );
}

function partiesOf({ by, counterparty, kind, transactionHash }: DeviceEvent): readonly Fact[] {
  const other = kind === 'offered' ? 'To' : 'From';
  return [
    { label: 'By', value: <Hash value={by} what="wallet" /> },
    ...(counterparty === undefined
      ? []
      : [{ label: other, value: <Hash value={counterparty} what="other wallet" /> }]),
    { label: 'Transaction', value: <Hash value={transactionHash} what="transaction hash" /> },
  ];
}

function Chapter(props: { readonly event: DeviceEvent; readonly life: DeviceLife }): ReactNode {
  const { event, life } = props;
  const replacement = life.meterReplacements.find(
    ({ transactionHash }) => transactionHash === event.transactionHash,
  );
  const { text } = tell(event);
  return (
    <>
      {text !== undefined && <p>{text}</p>}
      {event.successor !== undefined && (
        <p>
          Its successor is <DeviceLink id={event.successor} />.
        </p>
      )}
      {event.kind === 'meterReplaced' && replacement !== undefined && (
        <Registers replacement={replacement} />
      )}
      <details className="details small">
        <summary>Who and where</summary>
        <Facts items={partiesOf(event)} />
      </details>
    </>
  );
}

/** All that happened to a device since it was claimed, as the chain tells it. */
export function LifeCard({ device }: { readonly device: Device }): ReactNode {
  const query = useDeviceLife(device.id);
  const { predecessor } = device;
  return (
    <Card title="Its life">
      {predecessor !== undefined && (
        <p>
          It took the place of <DeviceLink id={predecessor} />.
        </p>
      )}
      <QueryView query={query} what="events">
        {(life) =>
          life !== null && (
            <Timeline
              entries={withoutEchoes(life.events).map((event) => ({
                key: event.id,
                at: event.at,
                tone: tell(event).tone,
                title: tell(event).title,
                children: <Chapter event={event} life={life} />,
              }))}
            />
          )
        }
      </QueryView>
    </Card>
  );
}
