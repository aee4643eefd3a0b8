import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import type { Engine, Run } from './engine.ts';
import type { KnownMonths } from '../months.ts';

/** Statements on the database, inside or outside of a transaction. */
export interface Session {
  readonly orm: PgRemoteDatabase;
  readonly run: Run;
  /** Partitions that are known to be there. */
  readonly knownMonths: KnownMonths;
}

export interface Database extends Session {
  readonly kind: Engine['kind'];
  readonly queueStore: Engine['queueStore'];
  readonly transaction: <T>(work: (session: Session) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** One Drizzle for both engines: statements go through the engine's own `run`. */
export function createDatabase(engine: Engine): Database {
  const knownMonths: KnownMonths = new Set();
  return {
    ...sessionOf(engine.run, knownMonths),
    kind: engine.kind,
    queueStore: engine.queueStore,
    transaction: async (work) => {
      // A partition that a transaction makes is there for others only once it is committed.
      const months = new Set(knownMonths);
      const result = await engine.transaction((run) => work(sessionOf(run, months)));
      for (const month of months) knownMonths.add(month);
      return result;
    },
    close: engine.close,
  };
}

function sessionOf(run: Run, knownMonths: KnownMonths): Session {
  const orm = drizzle(async (text, values: unknown[]) => ({
    rows: [...(await run(text, values))],
  }));
  return { orm, run, knownMonths };
}
