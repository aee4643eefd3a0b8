import { useState, type ReactNode } from 'react';
import type { Writer } from '../../api/index.ts';
import { useWrite } from '../../data/index.ts';
import type { Checked } from '../../forms/index.ts';
import { Refusal } from '../../ui/index.ts';

interface StatementFormProps<Draft, Body> {
  readonly initial: Draft;
  readonly check: (draft: Draft) => Checked<Body>;
  readonly send: (writer: Writer, body: Body) => Promise<unknown>;
  readonly onDone: () => void;
  readonly children: (draft: Draft, onChange: (draft: Draft) => void) => ReactNode;
}

/** A statement, or the correction of one: its fields, what is wrong with it, and why it was refused. */
export function StatementForm<Draft extends { readonly supersedes: number | undefined }, Body>(
  props: StatementFormProps<Draft, Body>,
): ReactNode {
  const { initial, check, send, onDone, children } = props;
  const [draft, setDraft] = useState(initial);
  const [tried, setTried] = useState(false);
  const stating = useWrite(send, onDone);
  const checked = check(draft);
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (checked.ok) stating.mutate(checked.value);
      }}
    >
      {children(draft, setDraft)}
      <p className="field-error" aria-live="polite">
        {tried && !checked.ok ? checked.problem : undefined}
      </p>
      <div className="row">
        <button type="submit" className="button" disabled={stating.isPending}>
          {draft.supersedes === undefined ? 'State it' : 'State the correction'}
        </button>
        <button type="button" className="button button-quiet" onClick={onDone}>
          Cancel
        </button>
      </div>
      <Refusal error={stating.error} what="Nothing is stated" />
    </form>
  );
}
