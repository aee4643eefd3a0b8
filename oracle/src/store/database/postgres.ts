import { TonneError } from '@truetonne/protocol';
import pg from 'pg';
import { isStoreTrouble } from '../../runtime/problem.ts';
import type { Engine, Run } from './engine.ts';

/**
 * SQLSTATE classes that speak of the server and not of the statement (PostgreSQL manual, appendix A):
 * connection, authorization, no such database, rollback by the server, resources, operator, system.
 */
const SERVER_TROUBLE = ['08', '28', '3D', '40', '53', '57', '58'];

/**
 * Of classes 25 and 55, those that are no mistake of ours: a server is read-only after a failover, or
 * lets nobody wait for a lock as long as another holds it.
 */
const OTHER_TROUBLE = ['25006', '55P03'];

/**
 * A server that vanished without a word never answers, and what was sent to it is sent again for a
 * quarter of an hour. None of our statements takes so long but those that change tables.
 */
const PATIENCE_MS = 120_000;

/** After so long without a word the system asks whether a server is still there. */
const KEEP_ALIVE_MS = 10_000;

/** A statement is prepared once it was asked for so often. */
const OFTEN = 5;
/** Each costs memory on every connection, and a list of any length makes another text of a statement. */
const MOST_PREPARED = 200;

/**
 * Opens a PostgreSQL server. Any number of oracles may work on a database; `leadership.ts` has one of
 * them judge.
 *
 * @throws TonneError STORE_UNAVAILABLE
 */
export async function openPostgres(
  url: string,
  onTrouble: (error: Error) => void,
  patienceMs = PATIENCE_MS,
): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 5_000,
    query_timeout: patienceMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    application_name: 'truetonne-oracle',
  });
  // Without listeners, a server that restarts would end this process: the pool listens only to
  // connections that are idle, so those at work get one too.
  pool.on('error', onTrouble);
  pool.on('connect', (client) => client.on('error', onTrouble));
  const nameOf = createNames();
  try {
    await pool.query('SELECT 1');
    return {
      kind: 'postgres',
      queueStore: { connectionString: url, max: 2, application_name: 'truetonne-jobs' },
      run: runOn(pool, nameOf),
      transaction: (work, ownPatienceMs) => transact(pool, nameOf, work, ownPatienceMs),
      close: () => pool.end(),
    };
  } catch (error) {
    await pool.end();
    throw toStoreError(error);
  }
}

type NameOf = (text: string) => string | undefined;

/** Names for what is asked for often, so that the server parses and plans it once a connection. */
function createNames(): NameOf {
  const seen = new Map<string, number>();
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size === MOST_PREPARED) return known;
    const times = (seen.get(text) ?? 0) + 1;
    if (times < OFTEN) {
      if (seen.size < 10 * MOST_PREPARED) seen.set(text, times);
      return undefined;
    }
    seen.delete(text);
    const name = `often-${names.size}`;
    names.set(text, name);
    return name;
  };
}

function runOn(client: pg.Pool | pg.PoolClient, nameOf: NameOf, ownPatienceMs?: number): Run {
  return async (text, values, given) => {
    const name = given ?? (values.length === 0 ? undefined : nameOf(text));
    const query = {
      ...{ text, values: [...values], rowMode: 'array' as const },
      ...(ownPatienceMs !== undefined && { query_timeout: ownPatienceMs }),
    };
    try {
      const { rows } = await client.query<unknown[]>(
        name === undefined ? query : { ...query, name },
      );
      return rows;
    } catch (error) {
      throw toStoreError(error);
    }
  };
}

async function transact<T>(
  pool: pg.Pool,
  nameOf: NameOf,
  work: (run: Run) => Promise<T>,
  ownPatienceMs: number | undefined,
): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw toStoreError(error);
  });
  let broken: boolean | undefined;
  try {
    const run = runOn(client, nameOf, ownPatienceMs);
    await run('BEGIN', []);
    const result = await work(run);
    await run('COMMIT', []);
    return result;
  } catch (error) {
    // One that answers no more would not answer that either; without a connection the server undoes it.
    if (isStoreTrouble(error)) broken = true;
    else
      await client.query('ROLLBACK').catch(() => {
        broken = true;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}

function isServerTrouble(state: string): boolean {
  return OTHER_TROUBLE.includes(state) || SERVER_TROUBLE.includes(state.slice(0, 2));
}

/** What is no mistake of the statement is trouble with the server, a lost connection or a timeout. */
function toStoreError(error: unknown): unknown {
  if (error instanceof TonneError) return error;
  if (!(error instanceof Error)) return error;
  if (error instanceof pg.DatabaseError && !isServerTrouble(error.code ?? '')) return error;
  return new TonneError('STORE_UNAVAILABLE', { field: 'DATABASE_URL', value: error.message });
}
