import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from './engine.ts';

const FOLDER = join(import.meta.dirname, 'migrations');

/** Brings the tables up to date: runs each file of `migrations/` that has not run here, in order. */
export async function migrate(engine: Engine): Promise<void> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  await engine.transaction(async (run) => {
    await run('CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY)', []);
    const done = new Set((await run('SELECT name FROM migrations', [])).map(([name]) => name));
    for (const name of names.filter((candidate) => !done.has(candidate))) {
      for (const statement of statementsOf(await readFile(join(FOLDER, name), 'utf8'))) {
        await run(statement, []);
      }
      await run('INSERT INTO migrations (name) VALUES ($1)', [name]);
    }
  });
}

/** Our migrations have no functions or literals with semicolons, so each one ends a statement. */
function statementsOf(text: string): readonly string[] {
  const code = text.replace(/--.*$/gm, '');
  return code
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
