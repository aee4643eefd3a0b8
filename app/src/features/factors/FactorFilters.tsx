import type { ReactNode } from 'react';
import type { FactorQuery } from '../../api/index.ts';
import { useFactorSets } from '../../data/index.ts';
import { SelectField, TextField } from '../../ui/index.ts';

interface FiltersProps {
  readonly query: FactorQuery;
  readonly onChange: (query: FactorQuery) => void;
}

const SCOPES = [
  { value: '', label: 'Any scope' },
  { value: '1', label: 'Scope 1' },
  { value: '2-location', label: 'Scope 2' },
  { value: '3', label: 'Scope 3' },
  { value: 'avoided', label: 'Projects only' },
] as const;

/** What to look for; every field is in the address, so a search can be shared. */
export function FactorFilters({ query, onChange }: FiltersProps): ReactNode {
  const sets = useFactorSets().data ?? [];
  const set = (change: Partial<FactorQuery>): void => onChange({ ...query, ...change });
  return (
    <search className="filters">
      <TextField
        label="Search"
        value={query.text}
        onChange={(text) => set({ text })}
        placeholder="natural gas"
        maxLength={100}
      />
      <TextField
        label="Activity"
        value={query.activity}
        onChange={(activity) => set({ activity })}
        placeholder="electricity/grid average"
        hint="A path, or the wider one that it lies in, such as electricity"
        maxLength={100}
      />
      <TextField
        label="Region"
        value={query.region}
        onChange={(region) => set({ region })}
        placeholder="USA"
        hint="ISO code such as GBR; USA holds its grid regions"
        maxLength={40}
      />
      <TextField
        label="Year of the activity"
        value={query.year}
        onChange={(year) => set({ year: year.replace(/\D/g, '').slice(0, 4) })}
        placeholder="2024"
      />
      <TextField
        label="Unit"
        value={query.unit}
        onChange={(unit) => set({ unit })}
        placeholder="kWh"
        maxLength={20}
      />
      <SelectField
        label="Scope"
        value={query.scope}
        onChange={(scope) => set({ scope })}
        options={SCOPES}
      />
      <SelectField
        label="Set"
        value={query.set}
        onChange={(chosen) => set({ set: chosen })}
        options={[
          { value: '', label: 'All sets' },
          ...sets.map(({ id, title }) => ({ value: id, label: title })),
        ]}
      />
    </search>
  );
}
