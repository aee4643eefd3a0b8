import type { ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import { changeRole, fetchMembers, removeMember, type Member, type Role } from '../../api/index.ts';
import { useOwnPages, useSignedIn, useWrite } from '../../data/index.ts';
import { Ago, Card, Hash, MorePages, QueryView, Table } from '../../ui/index.ts';
import { GuardedRefusal } from '../session/index.ts';
import { InviteForm } from './InviteForm.tsx';
import { useOrganisation } from './OrganisationPage.tsx';
import { GIVEN_ROLES, isAdmin, roleName } from './roles.ts';

interface RoleProps {
  readonly member: Member;
  readonly onGive: (role: Role) => void;
  readonly busy: boolean;
}

function RoleChoice({ member, onGive, busy }: RoleProps): ReactNode {
  return (
    <select
      className="input input-small"
      aria-label={`Role of ${member.address}`}
      value={member.role}
      disabled={busy}
      onChange={({ target }) => {
        const role = GIVEN_ROLES.find((one) => one === target.value);
        if (role !== undefined) onGive(role);
      }}
    >
      {GIVEN_ROLES.map((role) => (
        <option key={role} value={role}>
          {roleName(role)}
        </option>
      ))}
    </select>
  );
}

function TakeOut(props: { readonly busy: boolean; readonly onClick: () => void }): ReactNode {
  return (
    <button
      type="button"
      className="button button-quiet button-small"
      disabled={props.busy}
      onClick={props.onClick}
    >
      Take out
    </button>
  );
}

/** Members and their roles; admins give roles, invite and take out. */
export function MembersCard(): ReactNode {
  const { id, role } = useOrganisation();
  const { address } = useSignedIn();
  const query = useOwnPages([id, 'members'], (oracleUrl, cursor) =>
    fetchMembers(oracleUrl, id, cursor),
  );
  const giving = useWrite((writer, { member, role: given }: { member: Member; role: Role }) =>
    changeRole(writer, id, member, given),
  );
  const removing = useWrite((writer, member: Member) => removeMember(writer, id, member));
  const manages = isAdmin(role);
  return (
    <Card title="Members">
      <QueryView query={query} what="members">
        {({ pages }) => (
          <>
            <Table
              caption="Members"
              rows={pages.flatMap(({ items }) => items)}
              rowKey={(member) => member.address}
              columns={[
                {
                  header: 'Wallet',
                  cell: (member) => <Hash value={member.address} what="wallet" />,
                },
                {
                  header: 'Role',
                  cell: (member) =>
                    manages && member.role !== 'supplier' ? (
                      <RoleChoice
                        member={member}
                        busy={giving.isPending}
                        onGive={(given) => giving.mutate({ member, role: given })}
                      />
                    ) : (
                      roleName(member.role)
                    ),
                },
                { header: 'Since', cell: ({ joinedAt }) => <Ago at={joinedAt} /> },
                {
                  header: 'Take out',
                  cell: (member) =>
                    manages && !isAddressEqual(member.address, address) ? (
                      <TakeOut busy={removing.isPending} onClick={() => removing.mutate(member)} />
                    ) : (
                      <span className="muted">–</span>
                    ),
                },
              ]}
            />
            <MorePages query={query} what="members" />
          </>
        )}
      </QueryView>
      <GuardedRefusal write={giving} what="The role was not changed" />
      <GuardedRefusal write={removing} what="Nobody was removed" />
      {manages && <InviteForm />}
    </Card>
  );
}
