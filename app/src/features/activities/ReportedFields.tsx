import type { ReactNode } from 'react';
import type { FactorRef } from '../../api/index.ts';
import { TextField } from '../../ui/index.ts';
import { GwpField } from './GwpField.tsx';

type Reported = Extract<FactorRef, { readonly kind: 'reported' }>;

interface ReportedProps {
  readonly value: Reported;
  readonly onChange: (reported: Reported) => void;
}

/** Emissions that are CO2e already need no factor, but who reports them and under which potentials. */
export function ReportedFields({ value, onChange }: ReportedProps): ReactNode {
  return (
    <fieldset className="columns-field">
      <legend>Who reports the emissions</legend>
      <div className="form form-wide">
        <TextField
          label="Report"
          value={value.source}
          onChange={(source) => onChange({ ...value, source })}
          maxLength={400}
          placeholder="Sustainability report 2025, page 12"
          hint="No factor is needed: the figure below is CO₂e already."
        />
        <GwpField value={value.gwpSet} onChange={(gwpSet) => onChange({ ...value, gwpSet })} />
      </div>
    </fieldset>
  );
}
