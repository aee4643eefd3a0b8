import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fetchGases } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { QueryView, SelectField } from '../../ui/index.ts';
import { gasLabel } from './words.ts';

interface GasChoiceProps {
  readonly value: string;
  readonly onChange: (gas: string) => void;
}

/** The gas or blend that was let out as it is, of those that the engine values. */
export function GasChoice({ value, onChange }: GasChoiceProps): ReactNode {
  const { oracleUrl } = useDeployment();
  const query = useQuery({ queryKey: ['gases'], queryFn: () => fetchGases(oracleUrl) });
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
