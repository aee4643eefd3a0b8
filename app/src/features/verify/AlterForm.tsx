import type { ReactNode } from 'react';
import { SelectField } from '../../ui/index.ts';
import { ALTERATIONS, isAlteration, type Alteration } from './alter.ts';

interface AlterFormProps {
  readonly what: Alteration;
  readonly onChoose: (what: Alteration) => void;
  readonly onAlter: (what: Alteration) => void;
}

/** Lets a person see for themselves that one changed byte is found. */
export function AlterForm({ what, onChoose, onAlter }: AlterFormProps): ReactNode {
  return (
    <section className="stack-small" aria-label="Try it">
      <h3>Try it: alter one byte</h3>
      <p className="small muted">
        A copy of the file is changed in this browser only. The verifier should find out.
      </p>
      <div className="alter-form">
        <SelectField
          label="What to alter"
          value={what}
          onChange={(value) => {
            if (isAlteration(value)) onChoose(value);
          }}
          options={Object.entries(ALTERATIONS).map(([value, label]) => ({ value, label }))}
        />
        <button type="button" className="button button-quiet" onClick={() => onAlter(what)}>
          Alter one byte and verify
        </button>
      </div>
    </section>
  );
}
