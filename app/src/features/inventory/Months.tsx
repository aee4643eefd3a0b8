import type { ReactNode } from 'react';
import type { InventoryGroup } from '../../api/index.ts';
import { Chart } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { monthsChart, monthsOf, setsOf } from './groups.ts';
import { MonthTable } from './MonthTable.tsx';

interface MonthsProps {
  readonly year: string;
  readonly groups: readonly InventoryGroup[];
  readonly linkTo: (filter: Readonly<Record<string, string>>) => string;
}

/** Months under the organisation's own set of potentials; those under another stand apart, never added. */
export function Months({ year, groups, linkTo }: MonthsProps): ReactNode {
  const { gwpSet: own } = useOrganisation();
  const others = setsOf(groups, own).filter((gwpSet) => gwpSet !== own);
  const months = monthsOf(groups, year, own);
  return (
    <>
      <Chart
        kind="bar"
        stacked
        description={`Tonnes of CO₂e under ${own} by scope and month of ${year}`}
        data={monthsChart(months)}
      />
      <MonthTable caption="Emissions by month" months={months} linkTo={linkTo} />
      {others.map((gwpSet) => (
        <section key={gwpSet} className="stack-small">
          <h3>Under {gwpSet}, apart from the chart above</h3>
          <MonthTable
            caption={`Emissions by month under ${gwpSet}`}
            months={monthsOf(groups, year, gwpSet)}
            linkTo={linkTo}
          />
        </section>
      ))}
    </>
  );
}
