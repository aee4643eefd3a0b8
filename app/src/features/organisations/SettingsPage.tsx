import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { PlacesCard, SecondFactorCard } from '../session/index.ts';
import { AuditCard } from './AuditCard.tsx';
import { DetailsCard } from './DetailsCard.tsx';
import { KeysCard } from './KeysCard.tsx';
import { MembersCard } from './MembersCard.tsx';
import { OrganisationPage, useOrganisation } from './OrganisationPage.tsx';
import { isAdmin } from './roles.ts';
import { WorkspacesCard } from './WorkspacesCard.tsx';

function Sections(): ReactNode {
  const { role } = useOrganisation();
  return (
    <>
      <DetailsCard />
      {role !== 'supplier' && <MembersCard />}
      {role !== 'supplier' && <WorkspacesCard />}
      {isAdmin(role) && <KeysCard />}
      <SecondFactorCard />
      <PlacesCard />
      {(isAdmin(role) || role === 'verifier') && <AuditCard />}
      <p>
        <Link href="/organisations/new">Open another organisation, or accept an invitation</Link>
      </p>
    </>
  );
}

/** Who belongs to the organisation, what they may do, and what they did. */
export function SettingsPage(): ReactNode {
  return (
    <OrganisationPage
      title="Organisation"
      lead="Members, roles, workspaces, keys and the audit log."
      forSuppliers
    >
      <Sections />
    </OrganisationPage>
  );
}
