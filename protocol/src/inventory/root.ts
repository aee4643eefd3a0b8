import { buildTree, joinLeaves, proofOf, rootOf, rootOfProof } from '../batch/tree.ts';
import { concatBytes, fromHex, toHex, type Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import { sha256 } from '../sha256.ts';
import { invalid, parseInventoryLine, type InventoryRecord } from './line.ts';

const DOMAIN = new TextEncoder().encode('TrueTonne inventory line v1\n');
const SALT_SIZE = 32;

/** What is handed to an auditor: one line, and nothing of the others but hashes. */
export interface InventoryProof {
  /** Canonical text of the line. */
  readonly text: string;
  /** 32 random bytes of this line alone; without them nobody can guess a line from its leaf. */
  readonly salt: Hex;
  readonly proof: readonly Hex[];
}

/**
 * Leaf of a line: SHA-256 of a domain, the line's salt and its canonical text. Inner nodes are keccak256 of 64
 * bytes, so no inner node can pass for a line.
 *
 * @throws TonneError INVENTORY_LINE_INVALID when the salt is not 32 bytes
 */
export function inventoryLeafOf(text: string, salt: Hex): Hex {
  const saltBytes = fromHex(salt);
  if (saltBytes.length !== SALT_SIZE) throw invalid('salt', salt, '32 bytes');
  return toHex(sha256(concatBytes([DOMAIN, saltBytes, new TextEncoder().encode(text)])));
}

/** Root of an inventory and a proof for each line. */
export interface InventoryTree {
  readonly root: Hex;
  /** Partners of a leaf from the bottom up. Throws INVENTORY_LINE_INVALID for a leaf that is not one of them. */
  readonly proofOf: (leaf: Hex) => readonly Hex[];
}

/**
 * The tree over all leaves in ascending order: the order in which lines were entered does not matter.
 *
 * @throws TonneError INVENTORY_LINE_INVALID when there is none, or two are the same
 */
export async function buildInventoryTree(leaves: readonly Hex[]): Promise<InventoryTree> {
  const sorted = [...leaves].sort();
  const positions = new Map(sorted.map((leaf, position) => [leaf, position]));
  if (sorted.length === 0) throw invalid('leaves', 'none', 'at least one line');
  if (positions.size !== sorted.length)
    throw invalid('leaves', 'one twice', 'a salt of its own each');
  const tree = await buildTree(joinLeaves(sorted));
  return {
    root: rootOf(tree),
    proofOf: (leaf) => {
      const position = positions.get(leaf);
      if (position === undefined) throw invalid('leaf', leaf, 'a line of this inventory');
      return proofOf(tree, position);
    },
  };
}

/**
 * Checks one line against an anchored root, in the browser or anywhere, and returns what it says.
 *
 * @throws TonneError INVENTORY_LINE_INVALID, INVENTORY_PROOF_INVALID
 */
export async function verifyInventoryLine(
  { text, salt, proof }: InventoryProof,
  root: Hex,
): Promise<InventoryRecord> {
  const record = parseInventoryLine(text);
  const reached = await rootOfProof(inventoryLeafOf(text, salt), proof);
  if (reached === root) return record;
  throw new TonneError('INVENTORY_PROOF_INVALID', {
    field: 'root',
    value: reached,
    expected: root,
  });
}
