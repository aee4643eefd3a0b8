import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { OracleReading } from '../../api/index.ts';
import { useReadings } from '../../data/index.ts';
import {
  Amount,
  Badge,
  dateTime,
  Empty,
  energy,
  MorePages,
  power,
  QueryView,
  Table,
  type Tone,
} from '../../ui/index.ts';

const STATES: Readonly<Record<OracleReading['state'], readonly [Tone, string]>> = {
  received: ['plain', 'Received'],
  counted: ['good', 'Counts'],
  batched: ['good', 'In a batch'],
  excluded: ['warn', 'Excluded'],
};

type Judged = Pick<OracleReading, 'state' | 'reason'>;

/** Whether a reading counts and, where it does not, why. */
export function ReadingState({ state, reason }: Judged): ReactNode {
  const [tone, text] = STATES[state];
  return (
    <>
      <Badge tone={tone}>{text}</Badge>{' '}
      {reason !== undefined && <span className="small">{reason.title}</span>}
    </>
  );
}

/** The readings of a device, newest first; each opens to its proof. */
export function Readings({ deviceId }: { readonly deviceId: string }): ReactNode {
  const query = useReadings(deviceId);
  return (
    <QueryView
      query={query}
      what="readings"
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={<Empty title="This device has not sent a reading yet" />}
    >
      {({ pages }) => (
        <>
          <Table
            caption="Readings"
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ id }) => id}
            columns={[
              {
                header: 'Measured',
                cell: ({ at, sequence, index }) => (
                  <Link href={`/windows/${deviceId}/${sequence}/${index}`}>{dateTime(at)}</Link>
                ),
              },
              {
                header: 'Power',
                numeric: true,
                cell: ({ fields }) =>
                  fields.activePowerMw === undefined ? (
                    '–'
                  ) : (
                    <Amount {...power(fields.activePowerMw)} />
                  ),
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
          <MorePages query={query} what="readings" />
        </>
      )}
    </QueryView>
  );
}
