import { useState, type ReactNode } from 'react';
import type { UploadRequest } from '../../api/index.ts';
import { bytes, FileField, phrase, SelectField } from '../../ui/index.ts';
import {
  decodeHead,
  fieldsOf,
  guessChoices,
  mappingOf,
  problemOf,
  readHead,
  type Choices,
} from './columns.ts';

type Kind = UploadRequest['kind'];

const KINDS = [
  { value: 'windows', label: 'Windows that devices signed: they can count' },
  { value: 'readings', label: 'Unsigned readings: shown, never credited' },
] as const;

const DECIMALS = [
  { value: 'auto', label: '1234.5, or 1234,5 where no comma parts the columns' },
  { value: 'point', label: '1234.5' },
  { value: 'comma', label: '1234,5' },
] as const;

/** A head line is at most so long. */
const HEAD_BYTES = 65_536;

interface Picked {
  readonly file: File;
  readonly names: readonly string[];
}

function Columns(props: {
  readonly kind: Kind;
  readonly choices: Choices;
  readonly onChoose: (name: string, field: string) => void;
}): ReactNode {
  const { kind, choices, onChoose } = props;
  const options = [
    { value: '', label: 'not used' },
    ...fieldsOf(kind).map((field) => ({ value: field, label: field })),
  ];
  return (
    <fieldset className="columns-field">
      <legend>What each column is</legend>
      <div className="form form-wide">
        {[...choices].map(([name, field]) => (
          <SelectField
            key={name}
            label={name}
            value={field}
            onChange={(chosen) => onChoose(name, chosen)}
            options={options}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface UploadFormProps {
  readonly busy: boolean;
  readonly onSend: (request: UploadRequest) => void;
}

/** Columns of the picked file, and the button that sends it. */
function PickedFile(
  props: UploadFormProps & { readonly kind: Kind; readonly picked: Picked },
): ReactNode {
  const { kind, picked, busy, onSend } = props;
  const { file, names } = picked;
  const [choices, setChoices] = useState(() => guessChoices(names, kind));
  const [decimal, setDecimal] = useState<UploadRequest['decimal']>('auto');
  const problem = problemOf(choices, kind);
  return (
    <form
      className="stack-small"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined) onSend({ kind, decimal, mapping: mappingOf(choices), file });
      }}
    >
      <p>
        <strong>{file.name}</strong>, {phrase(bytes(file.size))}
      </p>
      <Columns
        kind={kind}
        choices={choices}
        onChoose={(name, field) => setChoices(new Map([...choices, [name, field]]))}
      />
      <SelectField
        label="Decimals are written"
        value={decimal}
        onChange={(value) =>
          setDecimal(DECIMALS.find((one) => one.value === value)?.value ?? decimal)
        }
        options={DECIMALS}
      />
      <div className="row">
        <button type="submit" className="button" disabled={busy || problem !== undefined}>
          Upload
        </button>
        <span className="field-error" aria-live="polite">
          {problem}
        </span>
      </div>
    </form>
  );
}

/** Kind, file and columns of an upload. */
export function UploadForm({ busy, onSend }: UploadFormProps): ReactNode {
  const [kind, setKind] = useState<Kind>('windows');
  const [picked, setPicked] = useState<Picked>();
  const pick = async (file: File): Promise<void> => {
    const head = await file.slice(0, HEAD_BYTES).arrayBuffer();
    setPicked({ file, names: readHead(decodeHead(new Uint8Array(head))) });
  };
  return (
    <>
      <div className="form">
        <SelectField
          label="What the file holds"
          value={kind}
          onChange={(value) => setKind(value === 'readings' ? 'readings' : 'windows')}
          options={KINDS}
        />
      </div>
      <FileField
        label="CSV file from this computer"
        hint="Commas, semicolons or tabs; the first line names the columns."
        accept=".csv,.tsv,.txt,text/csv"
        disabled={busy}
        onFile={(file) => void pick(file)}
      />
      {picked !== undefined && (
        <PickedFile
          key={`${kind} ${picked.file.name} ${picked.file.lastModified}`}
          kind={kind}
          picked={picked}
          busy={busy}
          onSend={onSend}
        />
      )}
    </>
  );
}
