import type { ReactNode } from 'react';
import { fetchSupplier } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import { useOrganisation } from '../organisations/index.ts';

/** The name of a supplier; its number while the name is on its way. */
export function SupplierName({ which }: { readonly which: string }): ReactNode {
  const { id } = useOrganisation();
  const query = useOwn([id, 'supplier', which], (oracleUrl) => fetchSupplier(oracleUrl, id, which));
  return query.data?.name ?? `Supplier ${which}`;
}
