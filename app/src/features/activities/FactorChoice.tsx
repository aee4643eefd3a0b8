import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { fetchFactors, fetchPrivateFactors, type Factor } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useOwn } from '../../data/index.ts';
import { count, Empty, QueryView, SelectField, TextField } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';

interface FactorChoiceProps {
  readonly legend: string;
  /** Year of the activity; factors of other years are not offered. */
  readonly year: string;
  /** Scope of the method; factors that have no place in it are not offered. */
  readonly scope: string;
  readonly value: string;
  readonly onChange: (factor: Factor) => void;
}

function labelOf({ name, region, unit, set, year }: Factor): string {
  return `${name}: ${region}, ${year}, per ${unit} (${set})`;
}

const NONE = (
  <Empty title="No factor is called that">
    <p>Try fewer words, another region, or a day of another year.</p>
  </Empty>
);

/** A choice of hundreds is no choice: whoever misses a factor is told that there are more. */
function Unlisted(props: { readonly shown: number; readonly total: number }): ReactNode {
  const { shown, total } = props;
  if (shown >= total) return null;
  return (
    <p className="small muted">
      The first {count(shown)} of the public ones are listed: add a word or the region for the
      others.
    </p>
  );
}

function Found(
  props: Pick<FactorChoiceProps, 'value' | 'onChange'> & {
    readonly items: readonly Factor[];
    readonly total: number;
    readonly ours: readonly Factor[];
  },
): ReactNode {
  const { items, total, ours, value, onChange } = props;
  const all = [...ours, ...items];
  return (
    <>
      <SelectField
        label={`${total + ours.length} found`}
        value={value}
        onChange={(factorId) => {
          const chosen = all.find((one) => one.id === factorId);
          if (chosen !== undefined) onChange(chosen);
        }}
        options={[
          { value: '', label: 'Choose one' },
          ...all.map((one) => ({ value: one.id, label: labelOf(one) })),
        ]}
      />
      <Unlisted shown={items.length} total={total} />
    </>
  );
}

/** Finds the factor of an activity by words and region. */
export function FactorChoice(props: FactorChoiceProps): ReactNode {
  const { legend, year, scope, value, onChange } = props;
  const { oracleUrl } = useDeployment();
  const { id } = useOrganisation();
  const [text, setText] = useState('');
  const [region, setRegion] = useState('');
  const asked = { text, activity: '', region, year, unit: '', set: '', scope };
  const query = useQuery({
    queryKey: ['factors', asked],
    queryFn: () => fetchFactors(oracleUrl, asked, undefined),
    enabled: text.trim().length > 1,
  });
  const own = useOwn([id, 'private-factors', asked], () =>
    fetchPrivateFactors(oracleUrl, id, asked),
  );
  const ours = own.data ?? [];
  return (
    <fieldset className="columns-field">
      <legend>{legend}</legend>
      <div className="form form-wide">
        <TextField
          label="Search"
          value={text}
          onChange={setText}
          placeholder="natural gas, diesel, electricity"
        />
        <TextField
          label="Region of the factor"
          value={region}
          onChange={setRegion}
          placeholder="GBR"
        />
      </div>
      {text.trim().length > 1 && (
        <QueryView
          query={query}
          what="factors"
          isEmpty={({ items }) => items.length === 0 && ours.length === 0}
          empty={NONE}
        >
          {({ items, total }) => (
            <Found items={items} total={total} ours={ours} value={value} onChange={onChange} />
          )}
        </QueryView>
      )}
    </fieldset>
  );
}
