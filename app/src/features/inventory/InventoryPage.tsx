import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import { fetchInventory, type Inventory } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import {
  Card,
  Chart,
  count,
  Empty,
  emissionsUp,
  Figures,
  QueryView,
  scopeName,
  SelectField,
} from '../../ui/index.ts';
import { isEditor, OrganisationPage, useOrganisation } from '../organisations/index.ts';
import { GroupTable } from './GroupTable.tsx';
import { GROUPINGS, monthsChart, type Grouping } from './groups.ts';
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

/** Year and grouping stand in the address, so that a view can be shared. */
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
    setYear: set('year'),
    setBy: set('by'),
  };
}

function Totals({ inventory, year }: { inventory: Inventory; year: string }): ReactNode {
  return (
    <Card title={`Emissions of ${year}`}>
      <Figures
        items={inventory.scopes.map(({ scope, kgCo2e, lines, gwpSet, uncertainty }) => ({
          label: scopeName(scope),
          quantity: emissionsUp(kgCo2e),
          note: `${count(lines)} lines, ${gwpSet}${
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
          <Link href="/activities/new">log the first one</Link>.
        </p>
      )}
    </Empty>
  );
}

function InventoryOf(): ReactNode {
  const { id } = useOrganisation();
  const { year, by, setYear, setBy } = useView();
  const [from, until] = [`${year}-01`, `${year}-12`];
  const totals = useOwn([id, 'inventory', year, by], (oracleUrl) =>
    fetchInventory(oracleUrl, id, { from, until, by, monthly: false }),
  );
  const months = useOwn([id, 'inventory', year, 'months'], (oracleUrl) =>
    fetchInventory(oracleUrl, id, { from, until, by: 'category', monthly: true }),
  );
  return (
    <>
      <div className="form">
        <SelectField
          label="Year"
          value={year}
          onChange={setYear}
          options={YEARS.map((one) => ({ value: one, label: one }))}
        />
        <SelectField
          label="Opened"
          value={by}
          onChange={setBy}
          options={GROUPINGS.map((one) => ({ value: one, label: GROUPING_LABELS[one] }))}
        />
      </div>
      <QueryView
        query={totals}
        what="inventory"
        isEmpty={({ scopes }) => scopes.length === 0}
        empty={<Nothing year={year} />}
      >
        {(inventory) => (
          <>
            <Totals inventory={inventory} year={year} />
            <RetiredCard year={year} />
            <Card title={GROUPING_LABELS[by]}>
              <GroupTable groups={inventory.groups} by={by} year={year} />
            </Card>
            <Card title="By month">
              <QueryView query={months} what="months">
                {({ groups }) => (
                  <Chart
                    kind="bar"
                    stacked
                    description={`Tonnes of CO₂e by scope and month of ${year}`}
                    data={monthsChart(groups, year)}
                  />
                )}
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
