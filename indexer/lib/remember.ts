/** The lineage on disk, between the starts: see lineage.ts. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { PublicClient } from 'viem';
import { finalBlockOf, findBlock } from './chain.ts';
import { continueLineage, formatLineage, parseLineage, type Lineage } from './lineage.ts';

const WITNESS_INTERVAL_MS = 1_000;

export interface Memory {
  readonly chain: PublicClient;
  readonly chainId: number;
  /** File of this lineage. */
  readonly path: string;
}

/** Compares what was remembered with the chain and writes down the outcome. */
export async function resumeLineage({ chain, chainId, path }: Memory): Promise<Lineage> {
  const remembered = readLineage(path);
  const hashNow = remembered && (await findBlock(chain, remembered.witness.number))?.hash;
  const lineage = continueLineage(remembered, await finalBlockOf(chain, chainId), hashNow);
  writeLineage(path, lineage);
  return lineage;
}

/** Moves the witness along with the chain for as long as the process lives. */
export function keepWitness(memory: Memory, { generation, witness }: Lineage): void {
  let last = witness;
  const move = async () => {
    const next = await finalBlockOf(memory.chain, memory.chainId);
    if (next.hash === last.hash) return;
    writeLineage(memory.path, { generation, witness: next });
    last = next;
  };
  // A chain that does not answer is reported by Ponder; the old witness stays good meanwhile.
  setInterval(() => void move().catch(() => undefined), WITNESS_INTERVAL_MS).unref();
}

function readLineage(path: string): Lineage | undefined {
  try {
    return parseLineage(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A rename is whole or not at all, also when the process is killed. */
function writeLineage(path: string, lineage: Lineage): void {
  const draft = `${path}.draft`;
  writeFileSync(draft, formatLineage(lineage));
  renameSync(draft, path);
}
