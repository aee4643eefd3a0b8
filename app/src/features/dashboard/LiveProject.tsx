import { useMemo, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Project } from '../../api/indexer/index.ts';
import {
  estimateGrams,
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

function DeviceTable({ project, devices }: LiveProjectProps): ReactNode {
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
          header: 'Grams so far',
          numeric: true,
          cell: (device) => (
            <Amount {...mass(estimateGrams([device], project.factorUgPerWh ?? 0n))} />
          ),
        },
        { header: 'Measured', cell: ({ last }) => <Ago at={last.at} /> },
      ]}
    />
  );
}

/** One plant as it is now: power over time, and what came since the page was opened. */
export function LiveProject({ project, devices }: LiveProjectProps): ReactNode {
  const chart = useMemo(() => powerChart(devices), [devices]);
  const grams = estimateGrams(devices, project.factorUgPerWh ?? 0n);
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
            quantity: mass(grams),
            note: 'estimate, before deductions',
          },
        ]}
      />
      <Chart kind="line" description={`Power of ${project.name} in kW over time`} data={chart} />
      <DeviceTable project={project} devices={devices} />
    </Card>
  );
}
