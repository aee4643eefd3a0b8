import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './anvil.ts';

const POLL_MS = 50;
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
  const initdb = ['-D', join(folder, 'data'), '-A', 'trust', '-U', 'tonne', '--no-sync'];
  const code = await run(binary('initdb'), initdb, options);
  if (code !== 0) throw new Error(`initdb ended with ${String(code)}`);

  const port = String(await freePort());
  const server = ['-D', join(folder, 'data'), '-k', folder, '-h', '127.0.0.1', '-p', port];
  const child = spawn(binary('postgres'), server, options);
  const exited = once(child, 'exit');
  await accepting(port);
  return {
    url: `postgres://tonne@127.0.0.1:${port}/postgres`,
    stop: async () => {
      // SIGINT is PostgreSQL's fast shutdown: it ends the connections.
      child.kill('SIGINT');
      await exited;
      rmSync(folder, { recursive: true });
    },
  };
}

function binary(name: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const all = [...globSync('/usr/lib/postgresql/*/bin'), ...folders];
  const found = all.find((folder) => existsSync(join(folder, name)));
  if (found === undefined) throw new Error(`No ${name} here: install PostgreSQL`);
  return join(found, name);
}

async function accepting(port: string): Promise<void> {
  for (;;) {
    const parameters = ['-q', '-h', '127.0.0.1', '-p', port];
    if ((await run(binary('pg_isready'), parameters, {})) === 0) return;
    await sleep(POLL_MS);
  }
}

/** @returns the exit code */
function run(command: string, parameters: string[], options: SpawnOptions): Promise<number | null> {
  return new Promise((resolve, reject) => {
    spawn(command, parameters, options).once('error', reject).once('exit', resolve);
  });
}
