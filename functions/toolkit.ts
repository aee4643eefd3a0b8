import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

const FOLDER = import.meta.dirname;

/** Where npm puts the commands of this folder, Deno among them. */
export const BINARIES = join(FOLDER, 'node_modules/.bin');

const PRESENT = join(FOLDER, 'node_modules/@chainlink/functions-toolkit/dist/simulateScript');

/**
 * Loads a package of this folder, which is installed from its own lock the first time. No install script
 * runs. The packages' types are not installed with the workspaces: the caller says what it uses.
 */
export async function loadTool(name: string): Promise<unknown> {
  if (!existsSync(PRESENT) || !existsSync(BINARIES)) {
    const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    await promisify(execFile)('npm', npm, { cwd: FOLDER });
  }
  return createRequire(import.meta.url)(name);
}
