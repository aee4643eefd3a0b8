import type { ReactNode } from 'react';
import type { OfficeChange, Pause, WalletRole } from '../../api/indexer/index.ts';
import {
  useAccreditations,
  useOfficeChanges,
  usePauses,
  useWalletRoles,
  type Pages,
} from '../../data/index.ts';
import {
  Card,
  Empty,
  Hash,
  Moment,
  MorePages,
  QueryView,
  Table,
  type Column,
} from '../../ui/index.ts';
import { Until } from './Until.tsx';

const ROLES: Readonly<Record<WalletRole['role'], string>> = {
  party: 'Party to a project',
  validator: 'Validator',
  verifier: 'Verifier',
  recomputer: 'Recomputer',
};
const OFFICES: Readonly<Record<OfficeChange['name'], string>> = {
  admin: 'Admin of the registry',
  operator: 'Operator of the sale',
  treasury: 'Treasury',
  arbiter: 'Arbiter',
};

/** What every row of the chain's memory has. */
interface Told {
  readonly at: number;
  readonly transactionHash: string;
}

interface LogProps<T extends Told> {
  readonly title: string;
  readonly what: string;
  readonly none: string;
  readonly query: Pages<T>;
  readonly rowKey: (row: T) => string;
  readonly columns: readonly Column<T>[];
}

/** Rows newest first, page by page, each with its time and its transaction. */
function Log<T extends Told>(props: LogProps<T>): ReactNode {
  const { title, what, none, query, rowKey, columns } = props;
  return (
    <Card title={title}>
      <QueryView
        query={query}
        what={what}
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Empty title={none} />}
      >
        {({ pages }) => (
          <>
            <Table
              caption={`${title}, newest first`}
              rows={pages.flatMap(({ items }) => items)}
              rowKey={rowKey}
              columns={[
                { header: 'When', cell: ({ at }) => <Moment at={at} /> },
                ...columns,
                {
                  header: 'Transaction',
                  cell: ({ transactionHash }) => (
                    <Hash value={transactionHash} what="transaction hash" />
                  ),
                },
              ]}
            />
            <MorePages query={query} what={what} />
          </>
        )}
      </QueryView>
    </Card>
  );
}

function Wallet({ value }: { readonly value: string }): ReactNode {
  return <Hash value={value} what="address" />;
}

function Accreditations(): ReactNode {
  return (
    <Log
      title="Accreditations so far"
      what="accreditations"
      none="Nobody was accredited yet"
      query={useAccreditations()}
      rowKey={({ id }) => id}
      columns={[
        { header: 'Wallet', cell: ({ address }) => <Wallet value={address} /> },
        { header: 'Role', cell: ({ role }) => ROLES[role] },
        { header: 'From', cell: ({ accreditedFrom }) => <Moment at={accreditedFrom} /> },
        {
          header: 'Until',
          cell: ({ accreditedUntil: until, at }) =>
            until < at ? 'ended at once' : <Until time={until} />,
        },
      ]}
    />
  );
}

function WalletRoles(): ReactNode {
  return (
    <Log
      title="Who is what, for good"
      what="roles"
      none="No wallet has a role yet"
      query={useWalletRoles()}
      rowKey={({ address }) => address}
      columns={[
        { header: 'Wallet', cell: ({ address }) => <Wallet value={address} /> },
        { header: 'Role', cell: ({ role }) => ROLES[role] },
      ]}
    />
  );
}

function Offices(): ReactNode {
  return (
    <Log
      title="Who runs it, and did"
      what="offices"
      none="Nobody runs it"
      query={useOfficeChanges()}
      rowKey={({ id }) => id}
      columns={[
        { header: 'Office', cell: ({ name }) => OFFICES[name] },
        { header: 'Held from then on by', cell: ({ holder }) => <Wallet value={holder} /> },
      ]}
    />
  );
}

function pauseEnd({ until, at }: Pause): ReactNode {
  return until > at ? <Moment at={until} /> : 'let go on';
}

function Pauses(): ReactNode {
  return (
    <Log
      title="Pauses"
      what="pauses"
      none="Submissions and sales were never paused"
      query={usePauses()}
      rowKey={({ id }) => id}
      columns={[{ header: 'Until', cell: pauseEnd }]}
    />
  );
}

/** What the chain remembers of roles and offices. */
export function RoleLogs(): ReactNode {
  return (
    <>
      <Accreditations />
      <WalletRoles />
      <Offices />
      <Pauses />
    </>
  );
}
