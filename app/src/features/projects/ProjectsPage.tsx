import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Project } from '../../api/indexer/index.ts';
import { useProjects } from '../../data/index.ts';
import {
  Amount,
  Badge,
  Card,
  count,
  Empty,
  energy,
  Page,
  power,
  QueryView,
  Table,
  tonnes,
} from '../../ui/index.ts';

const MW_PER_W = 1_000n;

/** Whether an accredited validator has validated the project. */
function Validation({ validatedAt }: Pick<Project, 'validatedAt'>): ReactNode {
  return validatedAt === undefined ? (
    <Badge tone="warn">Not validated yet</Badge>
  ) : (
    <Badge tone="good">Validated</Badge>
  );
}

function ProjectTable({ projects }: { readonly projects: readonly Project[] }): ReactNode {
  return (
    <Table
      caption="Projects"
      rows={projects}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          header: 'Project',
          cell: ({ id, name }) => <Link href={`/projects/${id}`}>{name}</Link>,
        },
        { header: 'Country', cell: ({ country }) => country },
        {
          header: 'Capacity',
          numeric: true,
          cell: ({ capacityW }) => <Amount {...power(capacityW * MW_PER_W)} />,
        },
        { header: 'Devices', numeric: true, cell: ({ deviceCount }) => count(deviceCount) },
        {
          header: 'Creditable',
          numeric: true,
          cell: ({ creditableWh }) => <Amount {...energy(creditableWh)} />,
        },
        { header: 'Credits', numeric: true, cell: ({ grams }) => <Amount {...tonnes(grams)} /> },
        { header: 'State', cell: Validation },
      ]}
    />
  );
}

/** Every registered plant. */
export function ProjectsPage(): ReactNode {
  const query = useProjects();
  return (
    <Page title="Projects" lead="Plants whose devices sign what they measure.">
      <Card title="All projects" aside={<Link href="/projects/new">Register a plant</Link>}>
        <QueryView
          query={query}
          what="projects"
          isEmpty={(projects) => projects.length === 0}
          empty={
            <Empty title="No project yet">
              <p>A plant appears here once its owner has registered it on the chain.</p>
            </Empty>
          }
        >
          {(projects) => <ProjectTable projects={projects} />}
        </QueryView>
      </Card>
    </Page>
  );
}
