import type { ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import { useConnection } from 'wagmi';
import type { Accredited } from '../../api/indexer/index.ts';
import type { RegistryState } from '../../chain/index.ts';
import { useAccredited, useChainNow, useRegistryState } from '../../data/index.ts';
import {
  Badge,
  Card,
  Empty,
  Facts,
  Hash,
  Moment,
  Notice,
  Page,
  QueryView,
  Table,
} from '../../ui/index.ts';
import { AdminCard } from './AdminCard.tsx';
import { RoleLogs } from './RoleLogs.tsx';
import { Until } from './Until.tsx';

const CLOCK_MS = 10_000;
const ROLES = { validator: 'Validator', verifier: 'Verifier', recomputer: 'Recomputer' } as const;

function Standing({ judge, now }: { readonly judge: Accredited; readonly now: number }): ReactNode {
  if (now < judge.accreditedFrom) return <Badge tone="warn">Begins later</Badge>;
  if (now > judge.accreditedUntil) return <Badge tone="plain">Ended</Badge>;
  return <Badge tone="good">Accredited</Badge>;
}

function Judges(): ReactNode {
  const query = useAccredited();
  const now = useChainNow(CLOCK_MS);
  return (
    <Card title="Who may judge">
      <QueryView
        query={query}
        what="accreditations"
        isEmpty={(all) => all.length === 0}
        empty={<Empty title="Nobody is accredited yet" />}
      >
        {(all) => (
          <Table
            caption="Validators, verifiers and recomputers"
            rows={all}
            rowKey={({ address }) => address}
            columns={[
              { header: 'Wallet', cell: ({ address }) => <Hash value={address} what="address" /> },
              { header: 'Role', cell: ({ role }) => ROLES[role] },
              { header: 'From', cell: ({ accreditedFrom }) => <Moment at={accreditedFrom} /> },
              { header: 'Until', cell: ({ accreditedUntil }) => <Until time={accreditedUntil} /> },
              { header: 'State', cell: (judge) => <Standing judge={judge} now={now} /> },
            ]}
          />
        )}
      </QueryView>
    </Card>
  );
}

function State({ state }: { readonly state: RegistryState }): ReactNode {
  const now = useChainNow(CLOCK_MS);
  const { admin, notice, pausedUntil } = state;
  return (
    <Card
      title="The registry"
      aside={
        <Badge tone={pausedUntil > now ? 'warn' : 'good'}>
          {pausedUntil > now ? 'Paused' : 'Takes submissions and sales'}
        </Badge>
      }
    >
      {pausedUntil > now && (
        <Notice tone="warn" title="Submissions and sales are paused">
          <p className="small">
            Until <Moment at={pausedUntil} />. Minting, retiring, transfers and taking out of the
            market go on.
          </p>
        </Notice>
      )}
      <Facts
        items={[
          {
            label: 'Notice',
            value: notice === 0 ? 'none on this chain' : `${notice / 3600} hours`,
          },
          {
            label: 'Admin',
            value: <Hash value={admin} what="address of the admin" full />,
            wide: true,
          },
        ]}
      />
    </Card>
  );
}

/** Who may do what and until when, who was before, and whether the registry is paused. */
export function RolesPage(): ReactNode {
  const query = useRegistryState();
  const { address } = useConnection();
  return (
    <Page
      title="Roles"
      lead="Whoever judges never earns: a wallet has one role here, for good. Nobody can mint beyond signed energy, move others’ credits or change a past batch."
    >
      <QueryView query={query} what="registry">
        {(state) => (
          <>
            <State state={state} />
            {address !== undefined && isAddressEqual(address, state.admin) && (
              <AdminCard key={address} state={state} account={address} />
            )}
          </>
        )}
      </QueryView>
      <Judges />
      <RoleLogs />
    </Page>
  );
}
