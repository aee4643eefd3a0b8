import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { startExport, type ExportRequest } from '../../api/index.ts';
import { keepVisitorToken, useFiling } from '../../data/index.ts';
import { explain } from '../../errors/index.ts';
import { Card, date, DateField, Notice, SelectField } from '../../ui/index.ts';
import { ExportTask } from './ExportTask.tsx';
import { checkSpan } from './span.ts';

const SECONDS_PER_DAY = 86_400;
/** What is offered first: the last 30 days. */
const DAYS = 30;

const KINDS = [
  { value: 'readings', label: 'Readings with states' },
  { value: 'hour', label: 'Energy by hour' },
  { value: 'day', label: 'Energy by day' },
  { value: 'month', label: 'Energy by month' },
] as const;
type Kind = (typeof KINDS)[number]['value'];

const requestOf = (kind: Kind): Pick<ExportRequest, 'kind' | 'bucket'> =>
  kind === 'readings' ? { kind } : { kind: 'energy', bucket: kind };

const FORMATS = [
  { value: 'csv', label: 'CSV' },
  { value: 'parquet', label: 'Parquet' },
] as const;

/** Whose measurements. */
export type ExportScope = { readonly deviceId: string } | { readonly projectId: number };

interface ExportFormProps {
  readonly scope: ExportScope;
  readonly busy: boolean;
  readonly onStart: (request: ExportRequest) => void;
}

function ExportForm({ scope, busy, onStart }: ExportFormProps): ReactNode {
  const [kind, setKind] = useState<Kind>('readings');
  const [format, setFormat] = useState<ExportRequest['format']>('csv');
  const [last, setLast] = useState(() => date(Date.now() / 1000));
  const [first, setFirst] = useState(() => date(Date.now() / 1000 - DAYS * SECONDS_PER_DAY));
  const span = checkSpan(first, last);
  return (
    <form
      className="form form-wide"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (span.ok) onStart({ ...scope, ...requestOf(kind), format, ...span.value });
      }}
    >
      <SelectField
        label="What"
        value={kind}
        onChange={(value) => setKind(KINDS.find((one) => one.value === value)?.value ?? 'readings')}
        options={KINDS}
      />
      <SelectField
        label="Format"
        value={format}
        onChange={(value) => setFormat(value === 'parquet' ? 'parquet' : 'csv')}
        options={FORMATS}
      />
      <DateField label="First day (UTC)" value={first} onChange={setFirst} />
      <DateField label="Last day (UTC)" value={last} onChange={setLast} />
      <div className="form-actions">
        <button type="submit" className="button" disabled={busy || !span.ok}>
          {busy ? 'Asking …' : 'Export'}
        </button>
        <span className="field-error" aria-live="polite">
          {span.ok ? '' : span.problem}
        </span>
      </div>
    </form>
  );
}

/** Exports measurements of a device or a project to a file. */
export function ExportCard({ scope }: { readonly scope: ExportScope }): ReactNode {
  const starting = useFiling(async (filer, request: ExportRequest) => {
    const { id, visitorToken } = await startExport(filer, request);
    keepVisitorToken(visitorToken);
    return id;
  });
  const problem = starting.error === null ? undefined : explain(starting.error);
  return (
    <Card title="Export" aside={<Link href="/fleet/exports">Your exports</Link>}>
      <ExportForm scope={scope} busy={starting.isPending} onStart={starting.mutate} />
      {problem !== undefined && (
        <Notice tone="bad" role="alert" title={`It was not started: ${problem.title}`}>
          <p className="small">
            {problem.detail ?? problem.todo} <code>{problem.code}</code>
          </p>
        </Notice>
      )}
      {starting.data !== undefined && <ExportTask key={starting.data} id={starting.data} />}
    </Card>
  );
}
