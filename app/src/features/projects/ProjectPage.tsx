import type { ReactNode } from 'react';
import { isAddressEqual } from 'viem';
import { useConnection } from 'wagmi';
import { Link } from 'wouter';
import type { Project } from '../../api/indexer/index.ts';
import { useProgress, useProject } from '../../data/index.ts';
import {
  Amount,
  Card,
  coordinates,
  count,
  date,
  Empty,
  energy,
  factor,
  Facts,
  Figures,
  Hash,
  Page,
  power,
  QueryView,
  tonnes,
  utcOffset,
  type Fact,
} from '../../ui/index.ts';
import { ProjectBatches } from '../batches/index.ts';
import { ProjectDevices } from '../devices/index.ts';
import { ClaimCard } from '../energy/index.ts';
import { ExportCard } from '../exports/index.ts';
import { ProjectFindings } from '../findings/index.ts';
import { InvoiceCard } from '../metering/index.ts';
import { Months } from '../months/index.ts';
import { ValidationCard } from '../plants/index.ts';
import { BooksCard, DebtCard } from '../recourse/index.ts';

const MW_PER_W = 1_000n;

function plantFacts(project: Project): readonly Fact[] {
  const { methodology, factorUgPerWh } = project;
  return [
    { label: 'Country', value: project.country },
    { label: 'Location', value: coordinates(project.latitudeE6, project.longitudeE6) },
    { label: 'Capacity', value: <Amount {...power(project.capacityW * MW_PER_W)} /> },
    {
      label: 'Methodology',
      value: methodology === undefined ? '–' : `${methodology.code} ${methodology.version}`,
    },
    {
      label: 'Emission factor',
      value:
        factorUgPerWh === undefined ? 'set at validation' : <Amount {...factor(factorUgPerWh)} />,
    },
    {
      label: 'Crediting period',
      value: `${date(project.creditingFrom)} – ${date(project.creditingUntil)}`,
    },
    { label: 'Vintages turn at midnight of', value: utcOffset(project.utcOffsetMinutes) },
    { label: 'Owner', value: <Hash value={project.owner} what="address of the owner" /> },
    ...roles(project),
  ];
}

function roles({ validatorAddress, submitter }: Project): readonly Fact[] {
  if (validatorAddress === undefined || submitter === undefined) return [];
  return [
    {
      label: 'Validated by',
      value: <Hash value={validatorAddress} what="address of the validator" />,
    },
    { label: 'Submitter', value: <Hash value={submitter} what="address of the submitter" /> },
  ];
}

/** What the oracle has judged, ahead of the batches on the chain. */
function Measured({ projectId }: { readonly projectId: number }): ReactNode {
  const query = useProgress(projectId);
  return (
    <Card title="Measured">
      <QueryView
        query={query}
        what="measured energy"
        isEmpty={(progress) => progress === null}
        empty={<Empty title="The oracle does not know this project yet" />}
      >
        {(progress) =>
          progress !== null && (
            <Figures
              items={[
                { label: 'Exported', quantity: energy(progress.totals.exportedWh) },
                { label: 'Imported', quantity: energy(progress.totals.importedWh) },
                { label: 'Excluded', quantity: energy(progress.totals.deductedWh) },
                {
                  label: 'Waiting for a batch',
                  quantity: { value: count(progress.pendingWindows), unit: 'windows' },
                },
              ]}
            />
          )
        }
      </QueryView>
    </Card>
  );
}

function Credited({ project }: { readonly project: Project }): ReactNode {
  return (
    <Card title="Credited">
      <Figures
        items={[
          { label: 'Creditable energy', quantity: energy(project.creditableWh) },
          { label: 'Credits', quantity: tonnes(project.grams) },
          { label: 'Minted', quantity: tonnes(project.mintedGrams) },
          { label: 'Retired', quantity: tonnes(project.retiredGrams) },
        ]}
      />
    </Card>
  );
}

/** Only the owner of the project can register devices for it. */
function RegisterLink({ project }: { readonly project: Project }): ReactNode {
  const { address } = useConnection();
  if (address === undefined || !isAddressEqual(address, project.owner)) return null;
  return <Link href={`/projects/${project.id}/register`}>Register devices</Link>;
}

function ProjectBody({ project }: { readonly project: Project }): ReactNode {
  return (
    <>
      <Card title="Plant">
        <Facts items={plantFacts(project)} />
      </Card>
      <ValidationCard project={project} />
      <DebtCard project={project} />
      <Measured projectId={project.id} />
      <Credited project={project} />
      <ClaimCard project={project} />
      <BooksCard projectId={project.id} />
      <Card title="Devices" aside={<RegisterLink project={project} />}>
        <ProjectDevices projectId={project.id} />
      </Card>
      <Card title="By month">
        <Months projectId={project.id} />
      </Card>
      <Card
        title="Batches"
        aside={<Link href={`/projects/${project.id}/versions`}>Other methodology versions</Link>}
      >
        <ProjectBatches projectId={project.id} />
      </Card>
      <Card title="What was excluded and why">
        <ProjectFindings projectId={project.id} />
      </Card>
      <InvoiceCard project={project} />
      <ExportCard scope={{ projectId: project.id }} />
    </>
  );
}

function KnownProjectPage({ id }: { readonly id: number }): ReactNode {
  const query = useProject(id);
  const title = query.data?.name ?? `Project ${id}`;
  return (
    <Page title={title} back={{ href: '/projects', label: 'All projects' }}>
      <QueryView
        query={query}
        what="project"
        isEmpty={(project) => project === null}
        empty={<Empty title="The chain knows no project with this number" />}
      >
        {(project) => project !== null && <ProjectBody project={project} />}
      </QueryView>
    </Page>
  );
}

/** One plant: its devices, its batches and what did not count. */
export function ProjectPage({ id }: { readonly id: string }): ReactNode {
  // Nine digits fit GraphQL's 32-bit integers.
  if (/^\d{1,9}$/.test(id)) return <KnownProjectPage id={Number(id)} />;
  return (
    <Page title="No such project" back={{ href: '/projects', label: 'All projects' }}>
      <Empty title={`"${id}" is not the number of a project`} />
    </Page>
  );
}
