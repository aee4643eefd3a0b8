import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import type { Engine, Run } from './engine.ts';
import * as schema from './schema.ts';

/** Statements on the database, inside or outside of a transaction. */
export interface Session {
  readonly orm: PgRemoteDatabase<typeof schema>;
  readonly run: Run;
}

export interface Database extends Session {
  readonly kind: Engine['kind'];
  readonly transaction: <T>(work: (session: Session) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** One Drizzle for both engines: statements go through the engine's own `run`. */
export function createDatabase(engine: Engine): Database {
  return {
    ...sessionOf(engine.run),
    kind: engine.kind,
    transaction: (work) => engine.transaction((run) => work(sessionOf(run))),
    close: engine.close,
  };
}

function sessionOf(run: Run): Session {
  const orm = drizzle(
    async (text, values: unknown[]) => ({ rows: [...(await run(text, values))] }),
    { schema },
  );
  return { orm, run };
}
