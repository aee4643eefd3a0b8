import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What is used of PGlite, in the version that Ponder brings: its files have that format. */
interface Database {
  query(statement: string, parameters?: unknown[]): Promise<{ rows: unknown[] }>;
  exec(statement: string): Promise<unknown>;
  close(): Promise<void>;
}

interface Module {
  readonly PGlite: new (directory: string) => Database;
}

/**
 * Clears what a killed indexer left in a PGlite that no other process has open: the lock, which
 * Ponder would wait for (25 s), or tables half made, which it would stumble over.
 */
export async function tidyAfterKill(directory: string, schema: string): Promise<void> {
  const { PGlite } = await loadPGlite();
  const database = new PGlite(directory);
  try {
    if (await hasApp(database, schema)) {
      const unlocked = `jsonb_set(value, '{is_locked}', to_jsonb(0))`;
      await database.exec(`UPDATE "${schema}"._ponder_meta SET value = ${unlocked}`);
    } else {
      await database.exec(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
    }
  } finally {
    await database.close();
  }
}

/** Ponder writes its row into _ponder_meta after it has made all the tables. */
async function hasApp(database: Database, schema: string): Promise<boolean> {
  const meta = `"${schema}"._ponder_meta`;
  const found = await database.query('SELECT to_regclass($1) AS meta', [meta]);
  const isThere = JSON.stringify(found.rows) !== '[{"meta":null}]';
  return isThere && (await database.query(`SELECT key FROM ${meta}`)).rows.length > 0;
}

async function loadPGlite(): Promise<Module> {
  const path = createRequire(import.meta.resolve('ponder')).resolve('@electric-sql/pglite');
  const module: unknown = await import(pathToFileURL(path).href);
  if (isModule(module)) return module;
  throw new Error(`${path} holds no PGlite`);
}

function isModule(value: unknown): value is Module {
  return typeof value === 'object' && value !== null && 'PGlite' in value;
}
