import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  encodeWindow,
  parseWindow,
  TonneError,
  type Hex,
  type SealedWindow,
} from '@truetonne/protocol';
import { findFile, makeFolder, writeDurably } from './durable.ts';

/** Sealed windows that nobody has acknowledged yet, one file each, in order of sequence. */
export interface Outbox {
  /** Returns when the window is on the disk. */
  readonly add: (window: SealedWindow) => void;
  /** The oldest windows, at most `limit`. */
  readonly oldest: (limit: number) => readonly SealedWindow[];
  /** The last window that was in the outbox when it was opened. */
  readonly newestAtOpening: SealedWindow | undefined;
  readonly size: () => number;
  readonly remove: (sequence: number) => void;
  /** Removes what a crash left between storing that windows are settled and removing their files. */
  readonly removeUntil: (sequence: number) => void;
  /** Puts a window aside that will never be accepted, for a person to look at. */
  readonly setAside: (sequence: number) => void;
}

const WINDOW_FILE = /^(\d{10})\.window$/;

/** Opens the outbox of a state folder. Throws CONFIGURATION_INVALID when a file of it is spoilt. */
export function openOutbox(folder: string, domain: Hex): Outbox {
  const pending = join(folder, 'outbox');
  const refused = join(folder, 'refused');
  makeFolder(pending);
  makeFolder(refused);
  const stored = listSequences(pending);
  const newest = stored.at(-1);
  const sequences = new Set(stored);
  const remove = (sequence: number): void => {
    rmSync(join(pending, fileOf(sequence)), { force: true });
    sequences.delete(sequence);
  };
  return {
    add(window) {
      writeDurably(join(pending, fileOf(window.header.sequence)), encodeWindow(window));
      sequences.add(window.header.sequence);
    },
    oldest: (limit) => firstOf(sequences, limit).map((each) => readWindow(pending, each, domain)),
    newestAtOpening: newest === undefined ? undefined : readWindow(pending, newest, domain),
    size: () => sequences.size,
    remove,
    removeUntil(sequence) {
      stored.filter((other) => other <= sequence).forEach(remove);
    },
    setAside(sequence) {
      renameSync(join(pending, fileOf(sequence)), join(refused, fileOf(sequence)));
      sequences.delete(sequence);
    },
  };
}

function firstOf(sequences: ReadonlySet<number>, limit: number): readonly number[] {
  const first: number[] = [];
  for (const sequence of sequences) {
    if (first.length === limit) break;
    first.push(sequence);
  }
  return first;
}

function fileOf(sequence: number): string {
  return `${String(sequence).padStart(10, '0')}.window`;
}

function listSequences(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => WINDOW_FILE.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

function readWindow(folder: string, sequence: number, domain: Hex): SealedWindow {
  const path = join(folder, fileOf(sequence));
  try {
    return parseWindow(findFile(path) ?? new Uint8Array(), domain);
  } catch (error) {
    if (!(error instanceof TonneError)) throw error;
    throw new TonneError('CONFIGURATION_INVALID', { field: path, value: error.message });
  }
}
