/**
 * How far an indexer has come. Ponder's own /ready and /status run ahead of the rows: the first by
 * the blocks that are not final, the second after a restart.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isHash } from 'viem';
import type { BlockRef } from './lineage.ts';

const POLL_MS = 20;
const QUERY = '{ indexedBlocks { items { number hash } } }';

/** The newest block whose events can be asked for; undefined while the indexer is starting. */
export async function findIndexedBlock(indexerUrl: string): Promise<BlockRef | undefined> {
  const response = await fetch(`${indexerUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  }).catch(() => undefined);
  return response?.ok === true ? parseAnswer(await response.json()) : undefined;
}

/**
 * Waits until all events of a block, and of those before it, can be asked for.
 * @param block of this hash, where it is the newest one
 * @throws Error after `patienceMs`
 */
export async function untilIndexed(
  indexerUrl: string,
  block: BlockRef,
  patienceMs: number,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const indexed = await findIndexedBlock(indexerUrl);
    if (indexed !== undefined && covers(indexed, block)) return;
    if (Date.now() > deadline) {
      const reached = indexed === undefined ? 'not ready' : `at block ${indexed.number}`;
      const wanted = `not at block ${block.number} (${block.hash})`;
      throw new Error(`${indexerUrl} is ${reached}, ${wanted}, after ${patienceMs} ms`);
    }
    await sleep(POLL_MS);
  }
}

function covers(indexed: BlockRef, { number, hash }: BlockRef): boolean {
  return indexed.number > number || indexed.hash === hash;
}

function parseAnswer(answer: unknown): BlockRef | undefined {
  const [row] = asList(fieldOf(fieldOf(fieldOf(answer, 'data'), 'indexedBlocks'), 'items'));
  const [number, hash] = [fieldOf(row, 'number'), fieldOf(row, 'hash')];
  if (typeof number !== 'string' || typeof hash !== 'string' || !isHash(hash)) return undefined;
  return { number: Number(number), hash };
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;
}
