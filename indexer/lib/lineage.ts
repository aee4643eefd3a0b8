/**
 * Rows must never outlive the chain they were read from. The schema of the tables is named after
 * that chain (its id, the contracts, the hash of the block of deployment) and the code that wrote
 * them. A chain can also lose its newest blocks (a development chain restored from an older state)
 * while the block of deployment stays: so a witness, the newest final block, is remembered, and
 * when the chain no longer has it, the tables begin anew under the next generation.
 */
import { createHash } from 'node:crypto';
import { isHash, type Hex } from 'viem';
import type { Deployment } from './deployment.ts';

export interface BlockRef {
  readonly number: number;
  readonly hash: Hex;
}

export interface Lineage {
  readonly generation: number;
  readonly witness: BlockRef;
}

/** Name of the lineage: 22 characters, of at most 45 that a schema's name may have. */
export function lineageNameOf(
  deployment: Deployment,
  deploymentBlockHash: Hex,
  fingerprint: string,
): string {
  const { chainId, registry, credit, market } = deployment;
  const contracts = [registry, credit, ...(market === undefined ? [] : [market.contract])];
  const identity = [chainId, ...contracts, deploymentBlockHash, fingerprint].join('/');
  const digest = createHash('sha256').update(identity.toLowerCase()).digest('hex');
  return `tt_${digest.slice(0, 19)}`;
}

export function schemaNameOf(lineageName: string, generation: number): string {
  return `${lineageName}_${generation}`;
}

/**
 * The lineage to go on with.
 * @param remembered undefined on the first start
 * @param final the newest final block of the chain now
 * @param hashNow hash of the block with the witness's number on the chain now, undefined if none
 */
export function continueLineage(
  remembered: Lineage | undefined,
  final: BlockRef,
  hashNow: Hex | undefined,
): Lineage {
  if (remembered === undefined) return { generation: 0, witness: final };
  const { generation, witness } = remembered;
  // Ponder, too, refuses to go on when the final block is behind the one that it has finalized.
  const isSameChain = hashNow === witness.hash && final.number >= witness.number;
  return { generation: isSameChain ? generation : generation + 1, witness: final };
}

/** @returns undefined when the text is not a lineage */
export function parseLineage(text: string): Lineage | undefined {
  const [generation, number, hash, ...rest] = text.trim().split(' ');
  const numbers = [generation, number].map(Number);
  if (hash === undefined || !isHash(hash) || rest.length > 0) return undefined;
  if (!numbers.every(Number.isSafeInteger)) return undefined;
  return { generation: Number(generation), witness: { number: Number(number), hash } };
}

export function formatLineage({ generation, witness }: Lineage): string {
  return `${generation} ${witness.number} ${witness.hash}\n`;
}
