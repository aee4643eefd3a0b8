import { spawn, type SpawnOptions } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findFreePort } from '../../../scripts/lib/ports.ts';

/** PostgreSQL refuses to run as root; this is nobody, as whom it then runs. */
const NOBODY = { uid: 65_534, gid: 65_534 };

export interface Postgres {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** A PostgreSQL server of its own, on a free port, in a temporary folder. */
export async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-postgres-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(folder, NOBODY.uid, NOBODY.gid);
  const options: SpawnOptions = { stdio: 'ignore', cwd: folder, ...(isRoot ? NOBODY : {}) };
  const data = ['-D', join(folder, 'data')];
  await run('initdb', [...data, '-A', 'trust', '-U', 'tonne', '--no-sync'], options);
  const port = await findFreePort();
  const server = `-k ${folder} -h 127.0.0.1 -p ${port}`;
  await run('pg_ctl', [...data, '-l', join(folder, 'log'), '-o', server, '-w', 'start'], options);
  return {
    url: `postgres://tonne@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await run('pg_ctl', [...data, '-m', 'fast', '-w', 'stop'], options);
      rmSync(folder, { recursive: true });
    },
  };
}

async function run(name: string, parameters: string[], options: SpawnOptions): Promise<void> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const all = [...globSync('/usr/lib/postgresql/*/bin'), ...folders];
  const found = all.find((folder) => existsSync(join(folder, name)));
  if (found === undefined) throw new Error(`No ${name} here: install PostgreSQL`);
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(join(found, name), parameters, options);
    child.once('error', reject).once('exit', resolve);
  });
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}`);
}
