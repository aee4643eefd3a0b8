import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { InventoryGroup } from '../../api/index.ts';
import { Amount, categoryName, count, emissionsUp, scopeName, Table } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { largestFirst, type Grouping } from './groups.ts';

/** The activities that a group is made of. */
function activitiesOf(
  organisation: string,
  { by, key, scope }: InventoryGroup,
  year: string,
): string {
  const query = new URLSearchParams({ organisation, year, scope: scope.slice(0, 1) });
  if (by === 'category' || by === 'site') query.set(by, key);
  return `/activities?${query.toString()}`;
}

interface GroupTableProps {
  readonly groups: readonly InventoryGroup[];
  readonly by: Grouping;
  readonly year: string;
}

export function GroupTable({ groups, by, year }: GroupTableProps): ReactNode {
  const { id } = useOrganisation();
  return (
    <Table
      caption={`Emissions by ${by}`}
      rows={largestFirst(groups, by)}
      rowKey={({ scope, key, gwpSet }) => `${scope}.${key}.${gwpSet}`}
      columns={[
        { header: 'Scope', cell: ({ scope }) => scopeName(scope) },
        {
          header: by === 'gas' ? 'Gas' : `${by.slice(0, 1).toUpperCase()}${by.slice(1)}`,
          cell: ({ key }) =>
            key === '' ? <span className="muted">none named</span> : categoryName(key),
        },
        {
          header: 'Emissions',
          numeric: true,
          cell: ({ kgCo2e }) => <Amount {...emissionsUp(kgCo2e)} />,
        },
        { header: 'Lines', numeric: true, cell: ({ lines }) => count(lines) },
        {
          header: 'Open',
          cell: (group) => <Link href={activitiesOf(id, group, year)}>Activities</Link>,
        },
      ]}
    />
  );
}
