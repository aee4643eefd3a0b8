import type { ReactNode } from 'react';
import { useGases } from '../data/index.ts';
import { QueryView, SelectField, TextField } from '../ui/index.ts';
import { gasOptions, MASS_OPTIONS, NEW_GAS, type GasAmount } from './factorOptions.ts';

/** As many as the API takes. */
const MOST = 40;

interface GasRowsProps {
  readonly gases: readonly GasAmount[];
  readonly onChange: (gases: readonly GasAmount[]) => void;
  readonly hint?: string;
}

/** What a factor that a person states has of each gas, of all that the engine knows. */
export function GasRows({ gases, onChange, hint }: GasRowsProps): ReactNode {
  const query = useGases();
  const replace = (index: number, change: Partial<GasAmount>): void =>
    onChange(gases.map((one, place) => (place === index ? { ...one, ...change } : one)));
  return (
    <QueryView query={query} what="gases">
      {(known) => (
        <>
          {gases.map((one, index) => (
            <GasRow
              // A row has no other name than its place; it keeps nothing of its own.
              key={index}
              place={index}
              amount={one}
              options={gasOptions(known)}
              hint={hint}
              onChange={(change) => replace(index, change)}
              onRemove={
                gases.length > 1
                  ? () => onChange(gases.filter((_, place) => place !== index))
                  : undefined
              }
            />
          ))}
          {gases.length < MOST && (
            <div className="row">
              <button
                type="button"
                className="button button-quiet button-small"
                onClick={() => onChange([...gases, { ...NEW_GAS, gas: 'CH4' }])}
              >
                Add a gas
              </button>
            </div>
          )}
        </>
      )}
    </QueryView>
  );
}

interface GasRowProps {
  readonly place: number;
  readonly amount: GasAmount;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly hint: string | undefined;
  readonly onChange: (change: Partial<GasAmount>) => void;
  readonly onRemove: (() => void) | undefined;
}

function GasRow(props: GasRowProps): ReactNode {
  const { place, amount, options, hint, onChange, onRemove } = props;
  const labelOf = (label: string): string => (place === 0 ? label : `${label}, gas ${place + 1}`);
  return (
    <div className="form form-wide">
      <TextField
        label={labelOf('Value')}
        value={amount.value}
        onChange={(value) => onChange({ value })}
        inputMode="decimal"
        hint={place === 0 ? hint : undefined}
        action={
          onRemove !== undefined && (
            <button
              type="button"
              className="button button-quiet button-small"
              aria-label={`Remove gas ${place + 1}`}
              onClick={onRemove}
            >
              Remove
            </button>
          )
        }
      />
      <SelectField
        label={labelOf('Mass')}
        value={amount.massUnit}
        onChange={(massUnit) => onChange({ massUnit })}
        options={MASS_OPTIONS}
      />
      <SelectField
        label={labelOf('Of')}
        value={amount.gas}
        onChange={(gas) => onChange({ gas })}
        options={options}
      />
    </div>
  );
}
