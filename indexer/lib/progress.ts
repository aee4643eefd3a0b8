/** How far an indexer has come: Ponder's /ready turns 200 some 30 blocks before the head. */
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;

/** Number of the newest block in the tables; undefined while the indexer is starting. */
export async function findIndexedBlock(indexerUrl: string): Promise<bigint | undefined> {
  const ready = await fetch(`${indexerUrl}/ready`).catch(() => undefined);
  if (ready?.status !== 200) return undefined;
  const response = await fetch(`${indexerUrl}/status`).catch(() => undefined);
  return response?.ok === true ? blockNumberOf(await response.json()) : undefined;
}

/**
 * Waits until all events up to and including a block can be asked for.
 * @throws Error after `patienceMs`
 */
export async function untilIndexed(
  indexerUrl: string,
  blockNumber: bigint,
  patienceMs: number,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const indexed = await findIndexedBlock(indexerUrl);
    if (indexed !== undefined && indexed >= blockNumber) return;
    if (Date.now() > deadline) {
      const reached = indexed === undefined ? 'not ready' : `at block ${indexed}`;
      throw new Error(`${indexerUrl} is ${reached}, not at ${blockNumber}, after ${patienceMs} ms`);
    }
    await sleep(POLL_MS);
  }
}

/** Ponder's /status: { <chain>: { id, block: { number, timestamp } } }, with one chain here. */
function blockNumberOf(status: unknown): bigint | undefined {
  const [chain]: unknown[] = Object.values(status ?? {});
  const block = fieldOf(chain, 'block');
  const number = fieldOf(block, 'number');
  return typeof number === 'number' ? BigInt(number) : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map(Object.entries(value)).get(name)
    : undefined;
}
