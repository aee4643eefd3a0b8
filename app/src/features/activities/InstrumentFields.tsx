import type { ReactNode } from 'react';
import { INSTRUMENT_KINDS, type InstrumentKind } from '../../api/index.ts';
import { SelectField, TextField } from '../../ui/index.ts';
import { AmountFields } from './AmountFields.tsx';
import { FactorFields } from './FactorFields.tsx';
import { MARKET_SCOPE, type InstrumentDraft } from './market.ts';

const KIND_LABELS: Readonly<Record<InstrumentKind, string>> = {
  certificate: 'Certificate (GO, REC, I-REC)',
  contract: 'Contract, such as a PPA',
  'supplier-rate': 'Rate of the supplier',
};

const toKind = (text: string): InstrumentKind =>
  INSTRUMENT_KINDS.find((one) => one === text) ?? 'certificate';

interface InstrumentFieldsProps {
  readonly number: number;
  readonly instrument: InstrumentDraft;
  readonly onChange: (instrument: InstrumentDraft) => void;
  readonly onRemove: () => void;
}

/** One instrument; the engine refuses it where year, market or energy don't fit what was bought. */
export function InstrumentFields(props: InstrumentFieldsProps): ReactNode {
  const { number, instrument, onChange, onRemove } = props;
  const { kind, energy, vintageYear, factor } = instrument;
  const set = (change: Partial<InstrumentDraft>): void => onChange({ ...instrument, ...change });
  const setText = (name: 'vintageYear' | 'region' | 'evidence') => ({
    value: instrument[name],
    onChange: (value: string) => set({ [name]: value }),
  });
  return (
    <fieldset className="columns-field stack-small">
      <legend>Instrument {number}</legend>
      <div className="form form-wide">
        <SelectField
          label="Kind"
          value={kind}
          onChange={(chosen) => set({ kind: toKind(chosen) })}
          options={INSTRUMENT_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))}
        />
        <TextField
          label="Year it was generated"
          {...setText('vintageYear')}
          maxLength={4}
          hint="That of the activity"
        />
        <TextField
          label="Market"
          {...setText('region')}
          maxLength={60}
          placeholder="GBR"
          hint="Region that it was issued in"
        />
        <TextField
          label="What proves it"
          {...setText('evidence')}
          maxLength={400}
          placeholder="Serials 001 to 100"
        />
      </div>
      <AmountFields
        label="Energy that it covers"
        unitHint="Of energy"
        entered={energy}
        onChange={(change) => set({ energy: { ...energy, ...change } })}
      />
      <FactorFields
        legend={`Factor of instrument ${number}`}
        year={vintageYear}
        scope={MARKET_SCOPE}
        value={factor}
        onChange={(ref) => set({ factor: ref })}
      />
      <div>
        <button type="button" className="button button-quiet button-small" onClick={onRemove}>
          Remove instrument {number}
        </button>
      </div>
    </fieldset>
  );
}
