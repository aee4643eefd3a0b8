import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import {
  fetchMethods,
  fetchWorkspaces,
  logActivity,
  previewActivity,
  type ActivityBody,
  type Explained,
  type Method,
  type Workspace,
} from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useOwn, useWrite } from '../../data/index.ts';
import {
  Card,
  DateField,
  QueryView,
  Refusal,
  scopeName,
  SelectField,
  TextField,
} from '../../ui/index.ts';
import { OrganisationPage, useOrganisation } from '../organisations/index.ts';
import { EMPTY, missingIn, toBody, withFactor, withMethod, type Draft } from './draft.ts';
import { ExplainedLines } from './ExplainedLines.tsx';
import { FactorChoice } from './FactorChoice.tsx';
import { InputFields } from './InputFields.tsx';

function MethodChoice(props: {
  readonly methods: readonly Method[];
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}): ReactNode {
  const { methods, draft, onChange } = props;
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

/** The result as it would stand, and the button that keeps it. */
function Preview(props: { readonly explained: Explained; readonly body: ActivityBody }): ReactNode {
  const { explained, body } = props;
  const { id } = useOrganisation();
  const [, go] = useLocation();
  const logging = useWrite(
    (writer, sent: ActivityBody) => logActivity(writer, id, sent),
    (made) => go(`/activities/${made.id}?organisation=${id}`),
  );
  return (
    <>
      <ExplainedLines explained={explained} />
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
      <Refusal error={logging.error} what="It was not logged" />
    </>
  );
}

interface EntryProps {
  readonly methods: readonly Method[];
  readonly workspace: Workspace;
}

function Entry({ methods, workspace }: EntryProps): ReactNode {
  const { id } = useOrganisation();
  const [draft, setDraft] = useState(EMPTY);
  const method = methods.find((one) => one.id === draft.method);
  const missing = missingIn(draft, method);
  const body = toBody(draft, workspace.id);
  const previewing = useWrite((writer, sent: ActivityBody) => previewActivity(writer, id, sent));
  const change = (next: Draft): void => {
    previewing.reset();
    setDraft(next);
  };
  return (
    <>
      <Card title="What was done">
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
          <FactorChoice
            year={draft.date.slice(0, 4)}
            scope={method?.uses[0]?.scope ?? ''}
            value={draft.factorId}
            onChange={(factor) => change(withFactor(draft, method, factor))}
          />
          {method !== undefined && <InputFields method={method} draft={draft} onChange={change} />}
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
      {previewing.data !== undefined && <Preview explained={previewing.data} body={body} />}
    </>
  );
}

function NewActivity(): ReactNode {
  const { id } = useOrganisation();
  const { oracleUrl } = useDeployment();
  const methods = useQuery({ queryKey: ['methods'], queryFn: () => fetchMethods(oracleUrl) });
  const workspaces = useOwn([id, 'workspaces'], () => fetchWorkspaces(oracleUrl, id));
  return (
    <QueryView query={methods} what="methods">
      {(all) => (
        <QueryView query={workspaces} what="workspaces">
          {(places) => {
            const open = places.find(({ closedAt }) => closedAt === undefined);
            return open !== undefined && <Entry methods={all} workspace={open} />;
          }}
        </QueryView>
      )}
    </QueryView>
  );
}

/** Logs one activity; the factor and the result are seen before anything is kept. */
export function NewActivityPage(): ReactNode {
  return (
    <OrganisationPage
      title="Log an activity"
      lead="The factor and the result are shown before anything is kept."
    >
      <NewActivity />
    </OrganisationPage>
  );
}
