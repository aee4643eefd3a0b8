import { useState, type ReactNode } from 'react';
import { logActivity, previewActivity, type ActivityBody, type Supplier } from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import { Card, DateField, Notice, Refusal, SelectField, TextField } from '../../ui/index.ts';
import { ExplainedLines } from '../activities/index.ts';
import { InWorkspace, useOrganisation } from '../organisations/index.ts';
import { problemOfSpend, SPEND_CATEGORIES, toSpendActivity, type Spend } from './draft.ts';

function SpendFields(props: {
  readonly draft: Spend;
  readonly onChange: (draft: Spend) => void;
}): ReactNode {
  const { draft, onChange } = props;
  const set = (name: keyof Spend) => (value: string) => onChange({ ...draft, [name]: value });
  return (
    <div className="form form-wide">
      <TextField
        label="Paid, US dollars of 2022"
        value={draft.dollars}
        onChange={set('dollars')}
        inputMode="decimal"
        hint="Other money and years: log it under Activities, with an exchange rate"
      />
      <TextField
        label="Industry (NAICS)"
        value={draft.naics}
        onChange={set('naics')}
        inputMode="decimal"
        maxLength={6}
      />
      <SelectField
        label="Category"
        value={draft.category}
        onChange={set('category')}
        options={SPEND_CATEGORIES}
      />
      <DateField label="Day" value={draft.date} onChange={set('date')} />
      <TextField
        label="Evidence"
        value={draft.evidence}
        onChange={set('evidence')}
        placeholder="Ledger 2024"
        maxLength={400}
      />
    </div>
  );
}

interface EstimateProps {
  readonly supplier: Supplier;
  readonly workspaceId: string;
}

function Estimate({ supplier, workspaceId }: EstimateProps): ReactNode {
  const { id } = useOrganisation();
  const naics = supplier.naics ?? '';
  const [draft, setDraft] = useState({ dollars: '', naics, category: '1', date: '', evidence: '' });
  const previewing = useWrite((writer, sent: ActivityBody) => previewActivity(writer, id, sent));
  const logging = useWrite(
    (writer, sent: ActivityBody) => logActivity(writer, id, sent),
    () => previewing.reset(),
  );
  const problem = problemOfSpend(draft);
  const body = toSpendActivity(draft, workspaceId, supplier.id);
  const change = (next: Spend): void => {
    previewing.reset();
    logging.reset();
    setDraft({ ...draft, ...next });
  };
  return (
    <form
      className="stack-small"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined) previewing.mutate(body);
      }}
    >
      <SpendFields draft={draft} onChange={change} />
      <div className="row">
        <button
          type="submit"
          className="button"
          disabled={problem !== undefined || previewing.isPending}
        >
          Show the estimate
        </button>
        <span className="small muted" aria-live="polite">
          {problem}
        </span>
      </div>
      <Refusal error={previewing.error} what="It can't be estimated" />
      {previewing.data !== undefined && (
        <>
          <ExplainedLines explained={previewing.data} />
          <div>
            <button
              type="button"
              className="button"
              disabled={logging.isPending}
              onClick={() => logging.mutate(body)}
            >
              Log it
            </button>
          </div>
        </>
      )}
      {logging.isSuccess && <Notice tone="good" role="status" title="It is in the inventory" />}
      <Refusal error={logging.error} what="It was not logged" />
    </form>
  );
}

/** Estimates what a supplier emits for an organisation by what was paid. */
export function SpendCard({ supplier }: { readonly supplier: Supplier }): ReactNode {
  return (
    <Card title="Estimate by spend">
      <InWorkspace>
        {(workspaceId) => <Estimate supplier={supplier} workspaceId={workspaceId} />}
      </InWorkspace>
    </Card>
  );
}
