/** One indexer per data directory: two PGlite on the same files would ruin them. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TonneError } from '@truetonne/protocol';

const FILE = 'indexer.pid';

/**
 * Takes the directory for this process.
 * @returns what gives it back
 * @throws TonneError DATA_IN_USE with the id of the process that has it
 */
export function takeDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, FILE);
  const previous = readPid(path);
  if (previous !== undefined && previous !== process.pid && isIndexer(previous)) {
    const expected = `no other process; process ${previous} has it`;
    throw new TonneError('DATA_IN_USE', { field: 'INDEXER_DATA', value: directory, expected });
  }
  writeFileSync(path, `${process.pid}\n`);
  return () => rmSync(path, { force: true });
}

function readPid(path: string): number | undefined {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Process ids come back after a reboot, so where /proc tells the command it has to be ours. */
function isIndexer(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('serve.ts');
  } catch {
    return true;
  }
}
