import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The oracle as its sources are. */
export const ORACLE_MAIN = join(import.meta.dirname, '../../oracle/src/main.ts');

/** What is started anew for each life. */
export interface OracleProgram {
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
}

/** One life of an oracle. */
export interface Life {
  readonly pid: number;
  /** Sends SIGKILL; it has no time for anything any more. */
  readonly kill: () => void;
  /** Fulfilled when it is dead. */
  readonly ended: Promise<void>;
  readonly isAlive: () => boolean;
  /** What it said last, for the report of a harness that fails. */
  readonly output: () => string;
}

export function startLife({ main, env }: OracleProgram): Life {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-20_000)));
  }
  let alive = true;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      alive = false;
      resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    kill: () => void child.kill('SIGKILL'),
    ended,
    isAlive: () => alive,
    output: () => text,
  };
}

/** Waits until the oracle says that it is ready, or is dead. */
export async function untilReady(url: string, life: Life): Promise<boolean> {
  while (life.isAlive()) {
    const ready = await fetch(`${url}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return true;
    await sleep(25);
  }
  return false;
}
