import type { ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import type { Device } from '../../api/indexer/index.ts';
import { useDevice } from '../../data/index.ts';
import {
  Amount,
  Card,
  count,
  Empty,
  energy,
  Facts,
  Hash,
  Moment,
  Page,
  power,
  QueryView,
  shortHex,
  type Fact,
} from '../../ui/index.ts';
import { DeviceActions, EvidenceCard, LifeCard, OwnEvidenceCard } from '../deviceLife/index.ts';
import { ExportCard } from '../exports/index.ts';
import { CalibrationCard } from '../metering/index.ts';
import { SessionState } from '../session/index.ts';
import { CheckMeterCard } from './CheckMeterCard.tsx';
import { EnergyChart } from './EnergyChart.tsx';
import { DeviceState } from './ProjectDevices.tsx';
import { Readings } from './Readings.tsx';

function facts(device: Device): readonly Fact[] {
  const { projectId, capacityW, revokedFrom } = device;
  const project =
    projectId === undefined ? (
      'none'
    ) : (
      <Link href={`/projects/${projectId}`}>Project {projectId}</Link>
    );
  return [
    { label: 'Project', value: project },
    {
      label: 'Capacity',
      value: capacityW === undefined ? '–' : <Amount {...power(capacityW * 1_000n)} />,
    },
    { label: 'Claimed', value: <Moment at={device.claimedAt} /> },
    ...(revokedFrom === undefined
      ? []
      : [{ label: 'Revoked from', value: <Moment at={revokedFrom} /> }]),
    { label: 'Last credited window', value: count(device.sequence) },
    { label: 'Credited until', value: <Moment at={device.closedAt} /> },
    { label: 'Exported in batches', value: <Amount {...energy(device.exportedWh)} /> },
    { label: 'Imported in batches', value: <Amount {...energy(device.importedWh)} /> },
    ...(device.offeredTo === undefined
      ? []
      : [{ label: 'Offered to', value: <Hash value={device.offeredTo} what="wallet" /> }]),
    { label: 'Owner', value: <Hash value={device.owner} what="address of the owner" /> },
    { label: 'Device id', value: <Hash value={device.id} what="device id" full />, wide: true },
    {
      label: 'Public key',
      value: <Hash value={device.publicKey} what="public key" full />,
      wide: true,
    },
  ];
}

/** What its owner says of the meter. How the session stands is said once, above the cards that need one. */
function MeterCards({ device }: { readonly device: Device }): ReactNode {
  const { address } = useConnection();
  const isOwner = address !== undefined && isAddressEqual(address, device.owner);
  return (
    <>
      {isOwner && device.state === 'bound' && <SessionState />}
      <CheckMeterCard device={device} />
      <CalibrationCard device={device} />
    </>
  );
}

function DeviceBody({ device }: { readonly device: Device }): ReactNode {
  return (
    <>
      <Card title="On the chain" aside={<DeviceState state={device.state} />}>
        <Facts items={facts(device)} />
      </Card>
      <EvidenceCard device={device} />
      <DeviceActions device={device} />
      <LifeCard device={device} />
      <Card title="Energy">
        <EnergyChart deviceId={device.id} />
      </Card>
      <Card title="Readings">
        <Readings deviceId={device.id} />
      </Card>
      <MeterCards device={device} />
      <ExportCard scope={{ deviceId: device.id }} />
      <OwnEvidenceCard device={device} />
    </>
  );
}

/** One device: what the chain says, what it measured and whether that counts. */
export function DevicePage({ id }: { readonly id: string }): ReactNode {
  const query = useDevice(id.toLowerCase());
  const projectId = query.data?.projectId;
  const back =
    projectId === undefined
      ? { href: '/projects', label: 'All projects' }
      : { href: `/projects/${projectId}`, label: `Project ${projectId}` };
  return (
    <Page title={`Device ${shortHex(id)}`} back={back}>
      <QueryView
        query={query}
        what="device"
        isEmpty={(device) => device === null}
        empty={<Empty title="The chain knows no device with this id" />}
      >
        {(device) => device !== null && <DeviceBody device={device} />}
      </QueryView>
    </Page>
  );
}
