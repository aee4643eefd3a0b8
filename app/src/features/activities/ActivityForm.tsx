import { useState, type ReactNode } from 'react';
import {
  previewActivity,
  takesGas,
  type ActivityBody,
  type Explained,
  type Method,
} from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import { Card, DateField, Refusal, scopeName, SelectField, TextField } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import {
  isPurchased,
  maySayByMeter,
  missingIn,
  toBody,
  withFactor,
  withGas,
  withMethod,
  type Draft,
} from './draft.ts';
import { ExplainedLines } from './ExplainedLines.tsx';
import { FactorFields } from './FactorFields.tsx';
import { gasOf } from './factorRef.ts';
import { GasChoice } from './GasChoice.tsx';
import { InputFields } from './InputFields.tsx';
import { MarketFields } from './MarketFields.tsx';
import { ReadingsFields } from './ReadingsFields.tsx';
import { ReportedFields } from './ReportedFields.tsx';

function MethodChoice(props: {
  readonly methods: readonly Method[];
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}): ReactNode {
  const { methods, draft, onChange } = props;
  const { gwpSet } = useOrganisation();
  const chosen = methods.find(({ id }) => id === draft.method);
  const categories = chosen?.uses.flatMap((use) => use.categories) ?? [];
  return (
    <div className="form form-wide">
      <SelectField
        label="What"
        value={draft.method}
        onChange={(id) =>
          onChange(
            withMethod(
              draft,
              methods.find((one) => one.id === id),
              gwpSet,
            ),
          )
        }
        options={[
          { value: '', label: 'Choose a method' },
          ...methods.map(({ id, title, uses }) => ({
            value: id,
            label: `${scopeName(uses[0]?.scope ?? '')}: ${title}`,
          })),
        ]}
      />
      {categories.length > 1 && (
        <SelectField
          label="Category"
          value={draft.category}
          onChange={(category) => onChange({ ...draft, category })}
          options={categories.map((one) => ({ value: one, label: one.replaceAll('-', ' ') }))}
        />
      )}
    </div>
  );
}

function PlaceFields(props: {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}): ReactNode {
  const { draft, onChange } = props;
  const set = (name: 'date' | 'region' | 'site' | 'evidence') => (value: string) =>
    onChange({ ...draft, [name]: value });
  return (
    <div className="form form-wide">
      <DateField label="Day on which it ended" value={draft.date} onChange={set('date')} />
      <TextField label="Site" value={draft.site} onChange={set('site')} maxLength={120} />
      <TextField
        label="Region"
        value={draft.region}
        onChange={set('region')}
        hint="Only where the method asks for it"
      />
      <TextField
        label="Evidence"
        value={draft.evidence}
        onChange={set('evidence')}
        placeholder="Invoice 2025-118"
        maxLength={400}
      />
    </div>
  );
}

function scopeOf(method: Method | undefined): string {
  return method?.uses[0]?.scope ?? '';
}

/** What turns the figures into emissions; where they are that already, who reports them. */
function FactorPart(props: {
  readonly method: Method | undefined;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}): ReactNode {
  const { method, draft, onChange } = props;
  const set = (factor: Draft['factor']): void => onChange({ ...draft, factor });
  if (draft.factor.kind === 'reported') {
    return <ReportedFields value={draft.factor} onChange={set} />;
  }
  return (
    <>
      {takesGas(method) && (
        <GasChoice value={gasOf(draft.factor)} onChange={(gas) => onChange(withGas(draft, gas))} />
      )}
      <FactorFields
        legend="Factor"
        year={draft.date.slice(0, 4)}
        scope={scopeOf(method)}
        value={draft.factor}
        onChange={(ref, chosen) =>
          chosen === undefined ? set(ref) : onChange(withFactor(draft, method, chosen))
        }
      />
    </>
  );
}

interface ActivityFormProps {
  readonly methods: readonly Method[];
  readonly workspaceId: string;
  readonly start: Draft;
  readonly title: string;
  /** What keeps the result that is shown. */
  readonly keep: (body: ActivityBody) => ReactNode;
}

/** Enters an activity; its factor and result are seen before anything is kept. */
export function ActivityForm(props: ActivityFormProps): ReactNode {
  const { methods, workspaceId, start, title, keep } = props;
  const { id } = useOrganisation();
  const [draft, setDraft] = useState(start);
  const method = methods.find((one) => one.id === draft.method);
  const missing = missingIn(draft, method);
  const body = toBody(draft, workspaceId);
  const previewing = useWrite((writer, sent: ActivityBody) => previewActivity(writer, id, sent));
  const change = (next: Draft): void => {
    previewing.reset();
    setDraft(maySayByMeter(next) ? next : { ...next, readings: undefined });
  };
  return (
    <>
      <Card title={title}>
        <form
          className="stack-small"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (missing === undefined) previewing.mutate(body);
          }}
        >
          <MethodChoice methods={methods} draft={draft} onChange={change} />
          <PlaceFields draft={draft} onChange={change} />
          <FactorPart method={method} draft={draft} onChange={change} />
          {maySayByMeter(draft) && <ReadingsFields draft={draft} onChange={change} />}
          {method !== undefined && draft.readings === undefined && (
            <InputFields method={method} draft={draft} onChange={change} />
          )}
          {isPurchased(draft) && <MarketFields draft={draft} onChange={change} />}
          <div className="row">
            <button
              type="submit"
              className="button"
              disabled={missing !== undefined || previewing.isPending}
            >
              Show the result
            </button>
            <span className="small muted" aria-live="polite">
              {missing}
            </span>
          </div>
          <Refusal error={previewing.error} what="It can't be computed" />
        </form>
      </Card>
      {previewing.data !== undefined && <Result explained={previewing.data}>{keep(body)}</Result>}
    </>
  );
}

/** The result as it would stand, and what keeps it. */
function Result(props: { readonly explained: Explained; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <ExplainedLines explained={props.explained} />
      {props.children}
    </>
  );
}
