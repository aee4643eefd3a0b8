import type { ConstructorOptions } from 'pg-boss';

/** Instead of a name: for a statement whose best plan depends on how large a table is by now. */
export const PLANNED_ANEW = '';

/** Runs one statement and returns its rows, each an array of column values. */
export type Run = (
  text: string,
  values: readonly unknown[],
  /** A name makes it a prepared statement, for texts that never change. */
  name?: string,
) => Promise<readonly unknown[][]>;

/** A database that speaks PostgreSQL's dialect: PGlite in this process, or a PostgreSQL server. */
export interface Engine {
  readonly kind: 'pglite' | 'postgres';
  readonly run: Run;
  /** How the job queue, which brings its own SQL, reaches the same database. */
  readonly queueStore: ConstructorOptions;
  /** All or nothing: rolls back when `work` throws. `patienceMs`: for statements longer than usual. */
  readonly transaction: <T>(work: (run: Run) => Promise<T>, patienceMs?: number) => Promise<T>;
  readonly close: () => Promise<void>;
}
