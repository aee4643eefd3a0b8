import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchSuppliers } from '../../api/index.ts';
import { useOwnPages } from '../../data/index.ts';
import { Card, Empty, MorePages, QueryView, Table } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';

export function Directory(): ReactNode {
  const { id } = useOrganisation();
  const query = useOwnPages([id, 'suppliers'], (oracleUrl, cursor) =>
    fetchSuppliers(oracleUrl, id, cursor),
  );
  return (
    <Card title="Directory">
      <QueryView
        query={query}
        what="suppliers"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="No supplier yet" />}
      >
        {({ pages }) => (
          <>
            <Table
              caption="Suppliers"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={(one) => one.id}
              columns={[
                {
                  header: 'Supplier',
                  cell: (one) => (
                    <Link href={`/suppliers/${one.id}?organisation=${id}`} className="cell-text">
                      {one.name}
                    </Link>
                  ),
                },
                { header: 'Country', cell: ({ country }) => country },
                { header: 'Industry (NAICS)', cell: ({ naics }) => naics ?? 'not named' },
                { header: 'Contact', cell: (one) => <span className="wrap">{one.contact}</span> },
              ]}
            />
            <MorePages query={query} what="suppliers" />
          </>
        )}
      </QueryView>
    </Card>
  );
}
