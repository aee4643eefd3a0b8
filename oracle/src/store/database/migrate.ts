import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine, Run } from './engine.ts';
import { move } from '../migrations/0004_move.ts';
import { compress } from '../migrations/0007_compression.ts';
import { makeTenantRole } from '../migrations/0020_tenantRole.ts';

const FOLDER = join(import.meta.dirname, '../migrations');

/** Any number; it marks "changes tables" among the advisory locks. */
const MIGRATION_LOCK = 0x7474_6d67;

/** Tables of years are rewritten in hours. */
const PATIENCE_MS = 86_400_000;

/** Steps that need more than SQL. */
const PROGRAMS: ReadonlyMap<string, (run: Run) => Promise<void>> = new Map([
  ['0004_move.ts', move],
  ['0007_compression.ts', compress],
  ['0020_tenantRole.ts', makeTenantRole],
]);

/** Brings the tables up to date: runs each step of `migrations/` that has not run here, in order. */
export async function migrate(engine: Engine): Promise<void> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql'));
  const names = [...files, ...PROGRAMS.keys()].sort();
  await engine.transaction(async (run) => {
    // Several oracles may start at once.
    await run(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`, []);
    await run('CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY)', []);
    const done = new Set((await run('SELECT name FROM migrations', [])).map(([name]) => name));
    for (const name of names.filter((candidate) => !done.has(candidate))) {
      await (PROGRAMS.get(name) ?? runFile(name))(run);
      await run('INSERT INTO migrations (name) VALUES ($1)', [name]);
    }
  }, PATIENCE_MS);
}

function runFile(name: string): (run: Run) => Promise<void> {
  return async (run) => {
    for (const statement of statementsOf(await readFile(join(FOLDER, name), 'utf8'))) {
      await run(statement, []);
    }
  };
}

/** Our migrations have no functions or literals with semicolons, so each one ends a statement. */
function statementsOf(text: string): readonly string[] {
  const code = text.replace(/--.*$/gm, '');
  return code
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
