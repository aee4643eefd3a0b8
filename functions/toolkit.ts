import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

const FOLDER = import.meta.dirname;

/** Where npm puts the commands of this folder, Deno among them. */
export const BINARIES = join(FOLDER, 'node_modules/.bin');

/** npm writes it last: without it an install was interrupted. */
const INSTALLED = join(FOLDER, 'node_modules/.package-lock.json');

/** Installs the packages of this folder from its own lock, unless they are there. No install script runs. */
export async function installTools(): Promise<void> {
  if (existsSync(INSTALLED)) return;
  const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  await promisify(execFile)('npm', npm, { cwd: FOLDER });
}

/**
 * Loads a package of this folder, which is installed the first time. The packages' types are not installed
 * with the workspaces: the caller says what it uses.
 */
export async function loadTool(name: string): Promise<unknown> {
  await installTools();
  return createRequire(import.meta.url)(name);
}
