import type { ReactNode } from 'react';
import { SelectField } from '../../ui/index.ts';
import type { Draft } from './draft.ts';
import { FactorFields } from './FactorFields.tsx';
import { UNCHOSEN } from './factorRef.ts';
import { InstrumentFields } from './InstrumentFields.tsx';
import {
  MARKET_SCOPE,
  withChanged,
  withInstrument,
  withoutInstrument,
  type MarketDraft,
} from './market.ts';

interface MarketFieldsProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** What covers the energy on the market-based side: instruments, and the residual mix for the rest. */
export function MarketFields({ draft, onChange }: MarketFieldsProps): ReactNode {
  const { market, date, region } = draft;
  const year = date.slice(0, 4);
  const set = (next: MarketDraft): void => onChange({ ...draft, market: next });
  return (
    <section className="stack-small">
      <h3>Market-based</h3>
      <p className="field-hint">
        The location-based line goes by the factor above alone. The market-based one counts
        certificates first, then contracts, then supplier rates, and what they leave by the residual
        mix.
      </p>
      {market.instruments.map((one, index) => (
        <InstrumentFields
          key={one.key}
          number={index + 1}
          instrument={one}
          onChange={(changed) => set(withChanged(market, changed))}
          onRemove={() => set(withoutInstrument(market, one.key))}
        />
      ))}
      <div>
        <button
          type="button"
          className="button button-quiet"
          onClick={() =>
            set(withInstrument(market, { date, region, energy: draft.inputs['energy'] }))
          }
        >
          Add an instrument
        </button>
      </div>
      <SelectField
        label="What no instrument covers"
        value={market.residual === 'none-published' ? market.residual : 'residual-mix'}
        onChange={(chosen) =>
          set({ ...market, residual: chosen === 'none-published' ? chosen : UNCHOSEN })
        }
        options={[
          { value: 'none-published', label: 'By the grid average: no residual mix is published' },
          { value: 'residual-mix', label: 'By the residual mix' },
        ]}
      />
      {market.residual !== 'none-published' && (
        <FactorFields
          legend="Residual mix"
          year={year}
          scope={MARKET_SCOPE}
          value={market.residual}
          onChange={(residual) => set({ ...market, residual })}
        />
      )}
    </section>
  );
}
