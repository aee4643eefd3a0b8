import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { InventoryGroup } from '../../api/index.ts';
import {
  Amount,
  categoryName,
  count,
  emissionsUp,
  scopeName,
  Table,
  gasMassUp,
  gasName,
  type Column,
} from '../../ui/index.ts';
import { SupplierName } from '../organisations/index.ts';
import { filterOf, largestFirst, linkText, setsOf, type Grouping } from './groups.ts';

function Key({ by, group: { key } }: { readonly by: Grouping; readonly group: InventoryGroup }) {
  if (key === '') return <span className="muted">none named</span>;
  if (by === 'supplier') return <SupplierName which={key} />;
  if (by === 'gas') return gasName(key);
  return by === 'category' ? categoryName(key) : <span className="cell-text">{key}</span>;
}

/** Of a gas itself, where every line's mass of it is published. */
const MASS: Column<InventoryGroup> = {
  header: 'Mass of the gas',
  numeric: true,
  cell: ({ kg }) =>
    kg === undefined ? <span className="muted">not published</span> : <Amount {...gasMassUp(kg)} />,
};

/** Where rows are under several sets, which are never added. */
const SET: Column<InventoryGroup> = {
  header: 'Warming potentials',
  cell: ({ gwpSet }) => gwpSet,
};

interface GroupTableProps {
  /** The organisation's own set of warming potentials. */
  readonly gwpSet: string;
  readonly groups: readonly InventoryGroup[];
  readonly by: Grouping;
  /** The part of the address that leads to the activities that are shown here. */
  readonly linkTo: (filter: Readonly<Record<string, string>>) => string;
}

export function GroupTable({ groups, gwpSet, by, linkTo }: GroupTableProps): ReactNode {
  return (
    <Table
      caption={`Emissions by ${by}`}
      rows={largestFirst(groups, by)}
      rowKey={(one) => `${one.scope}.${one.key}.${one.gwpSet}`}
      columns={[
        { header: 'Scope', cell: ({ scope }) => scopeName(scope) },
        {
          header: by === 'gas' ? 'Gas' : `${by.slice(0, 1).toUpperCase()}${by.slice(1)}`,
          cell: (group) => <Key by={by} group={group} />,
        },
        {
          header: 'Emissions',
          numeric: true,
          cell: ({ kgCo2e }) => <Amount {...emissionsUp(kgCo2e)} />,
        },
        ...(setsOf(groups, gwpSet).length > 1 ? [SET] : []),
        ...(by === 'gas' ? [MASS] : []),
        { header: 'Lines', numeric: true, cell: ({ lines }) => count(lines) },
        {
          header: 'Open',
          cell: (group) => <Link href={linkTo(filterOf(group))}>{linkText(group)}</Link>,
        },
      ]}
    />
  );
}
