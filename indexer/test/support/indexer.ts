import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deployment } from '../../lib/deployment.ts';
import type { BlockRef } from '../../lib/lineage.ts';
import { untilIndexed } from '../../lib/progress.ts';
import { findFreePort } from '../../../scripts/lib/ports.ts';

const root = join(import.meta.dirname, '..', '..');
const PATIENCE_MS = 120_000;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

export interface Indexer {
  readonly url: string;
  /** Resolves when all that the chain has up to this block can be asked for. */
  readonly until: (block: BlockRef) => Promise<void>;
  readonly query: (text: string, variables?: Record<string, unknown>) => Promise<unknown>;
  readonly stop: (signal: NodeJS.Signals) => Promise<Exit>;
}

/** Runs scripts/serve.ts as a process of its own, with its data in `folder`. */
export async function startIndexer(
  book: Deployment,
  folder: string,
  settings: Record<string, string> = {},
): Promise<Indexer> {
  const port = await findFreePort();
  const { exited, kill } = run(book, folder, { PORT_INDEXER: String(port), ...settings });
  const url = `http://127.0.0.1:${port}`;
  const died = exited.then(({ code, output }): never => {
    throw new Error(`The indexer ended with ${String(code)}:\n${output}`);
  });
  died.catch(() => undefined);
  return {
    url,
    until: (block) => Promise.race([untilIndexed(url, block, PATIENCE_MS), died]),
    query: (text, variables) => ask(url, text, variables),
    stop: (signal) => {
      kill(signal);
      return exited;
    },
  };
}

/** Runs scripts/serve.ts until it ends by itself. */
export function runToEnd(
  book: Deployment,
  folder: string,
  settings: Record<string, string> = {},
): Promise<Exit> {
  return run(book, folder, settings).exited;
}

function run(book: Deployment, folder: string, settings: Record<string, string>) {
  const path = join(folder, 'deployment.json');
  writeFileSync(path, JSON.stringify(book));
  const child = spawn(process.execPath, [join(root, 'scripts', 'serve.ts')], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      TRUETONNE_DEPLOYMENT: path,
      INDEXER_DATA: join(folder, 'data'),
      PONDER_LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
  return { exited, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

async function ask(url: string, query: string, variables: Record<string, unknown> = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer: unknown = await response.json();
  const isAnswer = typeof answer === 'object' && answer !== null;
  if (!isAnswer || !('data' in answer) || 'errors' in answer) {
    throw new Error(`GraphQL answered ${JSON.stringify(answer)}`);
  }
  return answer.data;
}
