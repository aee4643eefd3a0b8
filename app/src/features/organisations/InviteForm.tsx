import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { fetchInvitations, inviteMember, withdrawInvitation, type Role } from '../../api/index.ts';
import { useOwn, useSignedIn, useWrite } from '../../data/index.ts';
import { checkReceiver } from '../../forms/index.ts';
import { Ahead, Hash, QueryView, Refusal, SelectField, Table, TextField } from '../../ui/index.ts';
import { GuardedRefusal } from '../session/index.ts';
import { useOrganisation } from './OrganisationPage.tsx';
import { GIVEN_ROLES, roleName } from './roles.ts';

const ROLE_OPTIONS = GIVEN_ROLES.map((role) => ({ value: role, label: roleName(role) }));

function Open({ id }: { readonly id: string }): ReactNode {
  const query = useOwn([id, 'invitations'], (oracleUrl) => fetchInvitations(oracleUrl, id));
  const withdrawing = useWrite((writer, which: string) => withdrawInvitation(writer, id, which));
  return (
    <QueryView query={query} what="invitations" isEmpty={(all) => all.length === 0}>
      {(all) => (
        <>
          <Table
            caption="Invited wallets"
            rows={all}
            rowKey={(one) => one.id}
            columns={[
              { header: 'Invited', cell: (one) => <Hash value={one.address} what="wallet" /> },
              { header: 'As', cell: ({ role }) => roleName(role) },
              { header: 'Good until', cell: ({ expiresAt }) => <Ahead at={expiresAt} /> },
              {
                header: 'Take back',
                cell: (one) => (
                  <button
                    type="button"
                    className="button button-quiet button-small"
                    disabled={withdrawing.isPending}
                    onClick={() => withdrawing.mutate(one.id)}
                  >
                    Take back
                  </button>
                ),
              },
            ]}
          />
          <Refusal error={withdrawing.error} what="It was not taken back" />
        </>
      )}
    </QueryView>
  );
}

/** Invites a wallet; it becomes a member when it accepts. */
export function InviteForm(): ReactNode {
  const { id } = useOrganisation();
  const { address } = useSignedIn();
  const [typed, setTyped] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const checked = checkReceiver(typed, address);
  const inviting = useWrite(
    (writer, whom: Address) => inviteMember(writer, id, { address: whom, role }),
    () => setTyped(''),
  );
  return (
    <>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (checked.ok) inviting.mutate(checked.value);
        }}
      >
        <TextField
          label="Invite a wallet"
          value={typed}
          onChange={setTyped}
          placeholder="0x…"
          error={typed === '' || checked.ok ? undefined : checked.problem}
        />
        <SelectField
          label="As"
          value={role}
          onChange={(value) => setRole(GIVEN_ROLES.find((one) => one === value) ?? role)}
          options={ROLE_OPTIONS}
        />
        <div>
          <button type="submit" className="button" disabled={!checked.ok || inviting.isPending}>
            Invite
          </button>
        </div>
      </form>
      <GuardedRefusal write={inviting} what="It was not invited" />
      <Open id={id} />
    </>
  );
}
