import type { ReactNode } from 'react';
import { useMonths } from '../../data/index.ts';
import { Amount, Chart, Empty, energy, QueryView, Table, tonnes } from '../../ui/index.ts';
import { monthChart, sumMonths, type MonthSum } from './months.ts';

function MonthTable({ months }: { readonly months: readonly MonthSum[] }): ReactNode {
  return (
    <details className="details">
      <summary>The same as a table</summary>
      <Table
        caption="Energy and credits by month"
        rows={months}
        rowKey={({ month }) => month}
        columns={[
          { header: 'Month', cell: ({ month }) => month },
          {
            header: 'Creditable',
            numeric: true,
            cell: ({ creditableWh }) => <Amount {...energy(creditableWh)} />,
          },
          {
            header: 'Deducted',
            numeric: true,
            cell: ({ deductedWh }) => <Amount {...energy(deductedWh)} />,
          },
          { header: 'Credits', numeric: true, cell: ({ grams }) => <Amount {...tonnes(grams)} /> },
        ]}
      />
    </details>
  );
}

/** Energy by month of one project, or of all when none is named: a chart and the exact numbers. */
export function Months({ projectId }: { readonly projectId?: number }): ReactNode {
  const query = useMonths(projectId);
  return (
    <QueryView
      query={query}
      what="months"
      isEmpty={({ items }) => items.length === 0}
      empty={
        <Empty title="No month yet">
          <p>The first batch brings the first month.</p>
        </Empty>
      }
    >
      {({ items }) => {
        const months = sumMonths(items);
        return (
          <>
            <Chart
              kind="bar"
              stacked
              description="Creditable and deducted energy by month; the table below has the numbers"
              data={monthChart(months)}
            />
            <MonthTable months={months} />
          </>
        );
      }}
    </QueryView>
  );
}
