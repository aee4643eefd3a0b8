import { useState, type ReactNode } from 'react';
import { GOAL_SCOPES, saveGoal, type Goal, type GoalBody } from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import { CheckField, ChoiceField, Refusal, scopeName, TextField } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { outputYears, problemOf, toBody, withScope, type GoalDraft } from './draft.ts';

interface FieldsProps {
  readonly draft: GoalDraft;
  readonly onChange: (draft: GoalDraft) => void;
}

function KindFields({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <>
      <ChoiceField
        legend="What is reduced"
        value={draft.kind}
        onChange={(kind) => onChange({ ...draft, kind })}
        options={[
          { value: 'absolute', label: 'Emissions' },
          { value: 'intensity', label: 'Emissions per unit of output' },
        ]}
      />
      <ChoiceField
        legend="Path"
        value={draft.path}
        onChange={(path) => onChange({ ...draft, path })}
        options={[
          { value: 'linear', label: 'A straight line' },
          {
            value: 'sbti-1.5',
            label: 'SBTi 1.5 °C',
            note: 'At least 4.2 % of the base year, each year',
          },
        ]}
      />
    </>
  );
}

function ScopeFields({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <fieldset className="columns-field">
      <legend>Scopes</legend>
      {GOAL_SCOPES.map((scope) => (
        <CheckField
          key={scope}
          label={scopeName(scope)}
          checked={draft.scopes.includes(scope)}
          onChange={(wanted) => onChange(withScope(draft, scope, wanted))}
        />
      ))}
    </fieldset>
  );
}

function OutputFields({ draft, onChange }: FieldsProps): ReactNode {
  const [thisYear] = useState(() => new Date().getUTCFullYear());
  return (
    <fieldset className="columns-field">
      <legend>Output</legend>
      <div className="form form-wide">
        <TextField
          label="Unit of output"
          value={draft.outputUnit}
          onChange={(outputUnit) => onChange({ ...draft, outputUnit })}
          placeholder="tonnes of steel"
          maxLength={60}
        />
        {outputYears(draft, thisYear).map((year) => (
          <TextField
            key={year}
            label={`Output of ${year}`}
            value={draft.outputs[year] ?? ''}
            onChange={(amount) =>
              onChange({ ...draft, outputs: { ...draft.outputs, [year]: amount } })
            }
            inputMode="decimal"
          />
        ))}
      </div>
    </fieldset>
  );
}

type TypedField = 'name' | 'baseYear' | 'targetYear' | 'reductionPercent' | 'thresholdPercent';

function TargetFields({ draft, onChange }: FieldsProps): ReactNode {
  const set = (name: TypedField) => (value: string) =>
    onChange({ ...draft, [name]: name === 'name' ? value : value.trim() });
  return (
    <div className="form form-wide">
      <TextField label="Name" value={draft.name} onChange={set('name')} maxLength={120} />
      <TextField
        label="Base year"
        value={draft.baseYear}
        onChange={set('baseYear')}
        inputMode="decimal"
        maxLength={4}
      />
      <TextField
        label="Target year"
        value={draft.targetYear}
        onChange={set('targetYear')}
        inputMode="decimal"
        maxLength={4}
      />
      <TextField
        label="Reduction, %"
        value={draft.reductionPercent}
        onChange={set('reductionPercent')}
        inputMode="decimal"
        placeholder="42"
      />
      <TextField
        label="Recalculate the base from, %"
        value={draft.thresholdPercent}
        onChange={set('thresholdPercent')}
        inputMode="decimal"
        hint="The threshold of your recalculation policy: how far the base year's total may move. SBTi takes at most 5"
      />
    </div>
  );
}

interface GoalFormProps {
  /** `undefined`: a new one. */
  readonly known?: Goal;
  readonly first: GoalDraft;
  readonly onDone?: () => void;
}

/** Sets a goal, or changes one. */
export function GoalForm({ known, first, onDone }: GoalFormProps): ReactNode {
  const { id } = useOrganisation();
  const [draft, setDraft] = useState(first);
  const saving = useWrite(
    (writer, body: GoalBody) => saveGoal(writer, id, known, body),
    () => {
      setDraft(first);
      onDone?.();
    },
  );
  const problem = problemOf(draft);
  const fields = { draft, onChange: setDraft };
  return (
    <form
      className="stack-small"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined) saving.mutate(toBody(draft));
      }}
    >
      <TargetFields {...fields} />
      <KindFields {...fields} />
      <ScopeFields {...fields} />
      {draft.kind === 'intensity' && <OutputFields {...fields} />}
      <div className="row">
        <button
          type="submit"
          className="button"
          disabled={problem !== undefined || saving.isPending}
        >
          {known === undefined ? 'Set the goal' : 'Save'}
        </button>
        <span className="small muted" aria-live="polite">
          {problem}
        </span>
      </div>
      <Refusal error={saving.error} what="It was not saved" />
    </form>
  );
}
