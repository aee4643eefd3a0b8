import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { UnsignedReading, UnsignedSource } from '../../api/index.ts';
import { useUnsigned, useUnsignedSources } from '../../data/index.ts';
import {
  Amount,
  Badge,
  Card,
  date,
  DateField,
  dateTime,
  Empty,
  energy,
  Moment,
  MorePages,
  Notice,
  Page,
  power,
  QueryView,
  startOfDay,
  Table,
  type Column,
} from '../../ui/index.ts';

const NOT_MEASURED = '–';

const registerOf = (wh: bigint | undefined): ReactNode =>
  wh === undefined ? NOT_MEASURED : <Amount {...energy(wh)} />;

const READING: readonly Column<UnsignedReading>[] = [
  { header: 'Measured', cell: ({ at }) => dateTime(at) },
  {
    header: 'Power',
    numeric: true,
    cell: ({ fields: { activePowerMw } }) =>
      activePowerMw === undefined ? NOT_MEASURED : <Amount {...power(activePowerMw)} />,
  },
  { header: 'Export register', numeric: true, cell: ({ exportWh }) => registerOf(exportWh) },
  { header: 'Import register', numeric: true, cell: ({ importWh }) => registerOf(importWh) },
  { header: 'Received', cell: ({ receivedAt }) => <Moment at={receivedAt} /> },
  { header: 'State', cell: () => <Badge tone="warn">Unverified</Badge> },
];

function ReadingsFrom(props: { readonly source: string; readonly from: number }): ReactNode {
  const query = useUnsigned(props.source, props.from);
  return (
    <QueryView
      query={query}
      what="readings"
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={<Empty title="No reading from that day on" />}
    >
      {({ pages }) => (
        <>
          <Table
            caption="Unsigned readings"
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ at }) => String(at)}
            columns={READING}
          />
          <MorePages query={query} what="readings" />
        </>
      )}
    </QueryView>
  );
}

/** The readings of one device, beginning with the day of its last one. */
function SourceCard({ source, lastAt }: UnsignedSource): ReactNode {
  const [day, setDay] = useState(() => date(lastAt));
  const from = startOfDay(day);
  return (
    <Card title={`Readings of ${source}`}>
      <div className="form">
        <DateField label="From the day (UTC)" value={day} onChange={setDay} />
      </div>
      {from !== undefined && <ReadingsFrom source={source} from={from} />}
    </Card>
  );
}

function Sources(props: {
  readonly rows: readonly UnsignedSource[];
  readonly onChoose: (source: UnsignedSource) => void;
}): ReactNode {
  return (
    <Table
      caption="Devices without signatures"
      rows={props.rows}
      rowKey={({ source }) => source}
      columns={[
        {
          header: 'Device, as its sender names it',
          cell: (one) => (
            <button
              type="button"
              className="button button-quiet button-small"
              onClick={() => props.onChoose(one)}
            >
              {one.source}
            </button>
          ),
        },
        { header: 'Last reading', cell: ({ lastAt }) => <Moment at={lastAt} /> },
      ]}
    />
  );
}

/** What meters that do not sign measured: to be looked at, and never credited. */
export function UnsignedPage(): ReactNode {
  const query = useUnsignedSources();
  const [chosen, setChosen] = useState<UnsignedSource>();
  return (
    <Page
      title="Unsigned readings"
      lead="What meters that do not sign sent or somebody uploaded."
      back={{ href: '/fleet', label: 'Fleet' }}
    >
      <Notice tone="warn" title="Nobody vouches for these, and they are never credited" />
      <Card title="Devices without signatures">
        <QueryView
          query={query}
          what="devices"
          isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
          empty={
            <Empty title="There are no unsigned readings">
              <p>
                Where the operator allows it they are <Link href="/fleet/uploads">uploaded</Link>,
                or posted to <code>/v1/unverified</code>.
              </p>
            </Empty>
          }
        >
          {({ pages }) => (
            <>
              <Sources rows={pages.flatMap(({ items }) => items)} onChoose={setChosen} />
              <MorePages query={query} what="devices" />
            </>
          )}
        </QueryView>
      </Card>
      {chosen !== undefined && <SourceCard key={chosen.source} {...chosen} />}
    </Page>
  );
}
