import {
  CATALOGUE,
  LAWS,
  type ChainRecord,
  type VerificationFailure,
  type VerificationSummary,
} from '@truetonne/protocol';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import {
  Amount,
  count,
  duration,
  energy,
  Figures,
  Hash,
  Notice,
  phrase,
  shortHex,
  Table,
  tonnes,
} from '../../ui/index.ts';
import { useBatchStatus } from '../../data/index.ts';
import type { Subject } from './state.ts';
import type { Phase, Timing } from './verifyFile.ts';

const PHASES: Readonly<Record<Phase, string>> = {
  unpack: 'Hash and unpack the file',
  chain: 'Read the chain',
  signatures: 'Parse windows, check every signature',
  recompute: 'Registers, findings, tree and grams',
};

/** Where the time went, as measured here. */
export function Timings({ timings }: { readonly timings: readonly Timing[] }): ReactNode {
  return (
    <Table
      caption="Time that each part took on this machine"
      rows={timings}
      rowKey={({ phase }) => phase}
      columns={[
        { header: 'Part', cell: ({ phase }) => PHASES[phase] },
        {
          header: 'Time',
          numeric: true,
          cell: ({ milliseconds }) => <Amount {...duration(milliseconds)} />,
        },
      ]}
    />
  );
}

interface Compared {
  readonly what: string;
  readonly here: ReactNode;
  readonly chain: ReactNode;
}

function comparison(summary: VerificationSummary, record: ChainRecord): readonly Compared[] {
  const inWh = (what: string, here: bigint, chain: bigint): Compared => ({
    what,
    here: <Amount {...energy(here)} />,
    chain: <Amount {...energy(chain)} />,
  });
  return [
    {
      what: 'Root of the tree',
      here: <Hash value={summary.root} what="root from the file" />,
      chain: <Hash value={record.root} what="root on the chain" />,
    },
    inWh('Exported', summary.exportedWh, record.exportedWh),
    inWh('Imported', summary.importedWh, record.importedWh),
    inWh('Deducted', summary.deductedWh, record.deductedWh),
    inWh('Creditable', summary.creditableWh, record.creditableWh),
    {
      what: 'Credits',
      here: <Amount {...tonnes(summary.grams)} />,
      chain: <Amount {...tonnes(record.grams)} />,
    },
  ];
}

interface VerifiedProps {
  readonly summary: VerificationSummary;
  readonly record: ChainRecord;
  readonly milliseconds: number;
}

/** What became of the batch: one that recomputes rightly may still have been found wrong. */
function Standing({ batchId }: { readonly batchId: bigint }): ReactNode {
  const { data: status } = useBatchStatus(batchId);
  if (status === 'voided') {
    return (
      <Notice tone="bad" title="Verifiers found this batch wrong: it was voided">
        <p className="small">
          Its numbers are what the devices signed, and what it had issued is taken back or owed.{' '}
          <Link href={`/batches/${String(batchId)}`}>Why, and from what</Link>
        </p>
      </Notice>
    );
  }
  if (status !== 'rejected') return null;
  return <Notice tone="bad" title="Verifiers rejected this batch: it can never be minted" />;
}

/** Green: everything was recomputed here and is what the chain says. */
export function Verified({ summary, record, milliseconds }: VerifiedProps): ReactNode {
  return (
    <>
      <Notice tone="good" role="status" title={`Verified: ${phrase(tonnes(summary.grams))}`}>
        <p className="small">
          This browser rebuilt the root, checked {count(summary.windows)} signatures of{' '}
          {count(summary.devices)} {summary.devices === 1 ? 'device' : 'devices'}, recomputed the
          grams and found all of it equal to the contract.
        </p>
      </Notice>
      <Standing batchId={summary.batchId} />
      <Figures
        items={[
          { label: 'Readings', quantity: { value: count(summary.readings), unit: '' } },
          { label: 'Signatures valid', quantity: { value: count(summary.windows), unit: '' } },
          { label: 'Time', quantity: duration(milliseconds), note: 'after the download' },
        ]}
      />
      <Table
        caption="Recomputed here and stated by the contract"
        rows={comparison(summary, record)}
        rowKey={({ what }) => what}
        columns={[
          { header: 'Value', cell: ({ what }) => what },
          { header: 'Recomputed here', numeric: true, cell: ({ here }) => here },
          { header: 'On the chain', numeric: true, cell: ({ chain }) => chain },
        ]}
      />
    </>
  );
}

function Where({ place }: Pick<VerificationFailure, 'place'>): ReactNode {
  const { deviceId, sequence, readingIndex, windowIndex } = place;
  if (deviceId === undefined) return <>The file as a whole</>;
  const reading = readingIndex === undefined ? '' : `, reading ${readingIndex + 1}`;
  if (sequence === undefined) return <>Device {shortHex(deviceId)}</>;
  return (
    <>
      <Link href={`/windows/${deviceId}/${sequence}`}>
        Device {shortHex(deviceId)}, window {count(sequence)}
        {reading}
      </Link>
      {windowIndex !== undefined && <> (number {count(windowIndex + 1)} in the file)</>}
    </>
  );
}

/** The catalogue's advice is for those who make windows and files, not for who verifies them. */
function withoutAdvice({ code, message }: VerificationFailure): string {
  return message.replace(CATALOGUE[code].todo, '').trim();
}

interface RefusedProps {
  readonly failure: VerificationFailure;
  readonly subject: Subject;
}

/** Red: the first thing that is wrong, which law it breaks and where. */
export function Refused({ failure, subject }: RefusedProps): ReactNode {
  return (
    <Notice tone="bad" role="alert" title="Not verified: do not trust this file">
      <p>{withoutAdvice(failure)}</p>
      <dl className="verdict">
        <dt>Where</dt>
        <dd>
          <Where place={failure.place} />
        </dd>
        <dt>Law</dt>
        <dd>{LAWS[failure.law]}</dd>
        <dt>Code</dt>
        <dd>
          <code>{failure.code}</code>
        </dd>
        {subject.alteration !== undefined && (
          <>
            <dt>Altered on purpose</dt>
            <dd>{subject.alteration}</dd>
          </>
        )}
      </dl>
    </Notice>
  );
}
