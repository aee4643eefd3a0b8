import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from './paths.ts';

export interface CommandResult {
  readonly exitCode: number;
  /** Standard output and error as they came, without colours. */
  readonly output: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Shows the output while it comes. */
  readonly echo?: boolean;
}

/** Runs a command to its end and keeps what it printed. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (options.echo === true) process.stdout.write(chunk);
    });
  }
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
  return { exitCode, output: stripVTControlCharacters(Buffer.concat(chunks).toString('utf8')) };
}

/** Runs a command and throws with what it printed when it fails. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { exitCode, output } = await runCommand(command, args, options);
  if (exitCode === 0) return output;
  throw new Error(`${command} ${args.join(' ')} failed with exit code ${exitCode}:\n${output}`);
}
