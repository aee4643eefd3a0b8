import { randomFillSync } from 'node:crypto';
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import { buildTree, toHex } from '@truetonne/protocol';
import type { BenchRow } from './row.ts';

const LEAVES = 1_000_000;
const REFERENCE_LEAVES = 20_000;
const LEAF_SIZE = 32;
/** The first run compiles; the median of three is what a service sees. */
const RUNS = 3;

/** The batch tree of a million windows in one thread, against @openzeppelin/merkle-tree. */
export async function run(): Promise<BenchRow[]> {
  const leaves = randomLeaves(LEAVES);
  const seconds: number[] = [];
  for (let index = 0; index < RUNS; index++) {
    const started = performance.now();
    await buildTree(leaves);
    seconds.push((performance.now() - started) / 1000);
  }
  const value = medianOf(seconds);
  const reference = timeReference();
  return [
    {
      name: 'merkle.million',
      value: round(value),
      unit: 's',
      aim: 1.5,
      reference: Math.round(reference),
      ratio: round(LEAVES / value / reference),
    },
  ];
}

/** Leaves per second of the reference, which hashes each leaf twice as its own format demands. */
function timeReference(): number {
  const leaves = randomLeaves(REFERENCE_LEAVES);
  const values = Array.from({ length: REFERENCE_LEAVES }, (_, index) => [
    toHex(leaves.subarray(index * LEAF_SIZE, (index + 1) * LEAF_SIZE)),
  ]);
  const started = performance.now();
  StandardMerkleTree.of(values, ['bytes32']);
  return REFERENCE_LEAVES / ((performance.now() - started) / 1000);
}

function randomLeaves(count: number): Uint8Array {
  return randomFillSync(new Uint8Array(count * LEAF_SIZE));
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
