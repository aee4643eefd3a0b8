import { useState, type ReactNode } from 'react';
import type { PrivateFactorBody } from '../../api/index.ts';
import { GasRows, GWP_OPTIONS, hasCo2e } from '../../forms/index.ts';
import { Refusal, SelectField, TextField } from '../../ui/index.ts';
import { missingIn, toBody, type FactorDraft } from './draft.ts';

const choices = (...values: readonly (readonly [string, string])[]) =>
  values.map(([value, label]) => ({ value, label }));
const SCOPES = choices(
  ['1', 'Scope 1'],
  ['2-location', 'Scope 2, location-based'],
  ['2-market', 'Scope 2, market-based: a supplier’s rate, an instrument, a residual mix'],
  ['3', 'Scope 3'],
);
const BASES = choices(
  ['combustion', 'Burning, or power at the generator'],
  ['upstream', 'Upstream: well to tank'],
  ['losses', 'Losses of the grid'],
  ['supply-chain', 'Goods and services bought'],
  ['transport', 'Transport'],
  ['waste', 'Waste'],
  ['process', 'A process'],
  ['release', 'A gas let out'],
  ['stay', 'Nights'],
  ['lifecycle', 'The whole life cycle'],
);
const SETS = [...choices(['', 'Choose']), ...GWP_OPTIONS];

interface FactorFormProps {
  readonly start: FactorDraft;
  readonly label: string;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onSend: (body: PrivateFactorBody) => void;
}

/** A factor with its source. */
export function FactorForm(props: FactorFormProps): ReactNode {
  const { start, label, isPending, error, onSend } = props;
  const [draft, setDraft] = useState(start);
  const missing = missingIn(draft);
  const of = (name: keyof Omit<FactorDraft, 'gases'>) => ({
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
  });
  return (
    <form
      className="stack-small"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined) onSend(toBody(draft));
      }}
    >
      <div className="form form-wide">
        <TextField label="Name" {...of('name')} maxLength={200} />
        <TextField label="Source" {...of('source')} maxLength={400} placeholder="Label of 2024" />
        <TextField label="What is done" {...of('activity')} placeholder="heat/district heat" />
        <TextField label="Region" {...of('region')} placeholder="DEU" />
      </div>
      <GasRows gases={draft.gases} onChange={(gases) => setDraft({ ...draft, gases })} />
      <div className="form form-wide">
        <TextField label="Per unit" {...of('unit')} placeholder="kWh" />
        {hasCo2e(draft.gases) && (
          <SelectField label="CO₂e under" {...of('gwpSet')} options={SETS} />
        )}
        <SelectField label="For" {...of('scope')} options={SCOPES} />
        <SelectField label="Covers" {...of('basis')} options={BASES} />
        <TextField
          label="Uncertainty, ±%"
          {...of('uncertaintyPercent')}
          inputMode="decimal"
          maxLength={20}
          hint="Half of the 95 % interval; empty where it is not known"
        />
        <TextField label="First year" {...of('validFrom')} maxLength={4} />
        <TextField label="Last year" {...of('validTo')} maxLength={4} />
      </div>
      <div className="row">
        <button type="submit" className="button" disabled={missing !== undefined || isPending}>
          {label}
        </button>
        <span className="small muted" aria-live="polite">
          {missing}
        </span>
      </div>
      <Refusal error={error} what="It was not kept" />
    </form>
  );
}
