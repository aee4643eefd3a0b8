import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ROOT } from './paths.ts';

const STOP_GRACE_MS = 10_000;

/** A child process that is part of the running system. */
export interface Service {
  readonly name: string;
  /** Settles when the process has ended, with its exit code or signal. */
  readonly ended: Promise<string>;
  /** Ends the process, by force after ten seconds, and waits for it. */
  readonly stop: () => Promise<void>;
}

export interface ServiceOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts a process whose output goes to its log file. */
export function startService(options: ServiceOptions): Service {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile);
  const child = spawn(options.command, options.args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C reaches only us, and we end the parts in their order.
    detached: true,
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      resolve(signal ?? `exit code ${code ?? 'unknown'}`);
    });
  });
  return { name: options.name, ended, stop: () => stopChild(child, ended) };
}

/**
 * Polls until `isReady` says yes. Throws with the end of the log when the process ends first, or
 * after `seconds`.
 */
export async function waitUntilReady(
  service: Service,
  logFile: string,
  isReady: () => Promise<boolean>,
  seconds: number,
): Promise<void> {
  let end: string | undefined;
  void service.ended.then((reason) => (end = reason));
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    if (await isReady().catch(() => false)) return;
    if (end !== undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const why = end === undefined ? `was not ready after ${seconds} s` : `ended with ${end}`;
  throw new Error(`${service.name} ${why}. The end of ${logFile}:\n${tailOf(logFile)}`);
}

export async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.ok;
}

function tailOf(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
  await ended;
  clearTimeout(force);
}
