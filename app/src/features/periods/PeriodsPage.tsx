import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchPeriods, type Period } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import { Badge, Card, count, Empty, Hash, QueryView, Table } from '../../ui/index.ts';
import { isAdmin, OrganisationPage, useOrganisation } from '../organisations/index.ts';
import { CloseForm } from './CloseForm.tsx';

function newestOf({ inventories, number }: Period) {
  return inventories.find((one) => one.number === number);
}

function Root(period: Period): ReactNode {
  const newest = newestOf(period);
  return newest === undefined ? '–' : <Hash value={newest.root} what="root" />;
}

export function PeriodState({ state }: Pick<Period, 'state'>): ReactNode {
  return state === 'closed' ? (
    <Badge tone="good">Closed</Badge>
  ) : (
    <Badge tone="warn">Open for a restatement</Badge>
  );
}

function Periods(): ReactNode {
  const { id, role } = useOrganisation();
  const query = useOwn([id, 'periods'], (oracleUrl) => fetchPeriods(oracleUrl, id));
  return (
    <>
      <Card
        title="Closed periods"
        aside={<Link href="/verify/line">Check somebody else&apos;s proof</Link>}
      >
        <QueryView
          query={query}
          what="periods"
          isEmpty={(all) => all.length === 0}
          empty={<Empty title="No period was closed yet" />}
        >
          {(all) => (
            <Table
              caption="Closed periods"
              rows={all}
              rowKey={(one) => one.id}
              columns={[
                {
                  header: 'Days',
                  cell: (one) => (
                    <Link href={`/periods/${one.id}?organisation=${id}`}>
                      {one.firstDay} to {one.lastDay}
                    </Link>
                  ),
                },
                { header: 'State', cell: PeriodState },
                { header: 'Restated', cell: ({ number }) => count(number), numeric: true },
                { header: 'Lines', cell: (one) => count(newestOf(one)?.lines ?? 0), numeric: true },
                { header: 'Root', cell: (one) => <Root {...one} /> },
              ]}
            />
          )}
        </QueryView>
      </Card>
      {isAdmin(role) && <CloseForm />}
    </>
  );
}

/** Inventories that are closed, so that they can be proven. */
export function PeriodsPage(): ReactNode {
  return (
    <OrganisationPage
      title="Periods"
      lead="A closed inventory has a root: a hash over every line. Anchored on the chain, it proves any line without showing the others."
    >
      <Periods />
    </OrganisationPage>
  );
}
