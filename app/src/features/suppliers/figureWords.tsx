import type { ReactNode } from 'react';
import type { SupplierFigure } from '../../api/index.ts';
import { Badge, categoryName, groupedDecimal, type Column, type Tone } from '../../ui/index.ts';

const STATES: Readonly<Record<SupplierFigure['state'], readonly [Tone, string]>> = {
  submitted: ['plain', 'To be decided'],
  accepted: ['good', 'Accepted'],
  refused: ['bad', 'Refused'],
  withdrawn: ['plain', 'Taken back'],
};

function State({ state, reason }: SupplierFigure): ReactNode {
  const [tone, label] = STATES[state];
  return (
    <>
      <Badge tone={tone}>{label}</Badge> <span className="small">{reason}</span>
    </>
  );
}

/** What both sides see of a figure. */
export const FIGURE_COLUMNS: readonly Column<SupplierFigure>[] = [
  {
    header: 'Days',
    cell: ({ firstDay, lastDay }) => (
      <>
        <span className="unbroken">{firstDay}</span> to <span className="unbroken">{lastDay}</span>
      </>
    ),
  },
  { header: 'Category', cell: ({ category }) => categoryName(category) },
  {
    header: 'Emissions',
    numeric: true,
    cell: ({ kgCo2e, gwpSet }) => (
      <>
        {groupedDecimal(kgCo2e)} kg CO₂e <span className="small muted">{gwpSet}</span>
      </>
    ),
  },
  { header: 'Source', cell: ({ source }) => <span className="small wrap">{source}</span> },
  { header: 'State', cell: (one) => <State {...one} /> },
];
