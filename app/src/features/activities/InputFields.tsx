import type { ReactNode } from 'react';
import type { Method } from '../../api/index.ts';
import { SelectField, TextField } from '../../ui/index.ts';
import type { Draft } from './draft.ts';

interface InputFieldsProps {
  readonly method: Method;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** What the chosen method takes: each input with its unit. */
export function InputFields({ method, draft, onChange }: InputFieldsProps): ReactNode {
  const part = method.parts.find(({ name }) => name === draft.part);
  const set = (name: string, change: { value?: string; unit?: string }): void => {
    const old = draft.inputs[name] ?? { value: '', unit: '' };
    onChange({ ...draft, inputs: { ...draft.inputs, [name]: { ...old, ...change } } });
  };
  return (
    <>
      <p className="field-hint">{method.cites}</p>
      {method.parts.length > 1 && (
        <SelectField
          label="Computed from"
          value={draft.part}
          onChange={(name) => onChange({ ...draft, part: name, inputs: {} })}
          options={method.parts.map(({ name, formula }) => ({
            value: name,
            label: `${name}: ${formula}`,
          }))}
        />
      )}
      {part?.inputs.map(({ name, label, kind, dimension, optional }) => (
        <div className="form form-wide" key={name}>
          <TextField
            label={optional ? `${label} (may be left out)` : label}
            value={draft.inputs[name]?.value ?? ''}
            onChange={(value) => set(name, { value })}
            inputMode="decimal"
            hint={kind === 'share' ? 'From 0 to 1' : undefined}
          />
          {kind === 'quantity' && (
            <TextField
              label="Unit"
              value={draft.inputs[name]?.unit ?? ''}
              onChange={(unit) => set(name, { unit })}
              hint={dimension === undefined ? 'Such as the factor is per' : `Of ${dimension}`}
            />
          )}
        </div>
      ))}
    </>
  );
}
