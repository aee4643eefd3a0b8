import type { ReactNode } from 'react';
import {
  isEditor,
  OrganisationPage,
  useOrganisation,
  WithFeature,
} from '../organisations/index.ts';
import { AddSupplierForm } from './AddSupplierForm.tsx';
import { Directory } from './Directory.tsx';
import { Portal } from './Portal.tsx';
import { Ranking } from './Ranking.tsx';

function Suppliers(): ReactNode {
  const { role } = useOrganisation();
  if (role === 'supplier') return <Portal />;
  return (
    <>
      <Ranking />
      <Directory />
      {isEditor(role) && (
        <WithFeature feature="suppliers">
          <AddSupplierForm />
        </WithFeature>
      )}
    </>
  );
}

/** From whom an organisation buys; a supplier itself sees its own portal here and nothing else. */
export function SuppliersPage(): ReactNode {
  return (
    <OrganisationPage
      title="Suppliers"
      lead="Estimates first; a supplier's own figures take their place as they come in."
      forSuppliers
    >
      <Suppliers />
    </OrganisationPage>
  );
}
