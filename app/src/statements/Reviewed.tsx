import type { ReactNode } from 'react';
import { Notice } from '../ui/index.ts';
import type { StatementState } from './useStatement.ts';

interface ReviewedProps<T> {
  readonly state: StatementState<T>;
  /** Of the button: "Review rotation". */
  readonly label: string;
  readonly onReview: (statement: T) => void;
}

/** Says that a statement holds, and goes on with it. */
export function Reviewed<T>({ state, label, onReview }: ReviewedProps<T>): ReactNode {
  if (state.step !== 'ready') return null;
  const { statement } = state;
  return (
    <>
      <Notice tone="good" role="status" title="Signed by this device, for this registry" />
      <div className="row">
        <button type="button" className="button" onClick={() => onReview(statement)}>
          {label}
        </button>
      </div>
    </>
  );
}
