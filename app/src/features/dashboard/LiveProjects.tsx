import { useMemo, type ReactNode } from 'react';
import type { Project } from '../../api/indexer/index.ts';
import type { Connection, LiveState } from '../../live/index.ts';
import { Badge, Card, Empty } from '../../ui/index.ts';
import { LiveProject } from './LiveProject.tsx';

/** How the stream stands. */
export function ConnectionBadge({ connection }: { readonly connection: Connection }): ReactNode {
  switch (connection) {
    case 'open':
      return (
        <Badge tone="good">
          <span className="live-dot" aria-hidden="true" /> Live
        </Badge>
      );
    case 'connecting':
      return <Badge tone="plain">Connecting …</Badge>;
    case 'waiting':
      return <Badge tone="warn">Connection lost, trying again …</Badge>;
    case 'refused':
      return <Badge tone="warn">You may watch this no more</Badge>;
  }
}

interface LiveProjectsProps {
  readonly projects: readonly Project[];
  readonly live: LiveState;
}

/** The plants whose devices have sent something, each with its line of power. */
export function LiveProjects({ projects, live }: LiveProjectsProps): ReactNode {
  const devices = useMemo(() => [...live.devices.values()], [live.devices]);
  const active = projects
    .map((project) => ({
      project,
      devices: devices.filter(({ last }) => last.projectId === project.id),
    }))
    .filter((plant) => plant.devices.length > 0);
  if (active.length === 0) {
    return (
      <Card title="Live">
        <Empty title="No device has sent a reading since you opened this page">
          <p>Readings appear here the moment they are accepted.</p>
        </Empty>
      </Card>
    );
  }
  return active.map((plant) => (
    <LiveProject key={plant.project.id} {...plant} hasTraces={live.hasTraces} />
  ));
}
