import { createDatabase, type Database } from '../../src/store/database/database.ts';
import type { Run } from '../../src/store/database/engine.ts';

/** What a database was asked so far, transactions included. */
export interface Asked {
  readonly statements: number;
  readonly rows: number;
  /** Most rows that one statement brought. */
  readonly mostRows: number;
}

/** The same database, and a count of its statements and of the rows that they brought. */
export function countAsked({ kind, queueStore, close, run, transaction }: Database): {
  readonly database: Database;
  readonly asked: () => Asked;
} {
  let statements = 0;
  let rows = 0;
  let mostRows = 0;
  const counting =
    (of: Run): Run =>
    async (...statement) => {
      statements++;
      const found = await of(...statement);
      rows += found.length;
      mostRows = Math.max(mostRows, found.length);
      return found;
    };
  const database = createDatabase({
    ...{ kind, queueStore, close, run: counting(run) },
    transaction: (work) => transaction((session) => work(counting(session.run))),
  });
  return { database, asked: () => ({ statements, rows, mostRows }) };
}
