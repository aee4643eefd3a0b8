import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { OracleReading, ReadingScope } from '../../api/index.ts';
import { useLatest, useReadings } from '../../data/index.ts';
import {
  Ahead,
  Amount,
  Badge,
  date,
  DateField,
  dateTime,
  Empty,
  energy,
  MorePages,
  power,
  QueryView,
  startOfDay,
  Table,
  type Tone,
} from '../../ui/index.ts';

const STATES: Readonly<Record<OracleReading['state'], readonly [Tone, string]>> = {
  received: ['plain', 'Received'],
  waiting: ['warn', 'Waiting'],
  counted: ['good', 'Counts'],
  batched: ['good', 'In a batch'],
  excluded: ['warn', 'Excluded'],
};

function ReadingTable({ readings }: { readonly readings: readonly OracleReading[] }): ReactNode {
  return (
    <Table
      caption="Readings"
      rows={readings}
      rowKey={({ id }) => id}
      columns={[
        {
          header: 'Measured',
          cell: ({ at, deviceId, sequence, index }) => (
            <Link href={`/windows/${deviceId}/${sequence}/${index}`}>{dateTime(at)}</Link>
          ),
        },
        {
          header: 'Power',
          numeric: true,
          cell: ({ fields: { activePowerMw } }) =>
            activePowerMw === undefined ? '–' : <Amount {...power(activePowerMw)} />,
        },
        {
          header: 'Export register',
          numeric: true,
          cell: ({ exportWh }) => <Amount {...energy(exportWh)} />,
        },
        {
          header: 'Import register',
          numeric: true,
          cell: ({ importWh }) => <Amount {...energy(importWh)} />,
        },
        { header: 'State', cell: ReadingState },
      ]}
    />
  );
}

type Judged = Pick<OracleReading, 'state' | 'reason' | 'waiting'>;

/** Whether a reading counts and, where it does not, why. */
export function ReadingState({ state, reason, waiting }: Judged): ReactNode {
  const [tone, text] = STATES[state];
  return (
    <>
      <Badge tone={tone}>{text}</Badge>{' '}
      {reason !== undefined && <span className="small">{reason.title}</span>}
      {waiting !== undefined && (
        <span className="small muted">
          {' '}
          · judged without it <Ahead at={waiting.deadline} />
        </span>
      )}
    </>
  );
}

const SECONDS_PER_DAY = 86_400;

/** The readings of a device from a day on; each opens to its proof. */
function ReadingsFrom({ deviceId, from }: ReadingScope): ReactNode {
  const query = useReadings({ deviceId, from });
  return (
    <QueryView
      query={query}
      what="readings"
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={<Empty title="No reading from that day on" />}
    >
      {({ pages }) => (
        <>
          <ReadingTable readings={pages.flatMap(({ items }) => items)} />
          <MorePages query={query} what="readings" />
        </>
      )}
    </QueryView>
  );
}

function DayOfReadings(props: { readonly deviceId: string; readonly lastAt: number }): ReactNode {
  const { deviceId, lastAt } = props;
  const [day, setDay] = useState(() => date(lastAt - (lastAt % SECONDS_PER_DAY)));
  const from = startOfDay(day);
  return (
    <>
      <div className="form">
        <DateField label="From the day (UTC)" value={day} onChange={setDay} />
      </div>
      {from !== undefined && <ReadingsFrom deviceId={deviceId} from={from} />}
    </>
  );
}

/** The readings of a device, beginning with the day of its last one. */
export function Readings({ deviceId }: { readonly deviceId: string }): ReactNode {
  return (
    <QueryView
      query={useLatest(deviceId)}
      what="last reading"
      isEmpty={(latest) => latest === null}
      empty={<Empty title="This device has not sent a reading yet" />}
    >
      {(latest) => latest !== null && <DayOfReadings deviceId={deviceId} lastAt={latest.at} />}
    </QueryView>
  );
}
