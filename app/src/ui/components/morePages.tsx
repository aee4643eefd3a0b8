import type { ReactNode } from 'react';

interface MorePagesProps {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  /** What comes: "batches". */
  readonly what: string;
}

/** Loads the next page of a long list, where there is one. */
export function MorePages({ query, what }: MorePagesProps): ReactNode {
  if (!query.hasNextPage) return null;
  return (
    <p>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        {query.isFetchingNextPage ? `Loading more ${what} …` : `Show more ${what}`}
      </button>
    </p>
  );
}
