import type { ReactNode } from 'react';
import type { Factor, FactorRef, NamedFactor } from '../../api/index.ts';
import { CheckField, TextField } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { FactorChoice } from './FactorChoice.tsx';
import { factorIdOf, factorNameOf, isUnchosen, newOwn, UNCHOSEN } from './factorRef.ts';
import { OwnFactorFields } from './OwnFactorFields.tsx';

/** How uncertain a chosen factor is, where a document says it: most publishers state nothing. */
function CitedFields(props: {
  readonly legend: string;
  readonly value: NamedFactor;
  readonly onChange: (ref: NamedFactor) => void;
}): ReactNode {
  const { legend, value, onChange } = props;
  const { percent, source } = value.uncertainty ?? { percent: '', source: '' };
  return (
    <div className="form form-wide">
      <TextField
        label={`${legend}: uncertainty, ±%`}
        value={percent}
        onChange={(typed) => onChange({ ...value, uncertainty: { percent: typed, source } })}
        inputMode="decimal"
        maxLength={20}
        hint="Half of the 95 % interval; empty: what the set states, which mostly is nothing"
      />
      {percent !== '' && (
        <TextField
          label={`${legend}: where its uncertainty is from`}
          value={source}
          onChange={(typed) => onChange({ ...value, uncertainty: { percent, source: typed } })}
          maxLength={400}
          hint="A document that an auditor can be shown"
        />
      )}
    </div>
  );
}

interface FactorFieldsProps {
  readonly legend: string;
  readonly year: string;
  readonly scope: string;
  readonly value: FactorRef;
  /** `chosen`: the factor itself, where it is of a set. */
  readonly onChange: (ref: FactorRef, chosen?: Factor) => void;
}

/** A factor of the sets or of the organisation, or one that is stated here. */
export function FactorFields(props: FactorFieldsProps): ReactNode {
  const { legend, year, scope, value, onChange } = props;
  const { gwpSet } = useOrganisation();
  return (
    <>
      {value.kind === 'own' ? (
        <OwnFactorFields
          legend={legend}
          factor={value.factor}
          onChange={(factor) => onChange({ kind: 'own', factor })}
        />
      ) : (
        <FactorChoice
          legend={legend}
          year={year}
          scope={scope}
          value={factorIdOf(value)}
          onChange={(chosen) => onChange({ kind: 'id', id: chosen.id }, chosen)}
        />
      )}
      {value.kind !== 'own' && !isUnchosen(value) && (
        <p className="field-hint wrap">Chosen: {factorNameOf(value)}</p>
      )}
      {value.kind === 'id' && !isUnchosen(value) && (
        <CitedFields legend={legend} value={value} onChange={onChange} />
      )}
      <CheckField
        label={`${legend}: state it here`}
        checked={value.kind === 'own'}
        onChange={(own) => onChange(own ? newOwn(gwpSet) : UNCHOSEN)}
        hint="One that no set has, with its source. To use it often, upload it as a private factor."
      />
    </>
  );
}
