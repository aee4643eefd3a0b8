import type { ReactNode } from 'react';
import type { OwnFactor } from '../../api/index.ts';
import { GasRows, hasCo2e } from '../../forms/index.ts';
import { TextField } from '../../ui/index.ts';
import { UncertaintyField } from './AmountFields.tsx';
import { GwpField } from './GwpField.tsx';

interface OwnFactorProps {
  readonly legend: string;
  readonly factor: OwnFactor;
  readonly onChange: (factor: OwnFactor) => void;
}

/** A factor that no set has, stated with its source: a supplier's rate, what a certificate says. */
export function OwnFactorFields({ legend, factor, onChange }: OwnFactorProps): ReactNode {
  const set = (change: Partial<OwnFactor>): void => onChange({ ...factor, ...change });
  const setText = (name: 'name' | 'source' | 'unit') => ({
    value: factor[name],
    onChange: (value: string) => set({ [name]: value }),
  });
  return (
    <fieldset className="columns-field">
      <legend>{legend}</legend>
      <div className="form form-wide">
        <TextField
          label="Name of the factor"
          {...setText('name')}
          maxLength={200}
          placeholder="Green tariff"
        />
        <TextField
          label="Its source"
          {...setText('source')}
          maxLength={400}
          placeholder="Disclosure of the supplier, 2025"
        />
      </div>
      <GasRows gases={factor.gases} onChange={(gases) => set({ gases })} hint="Zero is a value" />
      <div className="form form-wide">
        <TextField label="Per unit" {...setText('unit')} maxLength={40} placeholder="kWh" />
        {hasCo2e(factor.gases) && (
          <GwpField value={factor.gwpSet} onChange={(gwpSet) => set({ gwpSet })} />
        )}
        <UncertaintyField
          value={factor.uncertaintyPercent}
          onChange={(uncertaintyPercent) => set({ uncertaintyPercent })}
        />
      </div>
    </fieldset>
  );
}
