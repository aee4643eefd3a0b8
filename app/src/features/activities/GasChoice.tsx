import type { ReactNode } from 'react';
import { useGases } from '../../data/index.ts';
import { gasLabel } from '../../forms/index.ts';
import { QueryView, SelectField } from '../../ui/index.ts';

interface GasChoiceProps {
  readonly value: string;
  readonly onChange: (gas: string) => void;
}

/** The gas or blend that was let out as it is, of those that the engine values. */
export function GasChoice({ value, onChange }: GasChoiceProps): ReactNode {
  const query = useGases();
  return (
    <QueryView query={query} what="gases">
      {(gases) => (
        <SelectField
          label="Gas or refrigerant"
          value={value}
          onChange={onChange}
          options={[
            { value: '', label: 'Choose one, or search a factor below' },
            ...gases.map((gas) => ({ value: gas.name, label: gasLabel(gas) })),
          ]}
        />
      )}
    </QueryView>
  );
}
