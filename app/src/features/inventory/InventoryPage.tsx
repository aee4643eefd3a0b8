import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import { fetchInventory, fetchWorkspaces, type Inventory } from '../../api/index.ts';
import { useInventoryNews, useOwn } from '../../data/index.ts';
import {
  Badge,
  Card,
  count,
  Empty,
  emissionsUp,
  Figures,
  QueryView,
  SelectField,
} from '../../ui/index.ts';
import { isEditor, OrganisationPage, useOrganisation } from '../organisations/index.ts';
import { GroupTable } from './GroupTable.tsx';
import { GROUPINGS, scopeUnder, type Grouping } from './groups.ts';
import { Months } from './Months.tsx';
import { OutsideCard } from './OutsideCard.tsx';
import { RetiredCard } from './RetiredCard.tsx';

const FIRST_YEAR = 2015;
const YEARS = Array.from({ length: new Date().getUTCFullYear() - FIRST_YEAR + 1 }, (_, index) =>
  String(new Date().getUTCFullYear() - index),
);

const GROUPING_LABELS: Readonly<Record<Grouping, string>> = {
  category: 'By category',
  site: 'By site',
  supplier: 'By supplier',
  gas: 'By gas',
};

/** Year, grouping and workspace stand in the address, so that a view can be shared. */
function useView() {
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get('year');
  const by = parameters.get('by');
  const set = (name: string) => (value: string) => {
    const next = new URLSearchParams(parameters);
    next.set(name, value);
    setParameters(next, { replace: true });
  };
  return {
    year: YEARS.find((year) => year === asked) ?? YEARS[1] ?? YEARS[0] ?? '',
    by: GROUPINGS.find((one) => one === by) ?? 'category',
    workspace: parameters.get('workspace') ?? '',
    set,
  };
}

interface TotalsProps {
  readonly inventory: Inventory;
  readonly year: string;
  /** Whether changes of others are told; undefined while that is not known yet. */
  readonly live: boolean | undefined;
}

function LiveBadge({ live }: Pick<TotalsProps, 'live'>): ReactNode {
  if (live === undefined) return <Badge tone="plain">Connecting</Badge>;
  return live ? (
    <Badge tone="good">Live</Badge>
  ) : (
    <Badge tone="plain">Not live: reload for changes</Badge>
  );
}

function Totals({ inventory, year, live }: TotalsProps): ReactNode {
  const { gwpSet: own } = useOrganisation();
  return (
    <Card title={`Emissions of ${year}`} aside={<LiveBadge live={live} />}>
      <Figures
        items={inventory.scopes.map(({ scope, kgCo2e, lines, gwpSet, uncertainty }) => ({
          label: scopeUnder(scope, gwpSet, own),
          quantity: emissionsUp(kgCo2e),
          note: `${lines === 1 ? '1 line' : `${count(lines)} lines`}, ${gwpSet}${
            uncertainty === undefined
              ? ''
              : `, ± ${emissionsUp(uncertainty.halfWidthKgCo2e).value} t where stated`
          }`,
        }))}
      />
    </Card>
  );
}

function Nothing({ year }: { readonly year: string }): ReactNode {
  const { id, role } = useOrganisation();
  return (
    <Empty title={`No activity of ${year} was logged`}>
      {isEditor(role) && (
        <p>
          <Link href={`/imports?organisation=${id}`}>Import a spreadsheet</Link>, or{' '}
          <Link href={`/activities/new?organisation=${id}`}>log the first one</Link>.
        </p>
      )}
    </Empty>
  );
}

function ViewFields({ view }: { readonly view: ReturnType<typeof useView> }): ReactNode {
  const { id } = useOrganisation();
  const { year, by, workspace, set } = view;
  const query = useOwn([id, 'workspaces'], (oracleUrl) => fetchWorkspaces(oracleUrl, id));
  const workspaces = query.data ?? [];
  return (
    <div className="form form-wide">
      <SelectField
        label="Year"
        value={year}
        onChange={set('year')}
        options={YEARS.map((one) => ({ value: one, label: one }))}
      />
      <SelectField
        label="Opened"
        value={by}
        onChange={set('by')}
        options={GROUPINGS.map((one) => ({ value: one, label: GROUPING_LABELS[one] }))}
      />
      {(workspaces.length > 1 || workspace !== '') && (
        <SelectField
          label="Workspace"
          value={workspace}
          onChange={set('workspace')}
          options={[
            { value: '', label: 'All together' },
            ...workspaces.map(({ id: value, name }) => ({ value, label: name })),
          ]}
        />
      )}
    </div>
  );
}

function InventoryOf(): ReactNode {
  const { id, gwpSet } = useOrganisation();
  const view = useView();
  const { year, by, workspace } = view;
  const span = {
    ...{ from: `${year}-01`, until: `${year}-12` },
    workspaceId: workspace === '' ? undefined : workspace,
  };
  const live = useInventoryNews({ organisation: id, ...span });
  const totals = useOwn([id, 'inventory', year, workspace, by], (oracleUrl) =>
    fetchInventory(oracleUrl, id, { ...span, by, monthly: false }),
  );
  const byMonth = useOwn([id, 'inventory', year, workspace, 'months'], (oracleUrl) =>
    fetchInventory(oracleUrl, id, { ...span, by: 'category', monthly: true }),
  );
  const linkTo = (filter: Readonly<Record<string, string>>): string => {
    const within = { organisation: id, year, ...(workspace === '' ? {} : { workspace }) };
    return `/activities?${new URLSearchParams({ ...within, ...filter }).toString()}`;
  };
  return (
    <>
      <ViewFields view={view} />
      <QueryView
        query={totals}
        what="inventory"
        isEmpty={({ scopes }) => scopes.length === 0}
        empty={
          <>
            <Nothing year={year} />
            <RetiredCard year={year} />
          </>
        }
      >
        {(inventory) => (
          <>
            <Totals inventory={inventory} year={year} live={live} />
            <OutsideCard scopes={inventory.scopes} />
            <RetiredCard year={year} />
            <Card title={GROUPING_LABELS[by]}>
              <GroupTable groups={inventory.groups} gwpSet={gwpSet} by={by} linkTo={linkTo} />
            </Card>
            <Card title="By month">
              <QueryView query={byMonth} what="months">
                {({ groups }) => <Months year={year} groups={groups} linkTo={linkTo} />}
              </QueryView>
            </Card>
          </>
        )}
      </QueryView>
    </>
  );
}

/** What an organisation emits: by scope, category, site, supplier, gas and month. */
export function InventoryPage(): ReactNode {
  return (
    <OrganisationPage
      title="Inventory"
      lead="Gross emissions by scope. Every number opens to the activities that it is made of."
    >
      <InventoryOf />
    </OrganisationPage>
  );
}
