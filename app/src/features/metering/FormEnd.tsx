import type { ReactNode } from 'react';
import { Refusal } from '../../ui/index.ts';

/** What is wrong with a statement, the buttons that send it or leave it, and why it was refused. */
export function FormEnd(props: {
  readonly problem: string | undefined;
  readonly correcting: boolean;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onCancel: () => void;
}): ReactNode {
  const { problem, correcting, busy, error, onCancel } = props;
  return (
    <>
      <p className="field-error" aria-live="polite">
        {problem}
      </p>
      <div className="row">
        <button type="submit" className="button" disabled={busy}>
          {correcting ? 'State the correction' : 'State it'}
        </button>
        <button type="button" className="button button-quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
      <Refusal error={error} what="Nothing is stated" />
    </>
  );
}
