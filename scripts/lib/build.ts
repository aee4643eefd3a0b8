import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.ts';
import { mustRun } from './runCommand.ts';

/** A build step that runs only when what it reads has changed. */
interface BuildStep {
  readonly name: string;
  readonly sources: readonly string[];
  readonly product: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
}

const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);

const CONTRACTS: BuildStep = {
  name: 'contracts',
  sources: ['contracts/**/*.sol', 'hardhat.config.ts', 'package-lock.json'],
  product: 'artifacts',
  command: [bin('hardhat'), 'build'],
};

const APP: BuildStep = {
  name: 'app',
  sources: [
    'app/{src,public}/**/*',
    'app/{index.html,vite.config.ts}',
    'protocol/src/**/*.ts',
    'package-lock.json',
  ],
  product: 'app/dist',
  command: [bin('vite'), 'build'],
  cwd: join(ROOT, 'app'),
};

/** Compiles the contracts when they changed since the last time. */
export const buildContracts = (): Promise<void> => build(CONTRACTS);

/** Bundles the app when it changed since the last time. */
export const buildApp = (): Promise<void> => build(APP);

async function build(step: BuildStep): Promise<void> {
  const stampFile = join(ROOT, '.toolchain/builds', step.name);
  const stamp = digestOf(step.sources);
  const fresh = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (fresh && existsSync(join(ROOT, step.product))) return;
  const [command, ...args] = step.command;
  await mustRun(command, args, step.cwd === undefined ? {} : { cwd: step.cwd });
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

function digestOf(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  const entries = globSync([...patterns], { cwd: ROOT, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}
