import { useState, type ReactNode } from 'react';
import { count, Notice } from '../../ui/index.ts';
import type { Alteration } from './alter.ts';
import { AlterForm } from './AlterForm.tsx';
import type { VerifyState } from './state.ts';
import type { RunningVerification } from './useVerification.ts';
import { Refused, Timings, Verified } from './Verdict.tsx';
import type { PhaseProgress } from './verifyFile.ts';
import { WindowList } from './WindowList.tsx';

function progressText({ phase, done, total }: PhaseProgress): string {
  switch (phase) {
    case 'unpack':
      return 'Hashing and unpacking the file …';
    case 'chain':
      return 'Reading what the chain says …';
    case 'signatures':
      return total === 0
        ? 'Parsing the windows …'
        : `Checked ${count(done)} of ${count(total)} signatures …`;
    case 'recompute':
      return 'Walking registers, rebuilding the root, recomputing the grams …';
  }
}

function Running({ progress }: { readonly progress: PhaseProgress }): ReactNode {
  const text = progressText(progress);
  const known = progress.total > 0;
  return (
    <div className="stack-small">
      <p role="status">{text}</p>
      {known ? (
        <progress aria-label="Signatures checked" value={progress.done} max={progress.total} />
      ) : (
        <progress aria-label="Verification" />
      )}
    </div>
  );
}

type VerdictState = Extract<VerifyState, { readonly step: 'verdict' }>;

interface VerdictProps {
  readonly state: VerdictState;
  readonly verification: RunningVerification;
  readonly what: Alteration;
  readonly onChoose: (what: Alteration) => void;
}

function Verdict(props: VerdictProps): ReactNode {
  const { subject, verification, milliseconds } = props.state;
  const { result, record, timings, windows } = verification;
  const { original = subject } = subject;
  const proven = result.verified && record !== undefined;
  return (
    <>
      {proven && <Verified summary={result.summary} record={record} milliseconds={milliseconds} />}
      {!result.verified && <Refused failure={result.failure} subject={subject} />}
      {subject.original !== undefined && (
        <p>
          <button
            type="button"
            className="button button-quiet"
            onClick={() => props.verification.verifyAgain(original)}
          >
            Verify the original again
          </button>
        </p>
      )}
      <details className="details">
        <summary>Where the time went</summary>
        <Timings timings={timings} />
      </details>
      {(result.verified || subject.original !== undefined) && (
        <AlterForm
          what={props.what}
          onChoose={props.onChoose}
          onAlter={(what) => props.verification.verifyAltered(subject, what)}
        />
      )}
      {result.verified && <WindowList windows={windows} />}
    </>
  );
}

/** Progress, then the verdict, or why there is none. */
export function Outcome({
  verification,
}: {
  readonly verification: RunningVerification;
}): ReactNode {
  const { state } = verification;
  // Kept here, so that a run does not forget what was chosen.
  const [what, setWhat] = useState<Alteration>('reading');
  switch (state.step) {
    case 'idle':
      return null;
    case 'loading':
      return <p role="status">Fetching the batch file …</p>;
    case 'running':
      return <Running progress={state.progress} />;
    case 'verdict':
      return <Verdict state={state} verification={verification} what={what} onChoose={setWhat} />;
    case 'failed':
      return (
        <Notice tone="bad" role="alert" title={`No verdict: ${state.reason.title}`}>
          {state.reason.detail !== undefined && <p className="small">{state.reason.detail}</p>}
          <p className="small">
            {state.reason.todo} <code>{state.reason.code}</code>
          </p>
        </Notice>
      );
  }
}
