import { useState, type ReactNode } from 'react';
import { useSearch } from 'wouter';
import type { DryRunQuestion, DryRunScope } from '../../api/index.ts';
import { useDryRun, useProject } from '../../data/index.ts';
import { Card, Empty, Page, QueryView, TextField } from '../../ui/index.ts';
import { DifferenceCard } from './Difference.tsx';
import { VersionTable } from './VersionTable.tsx';

const DECIMAL = /^(\d{1,12}(\.\d{1,12})?)?$/;

const FIELDS = [
  { name: 'operatingMargin', label: 'Operating margin of the grid, g CO₂e/kWh' },
  { name: 'buildMargin', label: 'Build margin of the grid, g CO₂e/kWh' },
  { name: 'permissibleErrorPercent', label: 'Maximum permissible error of the meter, %' },
] as const;

const HINTS = {
  operatingMargin: 'where no table has it',
  buildMargin: 'where no table has it',
  permissibleErrorPercent: 'in place of what the owner stated; 0 for none',
} as const;

function Question(props: { readonly onAsk: (question: DryRunQuestion) => void }): ReactNode {
  const [values, setValues] = useState<DryRunQuestion>({});
  const wrong = FIELDS.filter(({ name }) => !DECIMAL.test(values[name] ?? ''));
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.length === 0) props.onAsk(values);
      }}
    >
      {FIELDS.map(({ name, label }) => (
        <TextField
          key={name}
          label={label}
          hint={HINTS[name]}
          inputMode="decimal"
          value={values[name] ?? ''}
          error={DECIMAL.test(values[name] ?? '') ? undefined : 'a decimal such as 0.5'}
          onChange={(value) => setValues({ ...values, [name]: value })}
        />
      ))}
      <p>
        <button type="submit" className="button" disabled={wrong.length > 0}>
          Calculate again
        </button>
      </p>
    </form>
  );
}

function DryRun({ scope }: { readonly scope: DryRunScope }): ReactNode {
  const [question, setQuestion] = useState<DryRunQuestion>({});
  const query = useDryRun(scope, question);
  return (
    <Card title="What would it earn?">
      <QueryView
        query={query}
        what="dry run"
        isEmpty={(rows) => rows.every(({ result, missing }) => (result ?? missing) === undefined)}
        empty={<Empty title="The project has no batch yet" />}
      >
        {(rows) => <VersionTable rows={rows} />}
      </QueryView>
      <Question onAsk={setQuestion} />
    </Card>
  );
}

function KnownVersionsPage({ id }: { readonly id: number }): ReactNode {
  const batch = new URLSearchParams(useSearch()).get('batch') ?? '';
  const ofBatch = /^\d{1,20}$/.test(batch);
  const project = useProject(id);
  const of = ofBatch ? `batch ${batch}` : 'all batches';
  const back = ofBatch
    ? { href: `/batches/${batch}`, label: `Batch ${batch}` }
    : { href: `/projects/${id}`, label: project.data?.name ?? `Project ${id}` };
  return (
    <Page
      title="Methodology versions"
      lead={`What ${of} would earn under each version, from the stored readings. Nothing changes.`}
      back={back}
    >
      <DryRun key={batch} scope={ofBatch ? { batchId: BigInt(batch) } : { projectId: id }} />
      <DifferenceCard />
    </Page>
  );
}

/** The dry run of a project's batches under every methodology version, and what the versions differ in. */
export function VersionsPage({ id }: { readonly id: string }): ReactNode {
  if (/^\d{1,9}$/.test(id)) return <KnownVersionsPage id={Number(id)} />;
  return (
    <Page title="No such project" back={{ href: '/projects', label: 'All projects' }}>
      <Empty title={`"${id}" is not the number of a project`} />
    </Page>
  );
}
