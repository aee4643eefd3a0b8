import { useState, type ReactNode } from 'react';
import { addSupplier, type NewSupplier } from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import { Card, Refusal, TextField } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { problemOfSupplier } from './draft.ts';

const EMPTY: NewSupplier = { name: '', country: '', naics: null, contact: '' };

function SupplierFields(props: {
  readonly draft: NewSupplier;
  readonly onChange: (draft: NewSupplier) => void;
}): ReactNode {
  const { draft, onChange } = props;
  const set = (change: Partial<NewSupplier>): void => onChange({ ...draft, ...change });
  return (
    <>
      <TextField
        label="Name"
        value={draft.name}
        onChange={(name) => set({ name })}
        maxLength={120}
      />
      <TextField
        label="Country"
        value={draft.country}
        onChange={(country) => set({ country: country.toUpperCase() })}
        placeholder="GB"
        maxLength={2}
      />
      <TextField
        label="Industry (NAICS)"
        value={draft.naics ?? ''}
        onChange={(naics) => set({ naics: naics === '' ? null : naics })}
        hint="Six digits; estimates by spend are made with it"
        inputMode="decimal"
        maxLength={6}
      />
      <TextField
        label="Contact"
        value={draft.contact}
        onChange={(contact) => set({ contact })}
        maxLength={200}
      />
    </>
  );
}

export function AddSupplierForm(): ReactNode {
  const { id } = useOrganisation();
  const [draft, setDraft] = useState(EMPTY);
  const adding = useWrite(
    (writer, body: NewSupplier) => addSupplier(writer, id, body),
    () => setDraft(EMPTY),
  );
  const problem = problemOfSupplier(draft);
  return (
    <Card title="Add a supplier">
      <form
        className="form form-wide"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (problem === undefined) adding.mutate({ ...draft, name: draft.name.trim() });
        }}
      >
        <SupplierFields draft={draft} onChange={setDraft} />
        <div className="form-actions">
          <button
            type="submit"
            className="button"
            disabled={problem !== undefined || adding.isPending}
          >
            Add
          </button>
          <span className="small muted" aria-live="polite">
            {problem}
          </span>
        </div>
      </form>
      <Refusal error={adding.error} what="It was not added" />
    </Card>
  );
}
