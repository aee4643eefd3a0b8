import type { ReactNode } from 'react';
import type { EnteredQuantity } from '../../api/index.ts';
import { TextField } from '../../ui/index.ts';

interface AmountProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Of a plain number or share, which has no unit, `undefined`. */
  readonly unitHint: string | undefined;
  readonly entered: EnteredQuantity;
  readonly onChange: (change: Partial<EnteredQuantity>) => void;
}

/** A figure with its unit and, where it is known, how uncertain it is. */
export function AmountFields(props: AmountProps): ReactNode {
  const { label, hint, unitHint, entered, onChange } = props;
  return (
    <div className="form form-wide">
      <TextField
        label={label}
        value={entered.value}
        onChange={(value) => onChange({ value })}
        inputMode="decimal"
        hint={hint}
      />
      {unitHint !== undefined && (
        <TextField
          label="Unit"
          value={entered.unit}
          onChange={(unit) => onChange({ unit })}
          hint={unitHint}
        />
      )}
      <UncertaintyField
        value={entered.uncertaintyPercent}
        onChange={(uncertaintyPercent) => onChange({ uncertaintyPercent })}
      />
    </div>
  );
}

/** An emission has an interval only where every figure of it, and its factor, states one. */
export function UncertaintyField(props: {
  readonly value: string | undefined;
  readonly onChange: (percent: string) => void;
}): ReactNode {
  return (
    <TextField
      label="Uncertainty, ±%"
      value={props.value ?? ''}
      onChange={props.onChange}
      inputMode="decimal"
      maxLength={20}
      hint="Half of the 95 % interval; empty where it is not known"
    />
  );
}
