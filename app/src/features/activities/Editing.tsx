import type { ReactNode } from 'react';
import { Empty } from '../../ui/index.ts';
import { isEditor, roleName, useOrganisation } from '../organisations/index.ts';

/** A form for those who may send it; to others it says so before they fill it in. */
export function Editing({ children }: { readonly children: ReactNode }): ReactNode {
  const { role, name } = useOrganisation();
  if (isEditor(role)) return children;
  return (
    <Empty title={`${roleName(role)}: you read the books of ${name}, and change nothing in them`}>
      <p>Ask one of its admins to make you an editor.</p>
    </Empty>
  );
}
