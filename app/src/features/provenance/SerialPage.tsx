import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useOrigins, useProjects, useRetirementOf } from '../../data/index.ts';
import {
  Amount,
  Card,
  count,
  Facts,
  Moment,
  Page,
  QueryView,
  SelectField,
  TextField,
  tonnes,
} from '../../ui/index.ts';
import { EnergySerial } from './EnergySerial.tsx';
import { Provenance } from './Provenance.tsx';
import { checkWhole, LAST_SERIAL } from './serials.ts';

const KINDS = [
  { value: 'carbon', label: 'Carbon credit' },
  { value: 'energy', label: 'Energy certificate' },
] as const;

const MOST_CREDIT = 2n ** 32n * 10_000n;

type Kind = 'carbon' | 'energy';

interface Typed {
  readonly kind: Kind;
  readonly credit: string;
  readonly serial: string;
}

function SerialForm(props: {
  readonly typed: Typed;
  readonly onSearch: (typed: Typed) => void;
}): ReactNode {
  const [typed, setTyped] = useState(props.typed);
  const [tried, setTried] = useState(false);
  const credit = checkWhole(typed.credit, 'the id', MOST_CREDIT);
  const serial = checkWhole(typed.serial, 'a serial', LAST_SERIAL);
  return (
    <form
      className="form"
      role="search"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (credit.ok && serial.ok) {
          props.onSearch({
            kind: typed.kind,
            credit: String(credit.value),
            serial: String(serial.value),
          });
        }
      }}
    >
      <SelectField
        label="Serial of"
        value={typed.kind}
        onChange={(kind) => setTyped({ ...typed, kind: kind === 'energy' ? 'energy' : 'carbon' })}
        options={KINDS}
      />
      <TextField
        label="Credit or certificate id"
        hint="Project id × 10,000 + vintage year, such as 12026"
        inputMode="decimal"
        value={typed.credit}
        onChange={(value) => setTyped({ ...typed, credit: value })}
        error={tried && !credit.ok ? credit.problem : undefined}
        required
      />
      <TextField
        label="Serial number"
        hint="One gram of a credit, or one MWh of a certificate; they count from 0"
        inputMode="decimal"
        value={typed.serial}
        onChange={(value) => setTyped({ ...typed, serial: value })}
        error={tried && !serial.ok ? serial.problem : undefined}
        required
      />
      <div className="row">
        <button type="submit" className="button">
          Look it up
        </button>
      </div>
    </form>
  );
}

function Fate(props: { readonly creditId: bigint; readonly serial: bigint }): ReactNode {
  const { creditId, serial } = props;
  const query = useRetirementOf(creditId, serial);
  const batches = useOrigins({ creditId, first: serial, last: serial }).data ?? [];
  // Of what was never minted nothing has become.
  if (batches.length === 0) return null;
  return (
    <Card title="What became of it">
      <QueryView
        query={query}
        what="retirement"
        isEmpty={(retirement) => retirement === null}
        empty={<p>This gram has not been retired.</p>}
      >
        {(retirement) =>
          retirement !== null && (
            <Facts
              items={[
                {
                  label: 'Retired',
                  value: (
                    <Link href={`/certificates/${String(retirement.id)}`}>
                      <Moment at={retirement.at} />
                    </Link>
                  ),
                },
                { label: 'Together with', value: <Amount {...tonnes(retirement.grams)} /> },
                { label: 'Purpose', value: retirement.purpose },
              ]}
            />
          )
        }
      </QueryView>
    </Card>
  );
}

function CreditName({ creditId, kind }: { readonly creditId: bigint; readonly kind: Kind }) {
  const projects = useProjects().data ?? [];
  const project = projects.find(({ id }) => BigInt(id) === creditId / 10_000n);
  return (
    <p>
      {kind === 'carbon' ? 'Credit' : 'Energy certificate'} {String(creditId)}:{' '}
      {project === undefined ? (
        'no project has it.'
      ) : (
        <>
          <Link href={`/projects/${project.id}`}>{project.name}</Link>, vintage{' '}
          {String(creditId % 10_000n)}
        </>
      )}
    </p>
  );
}

/** Which batch a gram or a certificate came from and what became of it, by its number. */
export function SerialPage(): ReactNode {
  const [params, setParams] = useSearchParams();
  const typed: Typed = {
    kind: params.get('kind') === 'energy' ? 'energy' : 'carbon',
    credit: params.get('credit') ?? '',
    serial: params.get('serial') ?? '',
  };
  const credit = checkWhole(typed.credit, 'the id', MOST_CREDIT);
  const serial = checkWhole(typed.serial, 'a serial', LAST_SERIAL);
  return (
    <Page
      title="Serial numbers"
      lead="Every gram of a credit, and every energy certificate, has a number. No two batches share one."
      back={{ href: '/market', label: 'Market' }}
    >
      <Card title="Look up a gram or a certificate">
        <SerialForm
          key={`${typed.kind}.${typed.credit}.${typed.serial}`}
          typed={typed}
          onSearch={(found) => setParams(new URLSearchParams({ ...found }))}
        />
      </Card>
      {credit.ok && serial.ok && (
        <>
          <Card title={`Serial ${count(serial.value)}`}>
            <CreditName creditId={credit.value} kind={typed.kind} />
          </Card>
          {typed.kind === 'energy' ? (
            <EnergySerial certificateId={credit.value} serial={serial.value} />
          ) : (
            <>
              <Provenance creditId={credit.value} first={serial.value} last={serial.value} />
              <Fate creditId={credit.value} serial={serial.value} />
            </>
          )}
        </>
      )}
    </Page>
  );
}
