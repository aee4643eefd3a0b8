import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { DeviceComparison } from '../../api/index.ts';
import { useComparison } from '../../data/index.ts';
import {
  Amount,
  Badge,
  Chart,
  date,
  Empty,
  energy,
  fixedPoint,
  QueryView,
  shortHex,
  Table,
  toPixels,
  type ChartData,
} from '../../ui/index.ts';

/** From then on a device is pointed out: half as much again as, or half of, the plant's median. */
const FAR_E4 = 5_000n;
/** A performance ratio above one gives more than the light that was measured. */
const ONE_E4 = 10_000n;

function percent(valueE4: bigint): string {
  return `${valueE4 > 0n ? '+' : ''}${fixedPoint(valueE4, 2)} %`;
}

function FromMedian({ fromMedianE4 }: DeviceComparison): ReactNode {
  if (fromMedianE4 === undefined) return '–';
  const far = fromMedianE4 > FAR_E4 || fromMedianE4 < -FAR_E4;
  return far ? <Badge tone="warn">{percent(fromMedianE4)}</Badge> : percent(fromMedianE4);
}

function Ratio({ performanceRatioE4 }: DeviceComparison): ReactNode {
  if (performanceRatioE4 === undefined) return 'no irradiance';
  const text = `${fixedPoint(performanceRatioE4, 2)} %`;
  return performanceRatioE4 > ONE_E4 ? <Badge tone="warn">{text}</Badge> : text;
}

/** The plant as a whole, day by day: what it exported, and what its light would have given at rating. */
function chartOf(devices: readonly DeviceComparison[]): ChartData {
  const days = new Map<number, { exportedWh: bigint; referenceWh: bigint }>();
  for (const { startsAt, exportedWh, referenceWh = 0n } of devices.flatMap((each) => each.days)) {
    const sum = days.get(startsAt) ?? { exportedWh: 0n, referenceWh: 0n };
    days.set(startsAt, {
      exportedWh: sum.exportedWh + exportedWh,
      referenceWh: sum.referenceWh + referenceWh,
    });
  }
  const lit = devices.some((each) => each.performanceRatioE4 !== undefined);
  const rows = [...days].toSorted(([a], [b]) => a - b);
  return {
    unit: 'kWh',
    labels: rows.map(([startsAt]) => date(startsAt)),
    series: [
      {
        label: 'Exported, kWh',
        values: rows.map(([, { exportedWh }]) => toPixels(exportedWh, 1_000n)),
      },
      // Where no irradiance was measured there is nothing to draw, not a bar of zero.
      ...(lit
        ? [
            {
              label: 'Light at rating, kWh',
              values: rows.map(([, { referenceWh }]) => toPixels(referenceWh, 1_000n)),
            },
          ]
        : []),
    ],
  };
}

function Devices({ devices }: { readonly devices: readonly DeviceComparison[] }): ReactNode {
  return (
    <Table
      caption="Each device against its light and against the others"
      rows={devices}
      rowKey={({ deviceId }) => deviceId}
      columns={[
        {
          header: 'Device',
          cell: ({ deviceId }) => (
            <Link href={`/devices/${deviceId}`}>
              <code>{shortHex(deviceId)}</code>
            </Link>
          ),
        },
        {
          header: 'Exported',
          numeric: true,
          cell: ({ exportedWh }) => <Amount {...energy(exportedWh)} />,
        },
        { header: 'Performance ratio', numeric: true, cell: Ratio },
        {
          header: 'Yield',
          numeric: true,
          cell: ({ yieldWhPerKw }) => <Amount value={fixedPoint(yieldWhPerKw, 3)} unit="kWh/kW" />,
        },
        { header: 'Against the median', numeric: true, cell: FromMedian },
      ]}
    />
  );
}

/** The oracle's comparison from the batch's own file: meter against irradiance, device against device. */
export function Comparison({ batchId }: { readonly batchId: bigint }): ReactNode {
  const query = useComparison(batchId);
  return (
    <QueryView
      query={query}
      what="comparison"
      isEmpty={(devices) => devices.length === 0}
      empty={<Empty title="The batch has no windows" />}
    >
      {(devices) => (
        <>
          <p className="small muted">
            From every signed reading of the batch. The performance ratio (IEC 61724-1) is what was
            exported of what the measured irradiance would have given at the rated power; most
            plants have 70 to 90 %, and none has more than 100 %.
          </p>
          <Chart
            kind="bar"
            description="Exported energy and light at rating, day by day; the table below has the sums"
            data={chartOf(devices)}
          />
          <Devices devices={devices} />
        </>
      )}
    </QueryView>
  );
}
