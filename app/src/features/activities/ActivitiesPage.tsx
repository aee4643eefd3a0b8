import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import { fetchActivities, type Activity } from '../../api/index.ts';
import { useOwnPages } from '../../data/index.ts';
import {
  Amount,
  Card,
  categoryName,
  Empty,
  emissionsUp,
  MorePages,
  QueryView,
  scopeName,
  Table,
} from '../../ui/index.ts';
import { isEditor, OrganisationPage, useOrganisation } from '../organisations/index.ts';
import { inputsOf, methodName } from './words.ts';

/** The filter that a link of the inventory brought. */
function useFilter() {
  const [parameters] = useSearchParams();
  const year = parameters.get('year');
  const valueOf = (name: string): string | undefined => parameters.get(name) ?? undefined;
  return {
    from: year === null ? undefined : `${year}-01-01`,
    until: year === null ? undefined : `${year}-12-31`,
    scope: valueOf('scope'),
    category: valueOf('category'),
    site: valueOf('site'),
  };
}

function Lines({ lines }: Activity): ReactNode {
  return (
    <>
      {lines.map(({ scope, category, kgCo2e }) => (
        <div key={`${scope}.${category}`}>
          <Amount {...emissionsUp(kgCo2e)} />
          <div className="small muted">
            {scopeName(scope)}, {categoryName(category)}
          </div>
        </div>
      ))}
    </>
  );
}

function ActivityTable({ rows }: { readonly rows: readonly Activity[] }): ReactNode {
  const { id } = useOrganisation();
  return (
    <Table
      caption="Activities"
      rows={rows}
      rowKey={(one) => one.id}
      columns={[
        { header: 'Day', cell: ({ input }) => input.date },
        {
          header: 'Activity',
          cell: (one) => (
            <Link href={`/activities/${one.id}?organisation=${id}`}>
              {methodName(one.input.method)}
            </Link>
          ),
        },
        { header: 'Site', cell: ({ input }) => input.site ?? <span className="muted">–</span> },
        { header: 'Inputs', cell: (one) => <span className="small">{inputsOf(one)}</span> },
        { header: 'Emissions', cell: (one) => <Lines {...one} />, numeric: true },
      ]}
    />
  );
}

function Activities(): ReactNode {
  const { id, role } = useOrganisation();
  const filter = useFilter();
  const query = useOwnPages([id, 'activities', filter], (oracleUrl, cursor) =>
    fetchActivities(oracleUrl, id, filter, cursor),
  );
  const shown = Object.entries(filter).filter(([, value]) => value !== undefined);
  return (
    <Card
      title="Activities"
      aside={
        isEditor(role) && (
          <span className="row">
            <Link href="/activities/new">Log an activity</Link>
            <Link href={`/imports?organisation=${id}`}>Import a spreadsheet</Link>
          </span>
        )
      }
    >
      {shown.length > 0 && (
        <p className="small">
          Only {shown.map(([name, value]) => `${name} ${value ?? ''}`).join(', ')}.{' '}
          <Link href={`/activities?organisation=${id}`}>Show all</Link>
        </p>
      )}
      <QueryView
        query={query}
        what="activities"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="No activity here" />}
      >
        {({ pages }) => (
          <>
            <ActivityTable rows={pages.flatMap(({ items }) => items)} />
            <MorePages query={query} what="activities" />
          </>
        )}
      </QueryView>
    </Card>
  );
}

/** What the organisation did that emits: fuel, energy, travel, purchases. */
export function ActivitiesPage(): ReactNode {
  return (
    <OrganisationPage
      title="Activities"
      lead="What was burnt, bought, driven and flown. Each one opens to its factor, rule and rounding."
    >
      <Activities />
    </OrganisationPage>
  );
}
