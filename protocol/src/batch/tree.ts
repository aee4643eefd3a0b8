import { createKeccak } from 'hash-wasm';
import { compareBytes, concatBytes, fromHex, toHex, type Hex } from '../bytes.ts';

const NODE_SIZE = 32;

/** Hashes 64 bytes to 32: keccak256 in WebAssembly, ten times the speed of JavaScript. */
type Keccak = (pair: Uint8Array) => Uint8Array;

/** All levels of a batch tree (SPEC section 5), each level's nodes joined; the root is the last level. */
export interface BatchTree {
  readonly levels: readonly Uint8Array[];
}

/** Keccak in WebAssembly has to be compiled once, which is why making a tree is asynchronous. */
async function loadKeccak(): Promise<Keccak> {
  const hasher = await createKeccak(256);
  return (pair) => hasher.init().update(pair).digest('binary');
}

/**
 * The tree of the leaves in the order given, which has to be the canonical one.
 * `leaves` are 32-byte header hashes, joined. Throws RangeError when there is none.
 */
export async function buildTree(leaves: Uint8Array): Promise<BatchTree> {
  if (leaves.length === 0 || leaves.length % NODE_SIZE !== 0) {
    throw new RangeError(`a tree needs whole leaves of 32 bytes, got ${String(leaves.length)} bytes`);
  }
  const keccak = await loadKeccak();
  const levels = [leaves];
  let level = leaves;
  while (level.length > NODE_SIZE) {
    level = hashLevel(level, keccak);
    levels.push(level);
  }
  return { levels };
}

export function joinLeaves(hashes: readonly Hex[]): Uint8Array {
  return concatBytes(hashes.map(fromHex));
}

export function rootOf(tree: BatchTree): Hex {
  return toHex(tree.levels.at(-1) ?? new Uint8Array(NODE_SIZE));
}

/** Partners of a leaf from the bottom up; levels at which it moved up unchanged have none. */
export function proofOf(tree: BatchTree, leafIndex: number): readonly Hex[] {
  const proof: Hex[] = [];
  let index = leafIndex;
  for (const level of tree.levels.slice(0, -1)) {
    const partner = nodeAt(level, index ^ 1);
    if (partner.length === NODE_SIZE) proof.push(toHex(partner));
    index >>= 1;
  }
  return proof;
}

/** Root that a leaf and its proof lead to. */
export async function rootOfProof(leaf: Hex, proof: readonly Hex[]): Promise<Hex> {
  const keccak = await loadKeccak();
  const pair = new Uint8Array(2 * NODE_SIZE);
  return proof.reduce<Hex>((node, partner) => {
    pair.set(fromHex(node < partner ? node : partner), 0);
    pair.set(fromHex(node < partner ? partner : node), NODE_SIZE);
    return toHex(keccak(pair));
  }, leaf);
}

function nodeAt(level: Uint8Array, index: number): Uint8Array {
  return level.subarray(index * NODE_SIZE, (index + 1) * NODE_SIZE);
}

function hashLevel(level: Uint8Array, keccak: Keccak): Uint8Array {
  const count = level.length / NODE_SIZE;
  const above = new Uint8Array(Math.ceil(count / 2) * NODE_SIZE);
  const swapped = new Uint8Array(2 * NODE_SIZE);
  for (let index = 0; index < count; index += 2) {
    const offset = (index / 2) * NODE_SIZE;
    const left = nodeAt(level, index);
    if (index + 1 === count) {
      above.set(left, offset);
      break;
    }
    const right = nodeAt(level, index + 1);
    if (compareBytes(left, right) <= 0) {
      above.set(keccak(level.subarray(index * NODE_SIZE, (index + 2) * NODE_SIZE)), offset);
    } else {
      swapped.set(right, 0);
      swapped.set(left, NODE_SIZE);
      above.set(keccak(swapped), offset);
    }
  }
  return above;
}
