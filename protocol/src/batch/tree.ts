import { createKeccak } from 'hash-wasm';
import { concatBytes, fromHex, toHex, viewOf, type Hex } from '../bytes.ts';

const NODE_SIZE = 32;
const PAIR_SIZE = 2 * NODE_SIZE;
const WORD_SIZE = 4;
const NODE_WORDS = NODE_SIZE / WORD_SIZE;

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
  let level = leaves.byteOffset % WORD_SIZE === 0 ? leaves : leaves.slice();
  const levels = [level];
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

/**
 * Written without `subarray` and with nodes copied as words: what is done here per pair would else cost
 * as much as a third of its hash. With it, nine tenths of the time are hash-wasm's own.
 */
function hashLevel(level: Uint8Array, keccak: Keccak): Uint8Array {
  const above = new Uint8Array(Math.ceil(level.length / PAIR_SIZE) * NODE_SIZE);
  const view = viewOf(level);
  const words = wordsOf(level);
  const pair = new Uint8Array(PAIR_SIZE);
  const pairWords = wordsOf(pair);
  const whole = level.length - (level.length % PAIR_SIZE);
  for (let offset = 0; offset < whole; offset += PAIR_SIZE) {
    copyAscending(words, offset / WORD_SIZE, isAscending(view, offset), pairWords);
    above.set(keccak(pair), offset / 2);
  }
  if (whole < level.length) above.set(level.subarray(whole), whole / 2);
  return above;
}

/** Bytes as words of the machine's own order, only to be copied. They begin at a multiple of four. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / WORD_SIZE);
}

/** Copies the pair of nodes that begins at word `start`, the smaller one first. */
function copyAscending(
  words: Uint32Array,
  start: number,
  ascending: boolean,
  pair: Uint32Array,
): void {
  const first = start + (ascending ? 0 : NODE_WORDS);
  const second = start + (ascending ? NODE_WORDS : 0);
  for (let index = 0; index < NODE_WORDS; index++) {
    pair[index] = words[first + index] ?? 0;
    pair[NODE_WORDS + index] = words[second + index] ?? 0;
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
