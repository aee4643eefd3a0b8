import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What every C file of the firmware is compiled with. */
export const WARNINGS = [
  '-Wall',
  '-Wextra',
  '-Wpedantic',
  '-Wconversion',
  '-Wshadow',
  '-Werror',
] as const;

/** Runs a compiler or an emulator; throws with what it printed, or with what is not installed. */
export async function runTool(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly debianPackage?: string } = {},
): Promise<string> {
  try {
    const { stdout } = await run(command, [...args], {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      maxBuffer: 64 << 20,
    });
    return stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Error(
        `${command} is not installed; on Debian it comes with ${options.debianPackage ?? command}`,
        { cause: error },
      );
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** A folder that is gone after the test. */
export function makeBuildFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-firmware-'));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
