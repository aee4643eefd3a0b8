import { useState, type ReactNode } from 'react';
import {
  fetchPortal,
  GWP_SETS,
  submitFigure,
  withdrawFigure,
  type NewFigure,
  type SupplierFigure,
} from '../../api/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import {
  Card,
  DateField,
  Empty,
  Notice,
  QueryView,
  Refusal,
  SCOPE_3_CATEGORIES,
  SelectField,
  Table,
  TextField,
} from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { problemOfFigure } from './draft.ts';
import { FIGURE_COLUMNS } from './figureWords.tsx';

function emptyFigure(): NewFigure {
  const year = new Date().getUTCFullYear() - 1;
  return {
    ...{ firstDay: `${year}-01-01`, lastDay: `${year}-12-31`, category: '1' },
    ...{ kgCo2e: '', gwpSet: 'AR5', source: '' },
  };
}

function FigureFields(props: {
  readonly draft: NewFigure;
  readonly onChange: (change: Partial<NewFigure>) => void;
}): ReactNode {
  const { draft, onChange } = props;
  return (
    <>
      <DateField
        label="First day"
        value={draft.firstDay}
        onChange={(firstDay) => onChange({ firstDay })}
      />
      <DateField
        label="Last day"
        value={draft.lastDay}
        onChange={(lastDay) => onChange({ lastDay })}
      />
      <SelectField
        label="Category of Scope 3 of the buyer"
        value={draft.category}
        onChange={(category) => onChange({ category })}
        options={SCOPE_3_CATEGORIES}
      />
      <TextField
        label="Kilograms of CO₂e"
        value={draft.kgCo2e}
        onChange={(kgCo2e) => onChange({ kgCo2e: kgCo2e.trim() })}
        inputMode="decimal"
        hint="Of what the buyer bought in these days"
      />
      <SelectField
        label="Warming potentials"
        value={draft.gwpSet}
        onChange={(value) =>
          onChange({ gwpSet: GWP_SETS.find((one) => one === value) ?? draft.gwpSet })
        }
        options={GWP_SETS.map((one) => ({ value: one, label: one }))}
      />
      <TextField
        label="Where it is from"
        value={draft.source}
        onChange={(source) => onChange({ source })}
        placeholder="Report 2024, assured by …"
        maxLength={400}
      />
    </>
  );
}

function Submit(): ReactNode {
  const { id } = useOrganisation();
  const [draft, setDraft] = useState(emptyFigure);
  const submitting = useWrite(
    (writer, body: NewFigure) => submitFigure(writer, id, body),
    () => setDraft(emptyFigure()),
  );
  const problem = problemOfFigure(draft);
  return (
    <Card title="Submit a figure">
      <form
        className="form form-wide"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (problem === undefined) submitting.mutate(draft);
        }}
      >
        <FigureFields draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
        <div className="form-actions">
          <button
            type="submit"
            className="button"
            disabled={problem !== undefined || submitting.isPending}
          >
            Submit
          </button>
          <span className="small muted" aria-live="polite">
            {problem}
          </span>
        </div>
      </form>
      {submitting.isSuccess && <Notice tone="good" role="status" title="It was submitted" />}
      <Refusal error={submitting.error} what="It was not submitted" />
    </Card>
  );
}

function Withdraw({ id: which }: SupplierFigure): ReactNode {
  const { id } = useOrganisation();
  const withdrawing = useWrite((writer, one: string) => withdrawFigure(writer, id, one));
  return (
    <>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={withdrawing.isPending}
        onClick={() => withdrawing.mutate(which)}
      >
        Take back
      </button>
      <Refusal error={withdrawing.error} what="It was not taken back" />
    </>
  );
}

/** What a supplier sees: itself, its own figures, and nothing else. */
export function Portal(): ReactNode {
  const { id } = useOrganisation();
  const query = useOwn([id, 'portal'], (oracleUrl) => fetchPortal(oracleUrl, id));
  return (
    <QueryView query={query} what="portal">
      {({ organisation, supplier, figures }) => (
        <>
          <Card title={`${supplier.name}, for ${organisation}`}>
            {figures.length === 0 ? (
              <Empty title="You have submitted no figure yet" />
            ) : (
              <Table
                caption="Your figures"
                rows={figures}
                rowKey={(one) => one.id}
                columns={[
                  ...FIGURE_COLUMNS,
                  {
                    header: 'Take back',
                    cell: (one) =>
                      one.state === 'submitted' ? (
                        <Withdraw {...one} />
                      ) : (
                        <span className="muted">–</span>
                      ),
                  },
                ]}
              />
            )}
          </Card>
          <Submit />
        </>
      )}
    </QueryView>
  );
}
