import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import type { AddressBook } from '@truetonne/protocol';
import { createClient, type TestClient } from './client.ts';
import { findFreePort } from '../../../scripts/lib/ports.ts';
import { eventually } from './service.ts';
import type { StorePlace } from './stores.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

/** What an oracle under test has of this process's environment: none of its settings. */
const INHERITED = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => ['PATH', 'NODE_COMPILE_CACHE'].includes(name)),
);

const children = new Set<ChildProcess>();

// A test that fails must not leave processes behind, nor wait for them.
after(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** An oracle in a process of its own, which a test may end at any time. */
export interface OracleProcess {
  readonly client: TestClient;
  /** Ends it at once, as a power cut would end the process. */
  readonly kill: () => Promise<void>;
  /** Ends it as Ctrl-C does; answers its exit code. */
  readonly interrupt: () => Promise<number | null>;
  readonly output: () => string;
}

/** Starts `main.ts` and waits until it is ready. */
export async function spawnOracle(
  deployment: AddressBook,
  place: StorePlace,
  env: Readonly<Record<string, string>> = {},
): Promise<OracleProcess> {
  const port = await findFreePort();
  const book = join(place.dataFolder, 'deployment.json');
  writeFileSync(book, JSON.stringify(deployment));
  const child = spawnMain({
    PORT_ORACLE: String(port),
    ORACLE_DATA: place.dataFolder,
    TRUETONNE_DEPLOYMENT: book,
    ORACLE_ALLOW_CLOSE: '1',
    ORACLE_POLL_MS: '50',
    PORT_MQTT: '0',
    ...(place.databaseUrl !== undefined && { DATABASE_URL: place.databaseUrl }),
    ...env,
  });
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${url}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await eventually(isReady, (ready) => {
    if (child.process.exitCode !== null) throw new Error(`the oracle ended: ${child.output()}`);
    return ready;
  });
  return {
    client: createClient(url),
    output: child.output,
    kill: async () => void (await end(child.process, 'SIGKILL')),
    interrupt: () => end(child.process, 'SIGINT'),
  };
}

/** Runs `main.ts` to its end; for settings that it refuses. */
export async function runMain(
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const child = spawnMain(env);
  const code = await new Promise<number | null>((resolve) => child.process.once('exit', resolve));
  return { code, output: child.output() };
}

function spawnMain(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...INHERITED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { process: child, output: () => text };
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGINT'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return ended;
}
