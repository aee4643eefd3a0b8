import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Hex } from '@truetonne/protocol';

const FOLDER = import.meta.dirname;
const TOOLKIT = join(FOLDER, 'node_modules/@chainlink/functions-toolkit/dist/simulateScript');
const DENO = join(FOLDER, 'node_modules/.bin');

/** What one node would answer: bytes for the chain, or the error of the source. */
export interface Simulation {
  readonly responseBytesHexstring?: Hex;
  readonly errorString?: string;
}

type Simulate = (request: {
  readonly source: string;
  readonly args: readonly string[];
  readonly maxExecutionTimeMs: number;
}) => Promise<Simulation>;

/** Installs the toolkit and Deno from the folder's own lock, once. No install script runs. */
async function ensureInstalled(): Promise<void> {
  if (existsSync(TOOLKIT) && existsSync(DENO)) return;
  const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  await promisify(execFile)('npm', npm, { cwd: FOLDER });
}

/** Longest that a source may run (Chainlink Functions, service limits). */
const RUN_MS = 10_000;

/** Runs a source as the sandbox of Chainlink Functions does: in Deno, with the service's limits. */
export async function simulate(
  source: string,
  args: readonly string[],
  maxExecutionTimeMs = RUN_MS,
): Promise<Simulation> {
  await ensureInstalled();
  if (!(process.env['PATH'] ?? '').includes(DENO))
    process.env['PATH'] = `${DENO}${delimiter}${process.env['PATH'] ?? ''}`;
  // Proof: the toolkit's own module; its types are not installed with the workspaces.
  const toolkit = createRequire(import.meta.url)(join(TOOLKIT, 'index.js')) as {
    simulateScript: Simulate;
  };
  return toolkit.simulateScript({ source, args, maxExecutionTimeMs });
}
