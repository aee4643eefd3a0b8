import type { ReactNode } from 'react';
import { GWP_SETS, type GwpSet } from '../../api/index.ts';
import { GWP_OPTIONS } from '../../forms/index.ts';
import { SelectField } from '../../ui/index.ts';

interface GwpProps {
  readonly value: GwpSet | undefined;
  readonly onChange: (gwpSet: GwpSet) => void;
}

/** The warming potentials that somebody else's CO2e was computed with. */
export function GwpField({ value, onChange }: GwpProps): ReactNode {
  return (
    <SelectField
      label="CO₂e under"
      value={value ?? ''}
      onChange={(chosen) => {
        const gwpSet = GWP_SETS.find((one) => one === chosen);
        if (gwpSet !== undefined) onChange(gwpSet);
      }}
      options={GWP_OPTIONS}
    />
  );
}
