import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Amount, emissionsUp, scopeName, Table } from '../../ui/index.ts';
import type { Month } from './groups.ts';

const SCOPES = ['1', '2-location', '2-market', '3'] as const;

interface MonthTableProps {
  readonly caption: string;
  readonly months: readonly Month[];
  readonly linkTo: (filter: Readonly<Record<string, string>>) => string;
}

/** The months of which something was logged, in figures, each with the way to its activities. */
export function MonthTable({ caption, months, linkTo }: MonthTableProps): ReactNode {
  return (
    <Table
      caption={caption}
      rows={months.filter(({ ngOf }) => SCOPES.some((scope) => ngOf(scope) !== undefined))}
      rowKey={({ month }) => month}
      columns={[
        { header: 'Month', cell: ({ month }) => month },
        ...SCOPES.map((scope) => ({
          header: scopeName(scope),
          numeric: true,
          cell: ({ ngOf }: Month) => {
            const ng = ngOf(scope);
            return ng === undefined ? (
              <span className="muted">–</span>
            ) : (
              <Amount {...emissionsUp(ng)} />
            );
          },
        })),
        {
          header: 'Open',
          cell: ({ month }) => <Link href={linkTo({ month })}>Activities</Link>,
        },
      ]}
    />
  );
}
