import { useState, type ReactNode } from 'react';
import { closeWorkspace, fetchWorkspaces, openWorkspace, type Workspace } from '../../api/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import {
  Badge,
  Card,
  ConfirmButton,
  Moment,
  QueryView,
  Refusal,
  Table,
  TextField,
} from '../../ui/index.ts';
import { useOrganisation } from './OrganisationPage.tsx';
import { isAdmin } from './roles.ts';

function Open(): ReactNode {
  const { id } = useOrganisation();
  const [name, setName] = useState('');
  const opening = useWrite(
    (writer, typed: string) => openWorkspace(writer, id, typed),
    () => setName(''),
  );
  const ready = name.trim() !== '' && !opening.isPending;
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) opening.mutate(name.trim());
      }}
    >
      <TextField
        label="Open a workspace"
        value={name}
        onChange={setName}
        maxLength={120}
        placeholder="Subsidiary in Spain"
      />
      <div>
        <button type="submit" className="button" disabled={!ready}>
          Open it
        </button>
      </div>
      <Refusal error={opening.error} what="It was not opened" />
    </form>
  );
}

function State({ closedAt }: Workspace): ReactNode {
  if (closedAt === undefined) return <Badge tone="good">Open</Badge>;
  return (
    <>
      <Badge tone="plain">Closed</Badge> <Moment at={closedAt} />
    </>
  );
}

/** Parts of the books that are kept apart, such as subsidiaries: opened and closed by admins. */
export function WorkspacesCard(): ReactNode {
  const { id, role } = useOrganisation();
  const query = useOwn([id, 'workspaces'], (oracleUrl) => fetchWorkspaces(oracleUrl, id));
  const closing = useWrite((writer, which: string) => closeWorkspace(writer, id, which));
  const manages = isAdmin(role);
  return (
    <Card title="Workspaces">
      <p className="small muted">
        Parts of the books, such as subsidiaries or projects. Each activity is in one; the inventory
        adds them up, or shows one alone.
      </p>
      <QueryView query={query} what="workspaces">
        {(all) => (
          <Table
            caption="Workspaces"
            rows={all}
            rowKey={(one) => one.id}
            columns={[
              { header: 'Name', cell: ({ name }) => <span className="cell-text">{name}</span> },
              { header: 'State', cell: (one) => <State {...one} /> },
              {
                header: 'Close',
                cell: (one) =>
                  manages && one.closedAt === undefined ? (
                    <ConfirmButton
                      text="Close"
                      consequence="It takes no more activities; what is in it stays in the inventory."
                      disabled={closing.isPending}
                      onConfirm={() => closing.mutate(one.id)}
                    />
                  ) : (
                    <span className="muted">–</span>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
      <Refusal error={closing.error} what="It is still open" />
      {manages && <Open />}
    </Card>
  );
}
