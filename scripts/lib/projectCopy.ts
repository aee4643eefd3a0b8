import { cpSync, globSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT } from './paths.ts';

const FOLDERS = ['contracts', 'test', 'scripts', 'protocol', 'ignition', 'device-signer', 'data'];
const FILES = ['hardhat.config.ts', 'package.json', 'tsconfig.json', 'tsconfig.base.json'];
/** What is not deployed, and what has no code. */
const LEFT_OUT = ['mocks', 'development', 'test', 'interfaces'];
/** They deploy to anvil, which has the limits of code and gas that changed contracts may exceed. */
const ON_ANVIL = ['deploy.test.ts', 'sales.test.ts'];

/** A copy of what contract tests need, to change contracts in. `remove` deletes it. */
export interface ProjectCopy {
  readonly folder: string;
  readonly remove: () => void;
}

export function copyProject(): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), 'tonne-contracts-'));
  const filter = (path: string): boolean => !/[\\/](node_modules|dist)$/.test(path);
  for (const name of FOLDERS)
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter });
  for (const name of FILES) cpSync(join(ROOT, name), join(folder, name));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Sources of what is deployed, from the root of the project. */
export function findContracts(): string[] {
  return globSync('contracts/**/*.sol', { cwd: ROOT })
    .filter((name) => !LEFT_OUT.some((part) => name.includes(`/${part}/`)))
    .sort();
}

/** The contract tests that run in Hardhat's own chain. */
export function findContractTests(): string[] {
  return globSync('test/contracts/**/*.test.ts', { cwd: ROOT })
    .filter((path) => !ON_ANVIL.some((name) => path.endsWith(name)))
    .sort();
}
