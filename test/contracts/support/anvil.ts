import { spawn, type ChildProcess } from 'node:child_process';

import { findAnvil } from '../../../scripts/lib/paths.ts';
import { findFreePort } from '../../../scripts/lib/ports.ts';

const START_TIMEOUT_MS = 20_000;

/** A local chain of its own process on a free port. */
export interface Anvil {
  readonly rpcUrl: string;
  stop(): Promise<void>;
}

/** Starts anvil with the hardfork that has P256VERIFY, unless `extra` arguments name another. */
export async function startAnvil(extra: readonly string[] = []): Promise<Anvil> {
  const port = await findFreePort();
  const hardfork = extra.includes('--hardfork') ? [] : ['--hardfork', 'osaka'];
  const child = spawn(findAnvil(), [...hardfork, '--port', String(port), ...extra], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await untilListening(child);
  return { rpcUrl: `http://127.0.0.1:${String(port)}`, stop: () => stop(child) };
}

function untilListening(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let output = '';
    const timer = setTimeout(() => {
      fail(new Error(`anvil did not start:\n${output}`));
    }, START_TIMEOUT_MS);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes('Listening on')) return;
      clearTimeout(timer);
      done();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => {
      clearTimeout(timer);
      fail(new Error(`anvil ended:\n${output}`));
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill();
  await ended;
}
