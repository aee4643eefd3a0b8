import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import {
  fetchMethods,
  inspectFile,
  sendImport,
  type FileInspection,
  type Gas,
  type HeadPlace,
  type ImportRequest,
  type Method,
} from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useGases, useWrite } from '../../data/index.ts';
import {
  bytes,
  Card,
  FileField,
  Notice,
  phrase,
  ProgressBar,
  QueryView,
  Refusal,
} from '../../ui/index.ts';
import { InWorkspace, useOrganisation } from '../organisations/index.ts';
import { firstOptions, problemOf } from './columns.ts';
import { HeadFields } from './HeadFields.tsx';
import { ImportCard } from './ImportCard.tsx';
import { ColumnFields, FormatFields, SharedFields } from './OptionFields.tsx';

interface MappingProps {
  readonly file: File;
  readonly inspection: FileInspection;
  readonly methods: readonly Method[];
  readonly gases: readonly Gas[];
  readonly workspaceId: string;
}

function sendingLabel(fraction: number): string {
  return fraction < 1 ? `Sending: ${Math.floor(fraction * 100)} %` : 'Being taken …';
}

/** Sends the file; a dry run stays here, an import goes to its own page. */
function useSending() {
  const { id } = useOrganisation();
  const [, go] = useLocation();
  const [fraction, setFraction] = useState(0);
  const sending = useWrite(
    (writer, request: ImportRequest) => sendImport(writer, id, request, setFraction),
    (made) => {
      if (!made.dryRun) go(`/imports/${made.id}?organisation=${id}`);
    },
  );
  return { sending, fraction };
}

function Encoding({ encoding }: FileInspection): ReactNode {
  if (encoding !== 'windows-1252') return null;
  return (
    <Notice tone="plain" title="Read as Windows-1252, for it is not UTF-8">
      <p className="small">
        Look whether letters such as ü, é and £ are right in the names and first values below. If
        not, save the file as “CSV UTF-8” and pick it again.
      </p>
    </Notice>
  );
}

function Mapping({ file, inspection, methods, gases, workspaceId }: MappingProps): ReactNode {
  const [options, setOptions] = useState(() => firstOptions(inspection));
  const { sending, fraction } = useSending();
  const problem = problemOf(inspection, options);
  const send = (dryRun: boolean): void => sending.mutate({ file, workspaceId, dryRun, options });
  const fields = { options, onChange: setOptions, methods };
  const disabled = problem !== undefined || sending.isPending;
  return (
    <>
      <form
        className="stack-small"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled) send(true);
        }}
      >
        {inspection.remembered !== undefined && (
          <Notice tone="plain" title="Read as the last file with these columns" />
        )}
        <Encoding {...inspection} />
        <ColumnFields {...fields} gases={gases} inspection={inspection} />
        <FormatFields {...fields} />
        <SharedFields {...fields} inspection={inspection} />
        <div className="row">
          <button type="submit" className="button" disabled={disabled}>
            Dry run
          </button>
          <button
            type="button"
            className="button button-quiet"
            disabled={disabled}
            onClick={() => send(false)}
          >
            Import
          </button>
          <span className="small muted" aria-live="polite">
            {problem}
          </span>
        </div>
        {sending.isPending && <ProgressBar label={sendingLabel(fraction)} fraction={fraction} />}
        <Refusal error={sending.error} what="It was not taken" />
      </form>
      {sending.data?.dryRun === true && <ImportCard which={sending.data.id} />}
    </>
  );
}

interface Read {
  readonly file: File;
  readonly inspection: FileInspection;
}

function Inspected(props: Read): ReactNode {
  const { oracleUrl } = useDeployment();
  const methods = useQuery({ queryKey: ['methods'], queryFn: () => fetchMethods(oracleUrl) });
  const gases = useGases();
  return (
    <QueryView query={methods} what="methods">
      {(all) => (
        <QueryView query={gases} what="gases">
          {(known) => (
            <InWorkspace>
              {(workspaceId) => (
                <Mapping {...props} methods={all} gases={known} workspaceId={workspaceId} />
              )}
            </InWorkspace>
          )}
        </QueryView>
      )}
    </QueryView>
  );
}

/** What was read of a file, and from where in it. */
function ReadFile({
  disabled,
  onPlace,
  ...read
}: Read & {
  readonly disabled: boolean;
  readonly onPlace: (place: HeadPlace) => void;
}): ReactNode {
  const { file, inspection } = read;
  const { sheet = '', headLine } = inspection;
  const which = `${file.name} ${file.size} ${file.lastModified} ${headLine} ${sheet}`;
  return (
    <>
      <p>
        <strong className="wrap">{file.name}</strong>, {phrase(bytes(file.size))}
      </p>
      <HeadFields
        key={`head ${which}`}
        inspection={inspection}
        disabled={disabled}
        onPlace={onPlace}
      />
      <Inspected key={which} {...read} />
    </>
  );
}

/** A file, what its columns are, and the dry run before the import. */
export function ImportForm(): ReactNode {
  const { id } = useOrganisation();
  const [fraction, setFraction] = useState(0);
  const [read, setRead] = useState<Read>();
  const inspecting = useWrite(
    async (writer, { file, place }: { readonly file: File; readonly place: HeadPlace }) => ({
      file,
      inspection: await inspectFile(writer, id, file, place, setFraction),
    }),
    setRead,
  );
  const pick = (file: File): void => {
    setRead(undefined);
    inspecting.mutate({ file, place: {} });
  };
  return (
    <Card title="A file">
      <FileField
        label="CSV or XLSX file from this computer"
        hint="CSV, or a sheet of XLSX; lines above the names of the columns are left out. At most 256 MB."
        accept=".csv,.tsv,.txt,.xlsx,text/csv"
        disabled={inspecting.isPending}
        onFile={pick}
      />
      {inspecting.isPending && <ProgressBar label={sendingLabel(fraction)} fraction={fraction} />}
      <Refusal error={inspecting.error} what="It can't be read" />
      {read !== undefined && (
        <ReadFile
          {...read}
          disabled={inspecting.isPending}
          onPlace={(place) => inspecting.mutate({ file: read.file, place })}
        />
      )}
    </Card>
  );
}
