import { spawn } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findFreePort } from '../../../scripts/lib/ports.ts';

/** A PostgreSQL server of this process's own, in a temporary folder. */
export interface PostgresCluster {
  /** URL of a new, empty database. */
  readonly createDatabase: () => Promise<string>;
  /** Ends all connections at once and starts again, as a restart of the server would. */
  readonly restart: () => Promise<void>;
  /** Ends the server without taking its data away; `start` brings it back. */
  readonly halt: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Starts PostgreSQL on a free port. `durable` keeps its flushes to disk, for measurements.
 *
 * @throws Error that says what to install when there is no PostgreSQL on this machine
 */
export async function startPostgres(
  options: { readonly durable?: boolean } = {},
): Promise<PostgresCluster> {
  const binaries = findBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'tonne-postgres-'));
  const identity = findIdentity();
  if (identity !== undefined) chownSync(folder, identity.uid, identity.gid);
  const data = join(folder, 'data');
  const run = (program: string, args: readonly string[]): Promise<void> =>
    runProgram(join(binaries, program), args, identity);
  const port = await findFreePort();
  const flush = options.durable === true ? 'on' : 'off';
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=${flush}`;
  const control = (action: string): Promise<void> =>
    run('pg_ctl', [
      '-D',
      data,
      '-w',
      '-m',
      'fast',
      '-l',
      join(folder, 'log'),
      '-o',
      settings,
      action,
    ]);
  await run('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8']);
  await control('start');
  const client = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres'];
  let databases = 0;
  return {
    async createDatabase() {
      const name = `oracle${databases++}`;
      await run('createdb', [...client, name]);
      return `postgres://postgres@127.0.0.1:${port}/${name}`;
    },
    restart: () => control('restart'),
    halt: () => control('stop'),
    start: () => control('start'),
    async stop() {
      await control('stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findBinaries(): string {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...globSync('/usr/lib/postgresql/*/bin').sort().reverse(),
  ];
  // Links such as /usr/local/bin/initdb lead to a folder that has the other programs, too.
  const found = folders.find((folder) =>
    ['initdb', 'pg_ctl', 'createdb'].every((name) => existsSync(join(folder, name))),
  );
  if (found !== undefined) return found;
  throw new Error(
    'No PostgreSQL on this machine: initdb, pg_ctl and createdb are neither in PATH nor in ' +
      '/usr/lib/postgresql/*/bin. Install it (Debian: apt-get install postgresql).',
  );
}

/** PostgreSQL refuses to run as root, so root lends it the name of another user. */
function findIdentity(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user =
    users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (user === undefined)
    throw new Error('PostgreSQL needs a user other than root: postgres or nobody');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

function runProgram(
  path: string,
  args: readonly string[],
  identity: Identity | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // The server outlives pg_ctl, so it must not inherit a pipe that someone waits on.
    const child = spawn(path, [...args], {
      ...identity,
      cwd: tmpdir(),
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${path} ${args.join(' ')} ended with ${String(code)}`));
    });
  });
}
