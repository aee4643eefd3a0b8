import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchImports } from '../../api/index.ts';
import { useOwnPages } from '../../data/index.ts';
import { Card, Empty, Moment, MorePages, QueryView, Table } from '../../ui/index.ts';
import { isEditor, OrganisationPage, useOrganisation } from '../organisations/index.ts';
import { ImportForm } from './ImportForm.tsx';
import { ImportState, isUnderway, rowsOf } from './words.tsx';

function History(): ReactNode {
  const { id } = useOrganisation();
  const query = useOwnPages(
    [id, 'imports'],
    (oracleUrl, cursor) => fetchImports(oracleUrl, id, cursor),
    isUnderway,
  );
  return (
    <Card title="Imports">
      <QueryView
        query={query}
        what="imports"
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title="Nothing was imported yet" />}
      >
        {({ pages }) => (
          <>
            <Table
              caption="Imports, the newest first"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={(one) => one.id}
              columns={[
                { header: 'When', cell: ({ createdAt }) => <Moment at={createdAt} /> },
                {
                  header: 'File',
                  cell: (one) => (
                    <Link className="wrap" href={`/imports/${one.id}?organisation=${id}`}>
                      {one.name}
                    </Link>
                  ),
                },
                { header: 'State', cell: (one) => <ImportState {...one} /> },
                { header: 'Rows', cell: rowsOf },
              ]}
            />
            <MorePages query={query} what="imports" />
          </>
        )}
      </QueryView>
    </Card>
  );
}

function Imports(): ReactNode {
  const { role } = useOrganisation();
  return (
    <>
      {isEditor(role) && <ImportForm />}
      <History />
    </>
  );
}

/** Activities out of spreadsheets. */
export function ImportsPage(): ReactNode {
  return (
    <OrganisationPage
      title="Import a spreadsheet"
      lead="Each row becomes one activity. A dry run says of each row what would become of it, and stores nothing."
    >
      <Imports />
    </OrganisationPage>
  );
}
