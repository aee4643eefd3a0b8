import { isRecord, listOf, object, optional, text, type Parser } from '../parse.ts';
import { Problem, problemOf, reach } from '../problem.ts';

/** What JSON can carry; `undefined` fields are left out. */
export type Variables = Readonly<Record<string, unknown>>;

const failures = object({ errors: optional(listOf(object({ message: text }))) });

/**
 * Asks the indexer's GraphQL and parses the answer.
 * @throws Unreachable, Problem or ShapeError
 */
export async function askIndexer<T>(
  indexerUrl: string,
  query: string,
  variables: Variables,
  parse: Parser<T>,
): Promise<T> {
  const response = await reach('The indexer', `${indexerUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  if (!response.ok) throw await problemOf(response);
  const body: unknown = await response.json();
  const [failure] = failures(body, 'graphql').errors ?? [];
  if (failure !== undefined) {
    throw new Problem(response.status, 'GRAPHQL', 'The indexer refused the query', failure.message);
  }
  return parse(isRecord(body) ? body['data'] : undefined, 'graphql.data');
}

/** One page of a list with what leads to the next. */
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly total: number;
  /** Cursor of the next page, `undefined` on the last one. */
  readonly next: string | undefined;
}

export const PAGE_FIELDS = 'totalCount pageInfo { hasNextPage endCursor }';

/** Ponder answers at most as many rows at a time. */
export const MOST_PER_PAGE = 1_000;
