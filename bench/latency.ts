/** How long after its receipt a transaction can be asked for in GraphQL. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hex } from 'viem';
import type { Indexer } from '../indexer/test/support/indexer.ts';
import { Scenario } from '../indexer/test/support/scenario.ts';
import { BUYER, OWNER } from '../indexer/test/support/world.ts';
import type { BenchRow } from './row.ts';

const SAMPLES = 40;
const AIM_MS = 250;
/** Ponder asks the chain at fixed intervals; samples begin anywhere between two of them. */
const LONGEST_PAUSE_MS = 120;
const POLL_MS = 2;
const PATIENCE_MS = 30_000;

/**
 * `latency.graphql`: median over transfers of credits, on anvil and PGlite. The reference is the
 * median time of one query for a transfer that is there already.
 */
export async function run(): Promise<BenchRow[]> {
  const scenario = await Scenario.begin();
  try {
    await scenario.creditJuly();
    await scenario.startIndexer();
    await scenario.assertEqualsChain();
    const latencies: number[] = [];
    const queries: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      await sleep(Math.random() * LONGEST_PAUSE_MS);
      const hash = await transfer(scenario);
      latencies.push(await timeOf(() => untilVisible(scenario.indexer, hash)));
      queries.push(await timeOf(() => isVisible(scenario.indexer, hash)));
    }
    const [value, reference] = [medianOf(latencies), medianOf(queries)];
    const ratio = round(value / reference);
    return [{ name: 'latency.graphql', value, unit: 'ms', aim: AIM_MS, reference, ratio }];
  } finally {
    await scenario.end();
  }
}

/** Resolves as soon as the receipt is there. */
async function transfer({ world }: Scenario): Promise<Hex> {
  const args = [OWNER, BUYER, 12_024n, 1n, '0x'] as const;
  const { transactionHash } = await world.credit(OWNER, 'safeTransferFrom', args);
  return transactionHash;
}

async function untilVisible(indexer: Indexer, hash: Hex): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isVisible(indexer, hash))) {
    if (performance.now() > deadline) throw new Error(`${hash} is not in GraphQL`);
    await sleep(POLL_MS);
  }
}

async function isVisible(indexer: Indexer, hash: Hex): Promise<boolean> {
  const query = `{ transfers(where: { transactionHash: "${hash}" }) { items { id } } }`;
  return JSON.stringify(await indexer.query(query)).includes(hash);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
