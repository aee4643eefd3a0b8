import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Project } from '../../api/indexer/index.ts';
import { useProjects } from '../../data/index.ts';
import { totalPower, useLive, type LiveState } from '../../live/index.ts';
import { Card, Empty, energy, Figures, Page, power, QueryView, tonnes } from '../../ui/index.ts';
import { LatestBatches } from '../batches/index.ts';
import { Months } from '../months/index.ts';
import { ConnectionBadge, LiveProjects } from './LiveProjects.tsx';
import { totalsOf } from './totals.ts';

interface OverviewProps {
  readonly projects: readonly Project[];
  readonly live: LiveState;
}

function Overview({ projects, live }: OverviewProps): ReactNode {
  const totals = totalsOf(projects);
  return (
    <Card title="All projects" aside={<ConnectionBadge connection={live.connection} />}>
      <Figures
        items={[
          { label: 'Power now', quantity: power(totalPower(live.devices.values())) },
          { label: 'Creditable energy', quantity: energy(totals.creditableWh) },
          { label: 'Credits', quantity: tonnes(totals.grams), note: 'in submitted batches' },
          { label: 'Minted', quantity: tonnes(totals.mintedGrams) },
          { label: 'Retired', quantity: tonnes(totals.retiredGrams) },
        ]}
      />
    </Card>
  );
}

function Body({ projects, live }: OverviewProps): ReactNode {
  return (
    <>
      <Overview projects={projects} live={live} />
      <LiveProjects projects={projects} live={live} />
      <Card title="Energy by month">
        <Months />
      </Card>
      <Card title="Latest batches" aside={<Link href="/batches">All batches</Link>}>
        <LatestBatches />
      </Card>
    </>
  );
}

/** What all plants do now and have done so far. */
export function DashboardPage(): ReactNode {
  const projects = useProjects();
  const live = useLive();
  return (
    <Page
      title="Dashboard"
      lead="Solar energy that devices sign, batches that the chain checks, credits that anyone verifies."
    >
      <QueryView
        query={projects}
        what="projects"
        isEmpty={(all) => all.length === 0}
        empty={
          <Card>
            <Empty title="No project yet">
              <p>A plant appears here once its owner has registered it on the chain.</p>
            </Empty>
          </Card>
        }
      >
        {(all) => <Body projects={all} live={live} />}
      </QueryView>
    </Page>
  );
}
