import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Alert, AlertFilter } from '../../api/index.ts';
import { useAlerts } from '../../data/index.ts';
import {
  Badge,
  Card,
  Empty,
  Moment,
  MorePages,
  QueryView,
  shortHex,
  Table,
} from '../../ui/index.ts';

/** A badge and a sentence for each kind that this page knows. */
const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  'device-silent': ['Silent', 'No window came since then.'],
  'key-copied': ['Key copied', 'It signed two windows with one number; anyone can freeze it.'],
};

function Kind({ kind, endedAt }: Alert): ReactNode {
  return <Badge tone={endedAt === undefined ? 'bad' : 'plain'}>{KINDS[kind]?.[0] ?? kind}</Badge>;
}

/** What devices raised an alert for: what goes on, then what is over. */
export function Alerts({ projectId }: { readonly projectId: number | undefined }): ReactNode {
  return (
    <>
      <AlertCard
        title="Alerts"
        none="No device raises an alert"
        filter={{ projectId, open: true }}
      />
      <AlertCard title="Past alerts" none="No alert is over" filter={{ projectId, open: false }} />
    </>
  );
}

interface AlertCardProps {
  readonly title: string;
  readonly none: string;
  readonly filter: AlertFilter;
}

function AlertCard({ title, none, filter }: AlertCardProps): ReactNode {
  const query = useAlerts(filter);
  return (
    <Card title={title}>
      <QueryView
        query={query}
        what="alerts"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title={none} />}
      >
        {({ pages }) => (
          <>
            <Table
              caption={title}
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => String(id)}
              columns={[
                { header: 'What', cell: (alert) => <Kind {...alert} /> },
                {
                  header: 'Device',
                  cell: ({ deviceId }) => (
                    <Link href={`/devices/${deviceId}`}>
                      <code>{shortHex(deviceId)}</code>
                    </Link>
                  ),
                },
                { header: 'Since', cell: ({ since }) => <Moment at={since} /> },
                {
                  header: 'Until',
                  cell: ({ endedAt }) =>
                    endedAt === undefined ? <strong>now</strong> : <Moment at={endedAt} />,
                },
                { header: 'Detail', cell: ({ kind, detail }) => KINDS[kind]?.[1] ?? detail },
              ]}
            />
            <MorePages query={query} what="alerts" />
          </>
        )}
      </QueryView>
    </Card>
  );
}
