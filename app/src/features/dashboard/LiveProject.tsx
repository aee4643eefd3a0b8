import { useMemo, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Project } from '../../api/indexer/index.ts';
import {
  DEVICES_WITH_HISTORY,
  estimatedGrams,
  powerChart,
  sessionEnergy,
  totalPower,
  type LiveDevice,
} from '../../live/index.ts';
import {
  Ago,
  Amount,
  Card,
  Chart,
  count,
  Empty,
  energy,
  Figures,
  mass,
  power,
  shortHex,
  Table,
} from '../../ui/index.ts';

interface LiveProjectProps {
  readonly project: Project;
  readonly devices: readonly LiveDevice[];
}

/** More would move too fast to be read, and make the page slow. */
const SHOWN = 20;

function DeviceTable({ project, devices }: LiveProjectProps): ReactNode {
  const newest = [...devices].sort((a, b) => b.last.at - a.last.at).slice(0, SHOWN);
  return (
    <>
      <LiveTable project={project} devices={devices.length > SHOWN ? newest : devices} />
      {devices.length > SHOWN && (
        <p className="small muted">
          The {SHOWN} of {count(devices.length)} devices that measured last;{' '}
          <Link href={`/projects/${project.id}`}>all of them</Link>.
        </p>
      )}
    </>
  );
}

function LiveTable({ project, devices }: LiveProjectProps): ReactNode {
  return (
    <Table
      caption={`Devices of ${project.name}, live`}
      rows={devices}
      rowKey={({ last }) => last.deviceId}
      columns={[
        {
          header: 'Device',
          cell: ({ last }) => (
            <Link href={`/devices/${last.deviceId}`}>
              <code>{shortHex(last.deviceId)}</code>
            </Link>
          ),
        },
        {
          header: 'Power',
          numeric: true,
          cell: ({ last }) =>
            last.activePowerMw === undefined ? '–' : <Amount {...power(last.activePowerMw)} />,
        },
        {
          header: 'Export register',
          numeric: true,
          cell: ({ last }) => <Amount {...energy(last.exportWh)} />,
        },
        {
          header: 'Import register',
          numeric: true,
          cell: ({ last }) => <Amount {...energy(last.importWh)} />,
        },
        {
          header: 'Avoided, estimate',
          numeric: true,
          cell: ({ last }) =>
            last.gramsEstimate === undefined ? '–' : <Amount {...mass(last.gramsEstimate)} />,
        },
        { header: 'Measured', cell: ({ last }) => <Ago at={last.at} /> },
      ]}
    />
  );
}

interface LiveCardProps extends LiveProjectProps {
  /** Whether devices were asked for what they measured before the page was opened. */
  readonly hasTraces: boolean;
}

function PowerLine({ project, devices, hasTraces }: LiveCardProps): ReactNode {
  const chart = useMemo(() => powerChart(devices), [devices]);
  const why = `Where more than ${DEVICES_WITH_HISTORY} devices send, the line begins when you open this page.`;
  // One moment makes no line.
  if (!hasTraces && chart.labels.length < 2) {
    return (
      <Empty title="The line of power begins with the next readings">
        <p>
          {why} What the plant produced before is on{' '}
          <Link href={`/projects/${project.id}`}>its page</Link>.
        </p>
      </Empty>
    );
  }
  return (
    <>
      <Chart kind="line" description={`Power of ${project.name} in kW over time`} data={chart} />
      {!hasTraces && <p className="small muted">{why}</p>}
    </>
  );
}

/** One plant as it is now: power over time, and what came since the page was opened. */
export function LiveProject({ project, devices, hasTraces }: LiveCardProps): ReactNode {
  const grams = estimatedGrams(devices);
  return (
    <Card title={project.name} aside={<Link href={`/projects/${project.id}`}>Open project</Link>}>
      <Figures
        items={[
          { label: 'Power now', quantity: power(totalPower(devices)) },
          {
            label: 'Energy',
            quantity: energy(sessionEnergy(devices)),
            note: 'net export since you opened this page',
          },
          {
            label: 'Avoided CO₂e',
            quantity: grams === undefined ? { value: '–', unit: '' } : mass(grams),
            note: 'estimate since the devices were claimed, before deductions',
          },
        ]}
      />
      <PowerLine project={project} devices={devices} hasTraces={hasTraces} />
      <DeviceTable project={project} devices={devices} />
    </Card>
  );
}
