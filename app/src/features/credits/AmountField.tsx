import type { ReactNode } from 'react';
import { fixedPoint, phrase, TextField, tonnes } from '../../ui/index.ts';
import { checkAmount, type Holding } from './holding.ts';

interface AmountFieldProps {
  readonly holding: Holding;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Whether to show what is wrong yet. */
  readonly show: boolean;
}

/** An amount of credits in tonnes, exact to the gram. */
export function AmountField({ holding, value, onChange, show }: AmountFieldProps): ReactNode {
  const checked = checkAmount(value, holding);
  return (
    <TextField
      label="Amount in t CO₂e"
      hint={`You hold ${phrase(tonnes(holding.grams))}. 0.000001 t is one gram.`}
      inputMode="decimal"
      value={value}
      onChange={onChange}
      error={show && !checked.ok ? checked.problem : undefined}
      required
      action={
        <button
          type="button"
          className="button button-quiet"
          onClick={() => onChange(fixedPoint(holding.grams, 6))}
        >
          All
        </button>
      }
    />
  );
}
