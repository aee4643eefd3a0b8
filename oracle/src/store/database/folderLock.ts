import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TonneError } from '@truetonne/protocol';

const heldHere = new Set<string>();

/**
 * Marks a data folder as in use by this process and returns what frees it. PGlite doesn't guard its
 * files itself. A mark left by a process that died is taken over.
 *
 * @throws TonneError DATA_IN_USE
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'oracle.pid');
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    const holder = Number(readFileSync(path, 'utf8'));
    // A container often gives the new process the number of the one before it.
    const held = holder === process.pid ? heldHere.has(path) : isAlive(holder);
    if (held) throw new TonneError('DATA_IN_USE', { field: path, value: `process ${holder}` });
    writeFileSync(path, String(process.pid));
  }
  heldHere.add(path);
  return () => {
    heldHere.delete(path);
    rmSync(path, { force: true });
  };
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
