import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Alert } from '../../api/index.ts';
import { useAlerts } from '../../data/index.ts';
import { Badge, Card, Empty, Moment, QueryView, shortHex, Table } from '../../ui/index.ts';

/** A badge and a sentence for each kind that this page knows. */
const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  'device-silent': ['Silent', 'No window came since then.'],
  'key-copied': ['Key copied', 'It signed two windows with one number; anyone can freeze it.'],
};

function Kind({ kind, endedAt }: Alert): ReactNode {
  return <Badge tone={endedAt === undefined ? 'bad' : 'plain'}>{KINDS[kind]?.[0] ?? kind}</Badge>;
}

/** What devices raised an alert for, the open ones first. */
export function Alerts({ projectId }: { readonly projectId: number | undefined }): ReactNode {
  const query = useAlerts(projectId);
  return (
    <Card title="Alerts">
      <QueryView
        query={query}
        what="alerts"
        isEmpty={(alerts) => alerts.length === 0}
        empty={<Empty title="No device raised an alert" />}
      >
        {(alerts) => (
          <Table
            caption="Alerts"
            rows={[...alerts].sort(openFirst)}
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
        )}
      </QueryView>
    </Card>
  );
}

function openFirst(a: Alert, b: Alert): number {
  const [aOpen, bOpen] = [a, b].map(({ endedAt }) => endedAt === undefined);
  if (aOpen !== bOpen) return aOpen === true ? -1 : 1;
  return b.since - a.since;
}
