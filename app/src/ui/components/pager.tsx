import type { ReactNode } from 'react';

interface PagerProps {
  /** Which page this is, from 1. */
  readonly page: number;
  /** Left out on the first page. */
  readonly onBack: (() => void) | undefined;
  /** Left out on the last page. */
  readonly onNext: (() => void) | undefined;
}

/** One page back, one on; nothing for a list of one page. */
export function Pager({ page, onBack, onNext }: PagerProps): ReactNode {
  if (onBack === undefined && onNext === undefined) return null;
  return (
    <nav className="row" aria-label="Pages">
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={onBack === undefined}
        onClick={onBack}
      >
        Back
      </button>
      <span className="small muted">Page {page}</span>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={onNext === undefined}
        onClick={onNext}
      >
        Next
      </button>
    </nav>
  );
}
