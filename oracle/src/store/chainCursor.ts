import type { Hex } from '@truetonne/protocol';
import { z } from 'zod';
import type { Session } from './database/database.ts';
import { findSetting, saveSetting } from './settings.ts';

/** Blocks before the last one that are remembered, to tell a chain that lags from another chain. */
const PAST = 16;

interface Block {
  readonly block: number;
  /** When the chain has another one there, blocks were taken back; `undefined` before the first. */
  readonly hash: Hex | undefined;
}

/** The last block whose events are in the store. */
export interface Cursor extends Block {
  /** Blocks before it, oldest first. */
  readonly past: readonly Block[];
  /** While events are read anew, the block up to which they have to be; 0 otherwise. */
  readonly until: number;
}

export function advanceCursor(cursor: Cursor | undefined, next: Block): Cursor {
  if (cursor === undefined) return { ...next, past: [], until: 0 };
  const { past, until, block, hash } = cursor;
  const [first, ...rest] = hash === undefined ? past : [...past, { block, hash }];
  // The oldest one stays: it tells a chain that began again.
  const kept = first === undefined ? [] : [first, ...rest.slice(-PAST)];
  return { ...next, past: kept, until };
}

const hash = z.templateLiteral(['0x', z.string()]);
const block = z.object({ block: z.number(), hash });
const shape = z.object({
  block: z.number(),
  hash: hash.optional(),
  past: z.array(block).default([]),
  until: z.number().default(0),
});

export async function readCursor(session: Session): Promise<Cursor | undefined> {
  const text = await findSetting(session, 'chainCursor');
  if (text === undefined || text === '') return undefined;
  const parsed = shape.parse(JSON.parse(text));
  return { ...parsed, hash: parsed.hash };
}

export async function saveCursor(session: Session, cursor: Cursor): Promise<void> {
  await saveSetting(session, 'chainCursor', JSON.stringify(cursor));
}

/** Whether events that had been believed are being read anew: until then the store knows less. */
export async function isReadingAgain(session: Session): Promise<boolean> {
  return ((await readCursor(session))?.until ?? 0) > 0;
}
