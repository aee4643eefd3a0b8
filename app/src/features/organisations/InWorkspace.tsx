import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchWorkspaces } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import { Empty, QueryView, SelectField } from '../../ui/index.ts';
import { useOrganisation } from './OrganisationPage.tsx';

interface InWorkspaceProps {
  /** What is written into the workspace with this id. */
  readonly children: (workspaceId: string) => ReactNode;
}

/** Has one of the open workspaces chosen where there is a choice; says so where none is open. */
export function InWorkspace({ children }: InWorkspaceProps): ReactNode {
  const { id } = useOrganisation();
  const [chosen, setChosen] = useState<string>();
  const query = useOwn([id, 'workspaces'], (oracleUrl) => fetchWorkspaces(oracleUrl, id));
  return (
    <QueryView query={query} what="workspaces">
      {(all) => {
        const open = all.filter(({ closedAt }) => closedAt === undefined);
        const into = open.find((one) => one.id === chosen) ?? open[0];
        if (into === undefined) return <NoneOpen />;
        return (
          <>
            {open.length > 1 && (
              <SelectField
                label="Workspace"
                value={into.id}
                onChange={setChosen}
                options={open.map(({ id: value, name }) => ({ value, label: name }))}
              />
            )}
            {children(into.id)}
          </>
        );
      }}
    </QueryView>
  );
}

function NoneOpen(): ReactNode {
  const { id } = useOrganisation();
  return (
    <Empty title="No workspace is open">
      <p>
        An admin opens one under <Link href={`/organisation?organisation=${id}`}>Organisation</Link>
        ; activities can be logged then.
      </p>
    </Empty>
  );
}
