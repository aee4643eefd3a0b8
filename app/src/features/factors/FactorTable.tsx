import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Factor } from '../../api/index.ts';
import { gasName, Table } from '../../ui/index.ts';
import {
  activityHref,
  factorHref,
  shortDecimal,
  uncertaintyText,
  unitName,
  usesText,
  validText,
} from './words.ts';

function Gases({ gases, unit }: Factor): ReactNode {
  return (
    <>
      {gases.map(({ gas, kg, co2eUnder }) => (
        <div key={gas} className="quantity">
          {shortDecimal(kg)}{' '}
          <span className="unit">
            kg {gasName(gas)}
            {co2eUnder !== undefined && gas !== 'CO2e' && ' as CO₂e'}
          </span>
        </div>
      ))}
      <div className="small muted">per {unitName(unit)}</div>
    </>
  );
}

/** One line per factor. */
export function FactorTable({ factors }: { readonly factors: readonly Factor[] }): ReactNode {
  return (
    <Table
      caption="Emission factors"
      rows={factors}
      rowKey={({ id }) => id}
      columns={[
        {
          header: 'Factor',
          cell: ({ id, name, activity }) => (
            <>
              <Link href={factorHref(id)}>{name}</Link>
              <div className="small">
                <Link href={activityHref(activity)}>{activity}</Link>
              </div>
            </>
          ),
        },
        { header: 'Per unit', cell: (factor) => <Gases {...factor} /> },
        { header: 'Uncertainty', cell: uncertaintyText },
        { header: 'Region', cell: ({ region }) => region },
        { header: 'Valid', cell: validText },
        { header: 'For', cell: ({ uses }) => usesText(uses) },
        { header: 'Set', cell: ({ set }) => set },
      ]}
    />
  );
}
