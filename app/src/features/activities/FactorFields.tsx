import type { ReactNode } from 'react';
import type { Factor, FactorRef } from '../../api/index.ts';
import { CheckField } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import { FactorChoice } from './FactorChoice.tsx';
import { factorIdOf, factorNameOf, isUnchosen, newOwn, UNCHOSEN } from './factorRef.ts';
import { OwnFactorFields } from './OwnFactorFields.tsx';

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
      <CheckField
        label={`${legend}: state it here`}
        checked={value.kind === 'own'}
        onChange={(own) => onChange(own ? newOwn(gwpSet) : UNCHOSEN)}
        hint="One that no set has, with its source. To use it often, upload it as a private factor."
      />
    </>
  );
}
