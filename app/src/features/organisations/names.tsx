import type { ReactNode } from 'react';
import { fetchSupplier, fetchWorkspaces } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import { useOrganisation } from './OrganisationPage.tsx';

/** The name of a supplier; its number while the name is on its way. */
export function SupplierName({ which }: { readonly which: string }): ReactNode {
  const { id } = useOrganisation();
  const query = useOwn([id, 'supplier', which], (oracleUrl) => fetchSupplier(oracleUrl, id, which));
  return query.data?.name ?? `Supplier ${which}`;
}

/** The name of a workspace; its number while the name is on its way. */
export function WorkspaceName({ which }: { readonly which: string }): ReactNode {
  const { id } = useOrganisation();
  const query = useOwn([id, 'workspaces'], (oracleUrl) => fetchWorkspaces(oracleUrl, id));
  return query.data?.find((one) => one.id === which)?.name ?? `Workspace ${which}`;
}
