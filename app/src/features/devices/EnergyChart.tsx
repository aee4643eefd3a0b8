import { useState, type ReactNode } from 'react';
import type { BucketSize, EnergyBucket } from '../../api/index.ts';
import { useEnergy } from '../../data/index.ts';
import {
  Amount,
  Chart,
  date,
  dateTime,
  Empty,
  energy,
  QueryView,
  SelectField,
  Table,
  toPixels,
  type ChartData,
} from '../../ui/index.ts';

const SIZES: readonly { readonly value: BucketSize; readonly label: string }[] = [
  { value: 'hour', label: 'By hour' },
  { value: 'day', label: 'By day' },
  { value: 'month', label: 'By month' },
];

function label(startsAt: number, size: BucketSize): string {
  if (size === 'hour') return dateTime(startsAt);
  return size === 'day' ? date(startsAt) : date(startsAt).slice(0, 7);
}

function chartOf(buckets: readonly EnergyBucket[], size: BucketSize): ChartData {
  const bars = (name: string, values: readonly bigint[]) => ({
    label: `${name}, kWh`,
    values: values.map((wh) => toPixels(wh, 1_000n)),
  });
  return {
    unit: 'kWh',
    labels: buckets.map(({ startsAt }) => label(startsAt, size)),
    series: [
      bars(
        'Exported',
        buckets.map(({ exportedWh }) => exportedWh),
      ),
      bars(
        'Imported',
        buckets.map(({ importedWh }) => importedWh),
      ),
    ],
  };
}

interface EnergyTableProps {
  readonly buckets: readonly EnergyBucket[];
  readonly size: BucketSize;
}

function EnergyTable({ buckets, size }: EnergyTableProps): ReactNode {
  return (
    <details className="details">
      <summary>The same as a table</summary>
      <Table
        caption="Energy over time"
        rows={buckets}
        rowKey={({ startsAt }) => String(startsAt)}
        columns={[
          { header: 'From', cell: ({ startsAt }) => label(startsAt, size) },
          {
            header: 'Exported',
            numeric: true,
            cell: ({ exportedWh }) => <Amount {...energy(exportedWh)} />,
          },
          {
            header: 'Imported',
            numeric: true,
            cell: ({ importedWh }) => <Amount {...energy(importedWh)} />,
          },
          {
            header: 'Deducted',
            numeric: true,
            cell: ({ deductedWh }) => <Amount {...energy(deductedWh)} />,
          },
        ]}
      />
    </details>
  );
}

/** Energy of a device over time, by hour, day or month: a chart and the exact numbers. */
export function EnergyChart({ deviceId }: { readonly deviceId: string }): ReactNode {
  const [size, setSize] = useState<BucketSize>('day');
  const query = useEnergy(deviceId, size);
  return (
    <>
      <div className="form">
        <SelectField
          label="Show energy"
          value={size}
          onChange={(value) => {
            const chosen = SIZES.find((candidate) => candidate.value === value);
            if (chosen !== undefined) setSize(chosen.value);
          }}
          options={SIZES}
        />
      </div>
      <QueryView
        query={query}
        what="energy"
        isEmpty={(buckets) => buckets.length === 0}
        empty={<Empty title="No energy yet" />}
      >
        {(buckets) => (
          <>
            <Chart
              kind="bar"
              description="Exported and imported energy over time; the table below has the numbers"
              data={chartOf(buckets, size)}
            />
            <EnergyTable buckets={buckets} size={size} />
          </>
        )}
      </QueryView>
    </>
  );
}
