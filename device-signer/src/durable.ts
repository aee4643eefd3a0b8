import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { TonneError } from '@truetonne/protocol';

/** Only the account that runs the device may read its state. */
export const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
}

/** Replaces a file whole or not at all: it survives a crash at any point. Mode 0600. */
export function writeDurably(path: string, content: string | Uint8Array): void {
  const draft = `${path}.draft`;
  const file = openSync(draft, 'w', PRIVATE_FILE);
  try {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    writeFully(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  syncFolder(dirname(path));
}

export function findFile(path: string): Uint8Array | undefined {
  return existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined;
}

function writeFully(file: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Takes a folder for this process; returns the function that gives it back. Two processes that seal
 * with one key would sign two windows with one sequence number, which freezes the device.
 *
 * @throws TonneError DATA_IN_USE
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const held = findFile(path);
  const holder = held === undefined ? undefined : new TextDecoder().decode(held).trim();
  if (holder !== undefined && isRunning(holder)) {
    throw new TonneError('DATA_IN_USE', { field: 'folder', value: `${folder}, by ${holder}` });
  }
  // A holder that no longer runs crashed; its lock is removed so that the creation below can succeed.
  if (holder !== undefined) rmSync(path, { force: true });
  createExclusively(path, folder);
  return () => {
    rmSync(path, { force: true });
  };
}

function createExclusively(path: string, folder: string): void {
  try {
    const file = openSync(path, 'wx', PRIVATE_FILE);
    writeSync(file, identityOf(process.pid));
    closeSync(file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new TonneError('DATA_IN_USE', { field: 'folder', value: folder });
  }
}

function isRunning(holder: string): boolean {
  const pid = Number(/^process (\d+)/.exec(holder)?.[1]);
  if (!Number.isSafeInteger(pid) || !isAlive(pid)) return false;
  return identityOf(pid) === holder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs under another account.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A process number is used again after a restart; with its start time (Linux) it is unique. */
function identityOf(pid: number): string {
  const status = findFile(`/proc/${String(pid)}/stat`);
  if (status === undefined) return `process ${String(pid)}`;
  // proc(5): field 22, starttime; fields are counted after the name, which may hold spaces.
  const fields = new TextDecoder().decode(status).split(') ').at(-1)?.split(' ') ?? [];
  return `process ${String(pid)} started ${fields[19] ?? 'unknown'}`;
}
