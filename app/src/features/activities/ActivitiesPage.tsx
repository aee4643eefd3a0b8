import { Fragment, type ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import { fetchActivities, type Activity } from '../../api/index.ts';
import { useOwnPages } from '../../data/index.ts';
import {
  Amount,
  Card,
  categoryName,
  Empty,
  emissionsUp,
  gasName,
  MorePages,
  QueryView,
  scopeName,
  Table,
} from '../../ui/index.ts';
import {
  isEditor,
  OrganisationPage,
  SupplierName,
  useOrganisation,
  WorkspaceName,
} from '../organisations/index.ts';
import { daysOf, inputsOf, methodName } from './words.ts';

/** The filter that a link of the inventory brought. */
function useFilter() {
  const [parameters] = useSearchParams();
  const valueOf = (name: string): string | undefined => parameters.get(name) ?? undefined;
  const span = valueOf('month') ?? valueOf('year');
  return {
    ...(span === undefined ? {} : daysOf(span)),
    scope: valueOf('scope'),
    category: valueOf('category'),
    site: valueOf('site'),
    supplierId: valueOf('supplier'),
    gas: valueOf('gas'),
    workspaceId: valueOf('workspace'),
  };
}

/** What the filter is, in words. */
function FilterText({ filter }: { readonly filter: ReturnType<typeof useFilter> }): ReactNode {
  const { id } = useOrganisation();
  const { from, until, scope, category, site, supplierId, gas, workspaceId } = filter;
  const parts = [
    from === undefined ? undefined : `${from} to ${until ?? ''}`,
    scope === undefined ? undefined : `Scope ${scope}`,
    category === undefined ? undefined : categoryName(category),
    site === undefined ? undefined : site === '' ? 'no site named' : `site ${site}`,
    supplierId === 'none' ? 'no supplier named' : undefined,
    supplierId === undefined || supplierId === 'none' ? undefined : (
      <SupplierName key="supplier" which={supplierId} />
    ),
    gas === undefined ? undefined : `with ${gasName(gas)}`,
    workspaceId === undefined ? undefined : <WorkspaceName key="workspace" which={workspaceId} />,
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return null;
  return (
    <p className="small">
      Only{' '}
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && ', '}
          {part}
        </Fragment>
      ))}
      . <Link href={`/activities?organisation=${id}`}>Show all</Link>
    </p>
  );
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
        {
          header: 'Site',
          cell: ({ input: { site } }) =>
            site === undefined ? (
              <span className="muted">–</span>
            ) : (
              <span className="cell-text">{site}</span>
            ),
        },
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
  return (
    <Card
      title="Activities"
      aside={
        isEditor(role) && (
          <span className="row">
            <Link href={`/activities/new?organisation=${id}`}>Log an activity</Link>
            <Link href={`/imports?organisation=${id}`}>Import a spreadsheet</Link>
          </span>
        )
      }
    >
      <FilterText filter={filter} />
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
