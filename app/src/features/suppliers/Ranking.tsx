import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchRanking, type RankedSupplier } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import {
  Amount,
  Card,
  count,
  Empty,
  emissionsUp,
  QueryView,
  SelectField,
  Table,
} from '../../ui/index.ts';
import { useOrganisation, SupplierName } from '../organisations/index.ts';
import { inOrder, ORDERS, type Order } from './ranking.ts';

const YEARS_BACK = 8;
/** Each asks for its name. */
const SHOWN = 20;

function RankingTable({ all }: { readonly all: readonly RankedSupplier[] }): ReactNode {
  const { id } = useOrganisation();
  return (
    <>
      {all.length > SHOWN && (
        <p className="small">
          The first {SHOWN} of {count(all.length)}.
        </p>
      )}
      <Table
        caption="Suppliers, ranked"
        rows={all.slice(0, SHOWN)}
        rowKey={({ supplierId, gwpSet }) => `${supplierId}.${gwpSet}`}
        columns={[
          {
            header: 'Supplier',
            cell: ({ supplierId }) => (
              <Link href={`/suppliers/${supplierId}?organisation=${id}`}>
                <SupplierName which={supplierId} />
              </Link>
            ),
          },
          {
            header: 'Emissions',
            numeric: true,
            cell: ({ kgCo2e }) => <Amount {...emissionsUp(kgCo2e)} />,
          },
          { header: 'Warming potentials', cell: ({ gwpSet }) => gwpSet },
          { header: 'Lines', numeric: true, cell: ({ lines }) => count(lines) },
          {
            header: 'Estimated',
            numeric: true,
            cell: ({ estimatedPercent }) =>
              estimatedPercent === undefined ? '–' : `${estimatedPercent} %`,
          },
        ]}
      />
    </>
  );
}

/** Suppliers by emissions of Scope 3, or by the share of them that is only estimated. */
export function Ranking(): ReactNode {
  const { id } = useOrganisation();
  const [now] = useState(() => new Date().getUTCFullYear());
  const [year, setYear] = useState(String(now - 1));
  const [order, setOrder] = useState<Order>('emissions');
  const query = useOwn([id, 'supplier-ranking', year], (oracleUrl) =>
    fetchRanking(oracleUrl, id, { from: `${year}-01`, until: `${year}-12` }),
  );
  return (
    <Card title="Ranking">
      <div className="form form-wide">
        <SelectField
          label="Year"
          value={year}
          onChange={setYear}
          options={Array.from({ length: YEARS_BACK }, (_, index) => {
            const one = String(now - index);
            return { value: one, label: one };
          })}
        />
        <SelectField
          label="Largest first by"
          value={order}
          onChange={(value) => setOrder(ORDERS.find((one) => one.value === value)?.value ?? order)}
          options={ORDERS}
        />
      </div>
      <QueryView
        query={query}
        what="ranking"
        isEmpty={(all) => all.length === 0}
        empty={<Empty title={`No activity of ${year} names a supplier`} />}
      >
        {(all) => <RankingTable all={inOrder(all, order)} />}
      </QueryView>
    </Card>
  );
}
