import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { explain } from '../../errors/index.ts';
import { Notice } from './notice.tsx';
import { WayOut } from './wayOut.tsx';

/** Something is on its way. The text is for everyone, the bars are decoration. */
export function Loading({ what }: { readonly what: string }): ReactNode {
  return (
    <div role="status">
      <p className="small muted">Loading {what} …</p>
      <div className="skeleton" aria-hidden="true">
        <span />
        <span />
        <span />
      </div>
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** Nothing here yet, and what would change that. */
export function Empty({ title, children }: EmptyProps): ReactNode {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}

interface FailureProps {
  readonly error: unknown;
  readonly what: string;
  readonly onRetry?: () => void;
}

/** What failed, why, with which values, and what to do. */
export function Failure({ error, what, onRetry }: FailureProps): ReactNode {
  const reason = explain(error);
  const { code, title, todo, detail } = reason;
  return (
    <Notice tone="bad" title={`Could not load ${what}: ${title}`} role="alert">
      {detail !== undefined && <p className="small">{detail}</p>}
      <p className="small">
        {todo} <code>{code}</code>
      </p>
      <WayOut reason={reason} />
      {onRetry !== undefined && (
        <p>
          <button type="button" className="button button-quiet button-small" onClick={onRetry}>
            Try again
          </button>
        </p>
      )}
    </Notice>
  );
}

/** On its way; where the plan's requests of the minute are used up, that it goes on by itself. */
function Waiting(props: { readonly what: string; readonly reason: Error | null }): ReactNode {
  const { what, reason } = props;
  const why = reason === null ? undefined : explain(reason);
  return (
    <>
      {why?.code === 'REQUESTS_LIMITED' && (
        <Notice tone="warn" title={`${why.title}: the ${what} come by themselves in a moment`} />
      )}
      <Loading what={what} />
    </>
  );
}

interface QueryViewProps<T> {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'> & {
    readonly failureReason?: UseQueryResult<T>['failureReason'];
  };
  /** What is loaded, as a noun: "batches". */
  readonly what: string;
  readonly isEmpty?: (data: T) => boolean;
  readonly empty?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/**
 * The four states of a view. Data that was loaded once stays visible when a later refresh fails;
 * a line above says that it may be old.
 */
export function QueryView<T>({
  query,
  what,
  isEmpty,
  empty,
  children,
}: QueryViewProps<T>): ReactNode {
  const { data, error } = query;
  if (data === undefined) {
    if (error === null) return <Waiting what={what} reason={query.failureReason ?? null} />;
    return <Failure error={error} what={what} onRetry={() => void query.refetch()} />;
  }
  return (
    <>
      {error !== null && (
        <Notice tone="warn" title={`These ${what} may be old: ${explain(error).title}`} />
      )}
      {isEmpty?.(data) === true ? empty : children(data)}
    </>
  );
}
