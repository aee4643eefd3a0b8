import type { ReactNode } from 'react';
import { CheckField, DateField, Notice, SelectField, TextField } from '../ui/index.ts';
import { problemsOf, VISIBILITIES, type DedicationDraft, type Visibility } from './dedication.ts';

const LABELS: Readonly<Record<Visibility, string>> = {
  open: 'Named, for all to see',
  private: 'Private: only a sealed commitment is public',
  none: 'Nobody: for my own wallet',
};

function Warning({ visibility }: { readonly visibility: Visibility }): ReactNode {
  if (visibility === 'private') {
    return (
      <Notice tone="plain" title="The name stays with you">
        <p className="small">
          The chain gets a hash of it and of a random salt. Whoever you give both to can check whom
          this was for; nobody else can. Keep the link that you get at the end: without the salt
          nobody can ever prove it.
        </p>
      </Notice>
    );
  }
  return (
    <Notice tone="warn" title="These words are public for ever">
      <p className="small">Name an organisation, a product or an event: never a person.</p>
    </Notice>
  );
}

interface DedicationFieldsProps {
  readonly draft: DedicationDraft;
  readonly onChange: (draft: DedicationDraft) => void;
  /** Whether to show what is wrong yet. */
  readonly show: boolean;
  /** Whether certificates are made on this chain. */
  readonly certifies: boolean;
}

function PeriodFields({ draft, onChange, show }: DedicationFieldsProps): ReactNode {
  const problem = show ? problemsOf(draft).period : undefined;
  return (
    <fieldset className="field-group">
      <legend>Period that it makes up for (optional)</legend>
      <div className="field-pair">
        <DateField
          label="First day"
          value={draft.from}
          onChange={(from) => onChange({ ...draft, from })}
        />
        <DateField
          label="Last day"
          value={draft.until}
          onChange={(until) => onChange({ ...draft, until })}
        />
      </div>
      {problem !== undefined && <p className="field-error">{problem}</p>}
    </fieldset>
  );
}

/** For whom, what for, for which time, and in whose name credits are retired. */
export function DedicationFields(props: DedicationFieldsProps): ReactNode {
  const { draft, onChange, show, certifies } = props;
  const problems = show ? problemsOf(draft) : {};
  return (
    <>
      <SelectField
        label="Beneficiary is"
        value={draft.visibility}
        onChange={(value) => {
          const visibility = VISIBILITIES.find((each) => each === value);
          if (visibility !== undefined) onChange({ ...draft, visibility });
        }}
        options={VISIBILITIES.map((value) => ({ value, label: LABELS[value] }))}
      />
      <Warning visibility={draft.visibility} />
      {draft.visibility !== 'none' && (
        <TextField
          label="Beneficiary"
          hint="Whose emissions this makes up for"
          placeholder="Example Ltd"
          value={draft.beneficiary}
          onChange={(beneficiary) => onChange({ ...draft, beneficiary })}
          error={problems.beneficiary}
          required
        />
      )}
      <TextField
        label="Purpose"
        hint="What for; public"
        placeholder="Travel in 2026"
        value={draft.purpose}
        onChange={(purpose) => onChange({ ...draft, purpose })}
        error={problems.purpose}
        required
      />
      <PeriodFields {...props} />
      <TextField
        label="In the name of"
        hint="Another wallet, which then holds the certificate. Yours when empty."
        placeholder="0x…"
        value={draft.account}
        onChange={(account) => onChange({ ...draft, account })}
        error={problems.account}
      />
      {certifies && (
        <CheckField
          label="With a certificate on the chain"
          checked={draft.certificate}
          onChange={(certificate) => onChange({ ...draft, certificate })}
        />
      )}
    </>
  );
}
