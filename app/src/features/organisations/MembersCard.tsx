import { useState, type ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import { changeRole, fetchMembers, removeMember, type Member, type Role } from '../../api/index.ts';
import { useOwnPages, useSignedIn, useWrite } from '../../data/index.ts';
import { Ago, Card, ConfirmButton, Hash, MorePages, QueryView, Table } from '../../ui/index.ts';
import { GuardedRefusal } from '../session/index.ts';
import { InviteForm } from './InviteForm.tsx';
import { useOrganisation } from './OrganisationPage.tsx';
import { GIVEN_ROLES, isAdmin, roleName } from './roles.ts';

interface RoleProps {
  readonly member: Member;
  readonly onGive: (role: Role) => void;
  readonly busy: boolean;
}

/** Arrow keys pass through roles on the way to one: what is chosen is given by a button alone. */
function RoleChoice({ member, onGive, busy }: RoleProps): ReactNode {
  const [chosen, setChosen] = useState(member.role);
  return (
    <div className="row">
      <select
        className="input input-small"
        aria-label={`Role of ${member.address}`}
        value={chosen}
        onChange={({ target }) =>
          setChosen(GIVEN_ROLES.find((one) => one === target.value) ?? chosen)
        }
      >
        {GIVEN_ROLES.map((role) => (
          <option key={role} value={role}>
            {roleName(role)}
          </option>
        ))}
      </select>
      {chosen !== member.role && (
        <button
          type="button"
          className="button button-small"
          disabled={busy}
          onClick={() => onGive(chosen)}
        >
          Give this role
        </button>
      )}
    </div>
  );
}

interface MemberTableProps {
  readonly members: readonly Member[];
  readonly busy: boolean;
  readonly onGive: (member: Member, role: Role) => void;
  readonly onRemove: (member: Member) => void;
}

function MemberTable({ members, busy, onGive, onRemove }: MemberTableProps): ReactNode {
  const manages = isAdmin(useOrganisation().role);
  const { address } = useSignedIn();
  const nobody = <span className="muted">–</span>;
  return (
    <Table
      caption="Members"
      rows={members}
      rowKey={(member) => member.address}
      columns={[
        { header: 'Wallet', cell: (member) => <Hash value={member.address} what="wallet" /> },
        {
          header: 'Role',
          cell: (member) =>
            manages && member.role !== 'supplier' ? (
              <RoleChoice
                key={member.role}
                member={member}
                busy={busy}
                onGive={(role) => onGive(member, role)}
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
              <ConfirmButton
                text="Take out"
                consequence="It loses all access at once; what it wrote stays."
                disabled={busy}
                onConfirm={() => onRemove(member)}
              />
            ) : (
              nobody
            ),
        },
      ]}
    />
  );
}

/** Members and their roles; admins give roles, invite and take out. */
export function MembersCard(): ReactNode {
  const { id, role } = useOrganisation();
  const query = useOwnPages([id, 'members'], (oracleUrl, cursor) =>
    fetchMembers(oracleUrl, id, cursor),
  );
  const giving = useWrite((writer, { member, role: given }: { member: Member; role: Role }) =>
    changeRole(writer, id, member, given),
  );
  const removing = useWrite((writer, member: Member) => removeMember(writer, id, member));
  return (
    <Card title="Members">
      <QueryView query={query} what="members">
        {({ pages }) => (
          <>
            <MemberTable
              members={pages.flatMap(({ items }) => items)}
              busy={giving.isPending || removing.isPending}
              onGive={(member, given) => giving.mutate({ member, role: given })}
              onRemove={(member) => removing.mutate(member)}
            />
            <MorePages query={query} what="members" />
          </>
        )}
      </QueryView>
      <GuardedRefusal write={giving} what="The role was not changed" />
      <GuardedRefusal write={removing} what="Nobody was removed" />
      {isAdmin(role) && <InviteForm />}
    </Card>
  );
}
