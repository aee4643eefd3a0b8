import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useProjects } from '../../data/index.ts';
import { totalPower, useLive, type LiveState } from '../../live/index.ts';
import { Card, count, Figures, power, QueryView } from '../../ui/index.ts';
import { ConnectionBadge, LiveProjects } from '../dashboard/index.ts';
import { OrganisationPage, useOrganisation } from '../organisations/index.ts';

function Sum({ name, live }: { readonly name: string; readonly live: LiveState }): ReactNode {
  const devices = [...live.devices.values()];
  const unbound = devices.filter(({ last }) => last.projectId === undefined).length;
  return (
    <Card title={name} aside={<ConnectionBadge connection={live.connection} />}>
      <Figures
        items={[
          { label: 'Power now', quantity: power(totalPower(devices)) },
          { label: 'Devices heard', quantity: { value: count(devices.length), unit: '' } },
        ]}
      />
      <p className="small muted">
        Devices are the organisation&apos;s own when the wallet of an owner, admin or editor holds
        them.{' '}
        {unbound > 0 && (
          <>
            {count(unbound)} of them belong to no project; they are in the{' '}
            <Link href="/fleet">fleet</Link>.
          </>
        )}
      </p>
    </Card>
  );
}

function OwnLive(): ReactNode {
  const { id, name } = useOrganisation();
  const projects = useProjects();
  const live = useLive(id);
  return (
    <>
      <Sum name={name} live={live} />
      <QueryView query={projects} what="projects">
        {(all) => <LiveProjects projects={all} live={live} />}
      </QueryView>
    </>
  );
}

/** What the organisation's own devices measure, the moment it is accepted. */
export function OwnLivePage(): ReactNode {
  return (
    <OrganisationPage title="Live" lead="What your organisation's own devices measure now.">
      <OwnLive />
    </OrganisationPage>
  );
}
