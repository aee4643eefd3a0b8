import { CURRENCIES } from '@truetonne/protocol';
import type { ReactNode } from 'react';
import { useProjects } from '../../data/index.ts';
import { parseCoins, SelectField, TextField } from '../../ui/index.ts';
import { SORTS, sortsOf, type Search, type Sort } from './search.ts';
import { useCurrencies } from './useCurrencies.ts';

const SORT_LABELS: Readonly<Record<Sort, string>> = {
  cheapest: 'Cheapest first',
  dearest: 'Dearest first',
  most: 'Most left first',
  newest: 'Newest first',
  vintage: 'Youngest vintage first',
};

interface SearchFormProps {
  readonly search: Search;
  readonly onChange: (search: Search) => void;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

const any = (label: string): Option => ({ value: '', label });

function distinct(options: readonly Option[]): readonly Option[] {
  return [...new Map(options.map((option) => [option.value, option])).values()].sort((a, b) =>
    a.label.localeCompare(b.label),
  );
}

/** What projects there are decides what can be chosen. */
function useChoices() {
  const projects = useProjects().data ?? [];
  return {
    projects: projects.map(({ id, name }) => ({ value: String(id), label: name })),
    countries: distinct(projects.map(({ country }) => ({ value: country, label: country }))),
    methodologies: distinct(
      projects.flatMap(({ methodologyId, methodology }) =>
        methodology === undefined
          ? []
          : [
              {
                value: String(methodologyId),
                label: `${methodology.code} ${methodology.version}`,
              },
            ],
      ),
    ),
  };
}

const whole = (value: string): number | undefined => (value === '' ? undefined : Number(value));

/** What is wrong with a price: it narrows nothing down then. */
function problemOf(maxPrice: string | undefined, decimals: number): string | undefined {
  const units = maxPrice === undefined ? undefined : parseCoins(maxPrice, decimals);
  return typeof units === 'string' ? units : undefined;
}

function PriceFields({ search, onChange }: SearchFormProps): ReactNode {
  const currencies = useCurrencies();
  const token = search.currency === undefined ? undefined : currencies[search.currency];
  return (
    <>
      <SelectField
        label="Paid in"
        value={search.currency ?? ''}
        onChange={(value) => {
          const currency = CURRENCIES.find((each) => each === value);
          onChange({ ...search, currency, maxPrice: undefined });
        }}
        options={[
          any('Any currency'),
          ...CURRENCIES.flatMap((value) => {
            const label = currencies[value]?.symbol;
            return label === undefined ? [] : [{ value, label }];
          }),
        ]}
      />
      {token !== undefined && (
        <TextField
          label={`At most, ${token.symbol} a tonne`}
          inputMode="decimal"
          value={search.maxPrice ?? ''}
          error={problemOf(search.maxPrice, token.decimals)}
          onChange={(maxPrice) => onChange({ ...search, maxPrice })}
        />
      )}
    </>
  );
}

/** Every field changes the address, and with it the list. */
export function SearchForm({ search, onChange }: SearchFormProps): ReactNode {
  const { projects, countries, methodologies } = useChoices();
  return (
    <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label="Project"
        value={search.projectId === undefined ? '' : String(search.projectId)}
        onChange={(value) => onChange({ ...search, projectId: whole(value) })}
        options={[any('All projects'), ...projects]}
      />
      <TextField
        label="Vintage"
        placeholder="2026"
        inputMode="decimal"
        maxLength={4}
        value={search.vintage === undefined ? '' : String(search.vintage)}
        onChange={(value) => onChange({ ...search, vintage: whole(value.replace(/\D/g, '')) })}
      />
      <SelectField
        label="Country"
        value={search.country ?? ''}
        onChange={(value) => onChange({ ...search, country: value === '' ? undefined : value })}
        options={[any('All countries'), ...countries]}
      />
      <SelectField
        label="Methodology"
        value={search.methodologyId === undefined ? '' : String(search.methodologyId)}
        onChange={(value) => onChange({ ...search, methodologyId: whole(value) })}
        options={[any('All'), ...methodologies]}
      />
      <PriceFields search={search} onChange={onChange} />
      <SelectField
        label="Sorted"
        value={search.sort}
        onChange={(value) => {
          const sort = SORTS.find((each) => each === value);
          if (sort !== undefined) onChange({ ...search, sort });
        }}
        options={sortsOf(search).map((value) => ({ value, label: SORT_LABELS[value] }))}
      />
    </form>
  );
}
