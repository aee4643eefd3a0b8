import type { ReactNode } from 'react';
import type { Organisation } from '../../api/index.ts';
import { CheckField, ChoiceField, SelectField } from '../../ui/index.ts';

export type FactorRules = Pick<Organisation, 'otherGwpSet' | 'widenRegion' | 'carryForwardYears'>;

const OTHER_SETS = [
  { value: 'refuse', label: 'Refuse it', note: 'The activity needs another factor' },
  { value: 'apart', label: 'Show it apart', note: 'A line of its own that no total contains' },
] as const;
const MOST_YEARS = 10;
const YEARS = Array.from({ length: MOST_YEARS + 1 }, (_, years) => ({
  value: String(years),
  label: years === 0 ? 'Never' : `For ${years} ${years === 1 ? 'year' : 'years'}`,
}));

/** How factors may be chosen where none fits exactly; nothing of it is guessed. */
export function RuleFields(props: {
  readonly rules: FactorRules;
  readonly onChange: (rules: FactorRules) => void;
}): ReactNode {
  const { rules, onChange } = props;
  return (
    <>
      <ChoiceField
        legend="A factor that is published only as CO₂e under other potentials"
        value={rules.otherGwpSet}
        onChange={(otherGwpSet) => onChange({ ...rules, otherGwpSet })}
        options={OTHER_SETS}
      />
      <SelectField
        label="Use a factor after its last year"
        value={String(rules.carryForwardYears)}
        onChange={(years) => onChange({ ...rules, carryForwardYears: Number(years) })}
        options={YEARS}
      />
      <CheckField
        label="A factor of a wider region may stand in"
        checked={rules.widenRegion}
        onChange={(widenRegion) => onChange({ ...rules, widenRegion })}
        hint="Only where the narrow region has none; the line says so."
      />
    </>
  );
}
