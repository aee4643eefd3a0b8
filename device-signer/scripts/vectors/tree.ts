import { createHash } from 'node:crypto';
import { buildTree, joinLeaves, proofOf, rootOf, toHex, type Hex } from '@truetonne/protocol';

const SIZES = [1, 2, 3, 4, 5, 8, 9];

/** Leaf `index` of all trees here: SHA-256 of the text `leaf <index>`. */
function leafOf(index: number): Hex {
  return toHex(createHash('sha256').update(`leaf ${index}`).digest());
}

async function makeTree(size: number): Promise<object> {
  const leaves = Array.from({ length: size }, (_, index) => leafOf(index));
  const tree = await buildTree(joinLeaves(leaves));
  const proofs = leaves.map((_, index) => proofOf(tree, index));
  return { name: `${size} ${size === 1 ? 'leaf' : 'leaves'}`, leaves, root: rootOf(tree), proofs };
}

/** Proofs that lead elsewhere, in the tree of five leaves. */
async function makeWrongProofs(): Promise<readonly object[]> {
  const leaves = Array.from({ length: 5 }, (_, index) => leafOf(index));
  const tree = await buildTree(joinLeaves(leaves));
  const root = rootOf(tree);
  const [first = root] = leaves;
  const proof = proofOf(tree, 0);
  const spoilt = proof.map((node, index) => (index === 0 ? leafOf(99) : node));
  const wrong: readonly (readonly [string, Hex, readonly Hex[]])[] = [
    ['a leaf that is not in the tree', leafOf(99), proof],
    ['a spoilt node', first, spoilt],
    ['a proof cut short', first, proof.slice(0, -1)],
    ['a proof too long', first, [...proof, leafOf(0)]],
    ['the proof of another leaf', first, proofOf(tree, 4)],
    ['no proof', first, []],
  ];
  return wrong.map(([name, leaf, given]) => ({
    name,
    leaf,
    proof: given,
    root,
    expect: 'NOT_IN_BATCH',
  }));
}

/** SPEC section 5. */
export async function makeTrees(): Promise<object> {
  return {
    description:
      'Batch trees, SPEC section 5. Leaf i is SHA-256 of the ASCII text `leaf i`, taken as it is.',
    trees: await Promise.all(SIZES.map(makeTree)),
    wrongProofs: await makeWrongProofs(),
  };
}
