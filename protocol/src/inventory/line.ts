import { rootOfProof } from '../batch/tree.ts';
import type { Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import { sha256 } from '../sha256.ts';

const TAG = 'truetonne-inventory-line-v1';

/**
 * Leaf of a line in the tree of a closed inventory. The text holds a random salt, so that a leaf tells
 * nothing of its line to whoever sees it as the partner of another; nodes above are keccak256 of 64 bytes,
 * which no leaf can be taken for.
 */
export function inventoryLeaf(line: string): Hex {
  return sha256(new TextEncoder().encode(`${TAG}\n${line}`));
}

/** Under which a period stands on the chain: SHA-256 of its first and last day, `YYYY-MM-DD`. */
export function periodHash(firstDay: string, lastDay: string): Hex {
  return sha256(new TextEncoder().encode(`${firstDay}\n${lastDay}`));
}

/**
 * Checks that a line, exactly as it is written, is in the inventory that a root was anchored for.
 *
 * @throws TonneError LINE_NOT_IN_INVENTORY
 */
export async function verifyInventoryLine(
  line: string,
  proof: readonly Hex[],
  root: Hex,
): Promise<void> {
  const found = await rootOfProof(inventoryLeaf(line), proof);
  if (found === root) return;
  throw new TonneError('LINE_NOT_IN_INVENTORY', { field: 'proof', value: found, expected: root });
}
