import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { OrganisationPage, useOrganisation } from '../organisations/index.ts';
import { ImportCard } from './ImportCard.tsx';

function One({ which }: { readonly which: string }): ReactNode {
  const { id } = useOrganisation();
  return (
    <>
      <p className="small">
        <Link href={`/imports?organisation=${id}`}>← All imports</Link>
      </p>
      <ImportCard which={which} />
    </>
  );
}

/** One import: how far it is, what became of its rows, and how to take it back. */
export function ImportPage({ id }: { readonly id: string }): ReactNode {
  return (
    <OrganisationPage title="Import">
      <One which={id} />
    </OrganisationPage>
  );
}
