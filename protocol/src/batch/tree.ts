import { createKeccak } from 'hash-wasm';
import { concatBytes, fromHex, toHex, viewOf, type Hex } from '../bytes.ts';

const NODE_SIZE = 32;
const PAIR_SIZE = 2 * NODE_SIZE;

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
    throw new RangeError(
      `a tree needs whole leaves of 32 bytes, got ${String(leaves.length)} bytes`,
    );
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
  const pair = new Uint8Array(PAIR_SIZE);
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
  const above = new Uint8Array(Math.ceil(level.length / PAIR_SIZE) * NODE_SIZE);
  const view = viewOf(level);
  const pair = new Uint8Array(PAIR_SIZE);
  const whole = level.length - (level.length % PAIR_SIZE);
  for (let offset = 0; offset < whole; offset += PAIR_SIZE) {
    copyAscending(level, view, offset, pair);
    above.set(keccak(pair), offset / 2);
  }
  if (whole < level.length) above.set(level.subarray(whole), whole / 2);
  return above;
}

/**
 * Copies the two nodes at `offset` into `pair`, the smaller first. Written without `subarray`: a view
 * made per node costs as much as a third of its hash.
 */
function copyAscending(level: Uint8Array, view: DataView, offset: number, pair: Uint8Array): void {
  const first = offset + (isAscending(view, offset) ? 0 : NODE_SIZE);
  const second = 2 * offset + NODE_SIZE - first;
  for (let index = 0; index < NODE_SIZE; index++) {
    pair[index] = level[first + index] ?? 0;
    pair[NODE_SIZE + index] = level[second + index] ?? 0;
  }
}

function isAscending(view: DataView, offset: number): boolean {
  for (let index = offset; index < offset + NODE_SIZE; index += 4) {
    const left = view.getUint32(index);
    const right = view.getUint32(index + NODE_SIZE);
    if (left !== right) return left < right;
  }
  return true;
}
