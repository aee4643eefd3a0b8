import { useState, type ReactNode } from 'react';
import type { PublishedVersion } from '../../api/indexer/index.ts';
import type { Checked } from '../../forms/index.ts';
import { DateField, Facts, SelectField, TextField } from '../../ui/index.ts';
import { checkPlant, type CheckedPlant, type Plant, type PlantDraft } from './plant.ts';

const EMPTY: Omit<PlantDraft, 'methodologyId'> = {
  name: '',
  country: '',
  latitude: '',
  longitude: '',
  utcOffset: '',
  capacity: '',
  from: '',
  until: '',
};

const problemOf = (checked: Checked<unknown>, show: boolean): string | undefined =>
  show && !checked.ok ? checked.problem : undefined;

interface PartProps {
  readonly draft: PlantDraft;
  readonly onChange: (draft: PlantDraft) => void;
  readonly checked: CheckedPlant;
  readonly show: boolean;
}

function PlaceFields({ draft, onChange, checked, show }: PartProps): ReactNode {
  const field = (key: keyof PlantDraft) => ({
    value: draft[key],
    onChange: (value: string) => onChange({ ...draft, [key]: value }),
    error: problemOf(checked[key], show),
    required: true,
  });
  return (
    <>
      <TextField label="Name of the plant" hint="Public; at most 64 bytes" {...field('name')} />
      <TextField label="Country" hint="Two letters of ISO 3166-1" {...field('country')} />
      <div className="field-pair">
        <TextField
          label="Latitude in degrees"
          hint="North is positive"
          placeholder="18.5204"
          {...field('latitude')}
        />
        <TextField
          label="Longitude in degrees"
          hint="East is positive"
          placeholder="73.8567"
          {...field('longitude')}
        />
      </div>
      <TextField
        label="UTC offset of the plant"
        hint="Fixed, without summer time: it decides where days and vintages begin."
        placeholder="+05:30"
        {...field('utcOffset')}
      />
      <TextField
        label="Rated export power in W"
        hint="No device of it is ever credited with more."
        inputMode="decimal"
        placeholder="5000"
        {...field('capacity')}
      />
    </>
  );
}

function PeriodFields({ draft, onChange, checked, show }: PartProps): ReactNode {
  const problems = [checked.methodologyId, checked.from, checked.until].flatMap((each) =>
    show && !each.ok ? [each.problem] : [],
  );
  return (
    <fieldset className="field-group">
      <legend>Crediting period, on the clock of the plant</legend>
      <div className="field-pair">
        <DateField
          label="First day"
          value={draft.from}
          onChange={(from) => onChange({ ...draft, from })}
        />
        <DateField
          label="First day after it"
          value={draft.until}
          onChange={(until) => onChange({ ...draft, until })}
        />
      </div>
      {[...new Set(problems)].map((problem) => (
        <p key={problem} className="field-error" role="alert">
          {problem}
        </p>
      ))}
    </fieldset>
  );
}

/** What a version demands of every batch, before anyone chooses it. */
function Demands({ version }: { readonly version: PublishedVersion | undefined }): ReactNode {
  if (version === undefined) return null;
  const { approvals, recomputation, bufferBps } = version;
  return (
    <Facts
      items={[
        {
          label: 'Each batch needs',
          value: approvals === 0 ? 'no verifier' : `${approvals} of the accredited verifiers`,
        },
        { label: 'Independent recomputation', value: recomputation ? 'has to agree' : 'not asked' },
        { label: 'Share for the buffer', value: `${bufferBps / 100} %` },
      ]}
    />
  );
}

interface PlantFormProps {
  readonly versions: readonly PublishedVersion[];
  readonly disabled: boolean;
  readonly onReview: (plant: Plant, versionName: string) => void;
}

const nameOf = ({ code, version }: PublishedVersion): string => `${code} ${version}`;

/** Place, capacity, methodology version and crediting period of a plant. */
export function PlantForm({ versions, disabled, onReview }: PlantFormProps): ReactNode {
  const [draft, setDraft] = useState<PlantDraft>({
    ...EMPTY,
    methodologyId: String(versions[0]?.id ?? ''),
  });
  const [tried, setTried] = useState(false);
  const checked = checkPlant(draft, versions);
  const version = versions.find(({ id }) => String(id) === draft.methodologyId);
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (checked.plant !== undefined && version !== undefined) {
          onReview(checked.plant, nameOf(version));
        }
      }}
    >
      <PlaceFields draft={draft} onChange={setDraft} checked={checked} show={tried} />
      <SelectField
        label="Methodology version"
        value={draft.methodologyId}
        onChange={(methodologyId) => setDraft({ ...draft, methodologyId })}
        options={versions.map((each) => ({ value: String(each.id), label: nameOf(each) }))}
      />
      <Demands version={version} />
      <PeriodFields draft={draft} onChange={setDraft} checked={checked} show={tried} />
      <div className="row">
        <button type="submit" className="button" disabled={disabled}>
          Review the plant
        </button>
      </div>
    </form>
  );
}
