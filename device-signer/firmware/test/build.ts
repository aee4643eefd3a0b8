import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { promisify } from 'node:util';

export const FIRMWARE = join(import.meta.dirname, '..');

const execute = promisify(execFile);

/** Runs a program to its end and returns what it printed; throws with its output when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string } = {},
): Promise<string> {
  const running = execute(command, [...args], {
    maxBuffer: 1 << 28,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
  if (options.input !== undefined) running.child.stdin?.end(options.input);
  try {
    return (await running).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    const said = [String(error), stdout ?? '', stderr ?? ''].join('\n');
    throw new Error(`${command} ${args.join(' ')}\n${said}`, { cause: error });
  }
}

/**
 * Builds targets of the Makefile into a temporary folder that is removed after the tests of the file.
 * Needs make and the compiler (Debian: make, gcc or clang), for ttdevice and lines libssl-dev too.
 */
export async function build(
  targets: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-firmware-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const settings = Object.entries({ OUT: folder, ...variables }).map(
    ([name, value]) => `${name}=${value}`,
  );
  const paths = targets.map((target) => (target === 'stack' ? target : join(folder, target)));
  await run('make', ['--no-print-directory', '-j2', ...settings, ...paths], { cwd: FIRMWARE });
  return folder;
}

/** A program that answers each line with a line, as long as it lives. */
export interface LineProgram {
  readonly ask: (question: string) => Promise<string>;
}

/** Starts a line program; it ends after the tests of the file. */
export function startLines(command: string): LineProgram {
  const child = spawn(command, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: {
    readonly resolve: (line: string) => void;
    readonly reject: (error: Error) => void;
  }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  child.on('exit', (code, signal) => {
    const error = new Error(`${command} ended with ${String(code ?? signal)}`);
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  after(() => child.stdin.end());
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${question}\n`);
      }),
  };
}
