import type { ReactNode } from 'react';
import type { OwnFactor } from '../../api/index.ts';
import { GAS_OPTIONS, MASS_OPTIONS } from '../../forms/index.ts';
import { SelectField, TextField } from '../../ui/index.ts';
import { UncertaintyField } from './AmountFields.tsx';
import { GwpField } from './GwpField.tsx';

interface OwnFactorProps {
  readonly legend: string;
  readonly factor: OwnFactor;
  readonly onChange: (factor: OwnFactor) => void;
}

/** A factor that no set has, stated with its source: a supplier's rate, what a certificate says. */
export function OwnFactorFields({ legend, factor, onChange }: OwnFactorProps): ReactNode {
  const [gas = { gas: 'CO2e', value: '', massUnit: 'kg' }] = factor.gases;
  const set = (change: Partial<OwnFactor>): void => onChange({ ...factor, ...change });
  const setGas = (name: keyof typeof gas) => ({
    value: gas[name],
    onChange: (value: string) => set({ gases: [{ ...gas, [name]: value }] }),
  });
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
        <TextField label="Value" {...setGas('value')} inputMode="decimal" hint="Zero is a value" />
        <SelectField label="Mass" {...setGas('massUnit')} options={MASS_OPTIONS} />
        <SelectField label="Of" {...setGas('gas')} options={GAS_OPTIONS} />
        <TextField label="Per unit" {...setText('unit')} maxLength={40} placeholder="kWh" />
        {gas.gas === 'CO2e' && (
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
