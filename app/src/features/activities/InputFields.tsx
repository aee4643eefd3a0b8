import type { ReactNode } from 'react';
import { isReported, type EnteredQuantity, type Method } from '../../api/index.ts';
import { DateField, SelectField, TextField } from '../../ui/index.ts';
import { AmountFields } from './AmountFields.tsx';
import type { Draft } from './draft.ts';

const NOTHING = { value: '', unit: '' };

interface InputFieldsProps {
  readonly method: Method;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** What the chosen method takes: each input with its unit. */
export function InputFields({ method, draft, onChange }: InputFieldsProps): ReactNode {
  const part = method.parts.find(({ name }) => name === draft.part);
  const set = (name: string, change: Partial<EnteredQuantity>): void => {
    const old = draft.inputs[name] ?? NOTHING;
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
      {part?.inputs.map((input) => (
        <FigureFields
          key={input.name}
          input={input}
          reported={isReported(method)}
          entered={draft.inputs[input.name] ?? NOTHING}
          onChange={(change) => set(input.name, change)}
        />
      ))}
    </>
  );
}

interface FigureProps {
  readonly input: Method['parts'][number]['inputs'][number];
  /** Whether the figures are CO2e already, so that no factor says what a unit has to be. */
  readonly reported: boolean;
  readonly entered: EnteredQuantity;
  readonly onChange: (change: Partial<EnteredQuantity>) => void;
}

/** A figure with its unit; of one that others publish, who did and when. */
function FigureFields({ input, reported, entered, onChange }: FigureProps): ReactNode {
  const { label, kind, optional, sourced } = input;
  return (
    <>
      <AmountFields
        label={optional ? `${label} (may be left out)` : label}
        hint={kind === 'share' ? 'From 0 to 1' : undefined}
        unitHint={kind === 'quantity' ? unitHint(input, reported) : undefined}
        entered={entered}
        onChange={onChange}
      />
      {sourced && (
        <div className="form form-wide">
          <TextField
            label="Who publishes the rate"
            value={entered.source ?? ''}
            onChange={(source) => onChange({ source })}
            placeholder="Bank of England"
            maxLength={400}
          />
          <DateField
            label="Day of the rate"
            value={entered.date ?? ''}
            onChange={(date) => onChange({ date })}
          />
        </div>
      )}
    </>
  );
}

function unitHint({ dimension, sourced }: FigureProps['input'], reported: boolean): string {
  if (sourced) return 'The factor’s money per money paid, such as USD:2022/GBP:2022';
  if (reported && dimension === 'mass') return 'Of CO₂e, such as kg or t';
  if (reported && dimension === 'mass*year^-1') return 'Of CO₂e, such as t/year';
  if (dimension !== undefined) return `Of ${dimension}`;
  return reported
    ? 'The same for part and whole: m2, t*km; 1 for a number'
    : 'Such as the factor is per';
}
