import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { SimpleMerkleTree } from '@openzeppelin/merkle-tree';
import { toHex, type Hex } from '../bytes.ts';
import { buildTree, joinLeaves, proofOf, rootOf, rootOfProof } from './tree.ts';

function randomLeaves(count: number): readonly Hex[] {
  return Array.from({ length: count }, () => toHex(new Uint8Array(randomBytes(32))));
}

test("OpenZeppelin verifies every leaf's proof, in trees of 1 to 40 leaves", async () => {
  for (let count = 1; count <= 40; count++) {
    const leaves = randomLeaves(count);
    const tree = await buildTree(joinLeaves(leaves));
    const root = rootOf(tree);
    leaves.forEach((leaf, index) => {
      const proof = [...proofOf(tree, index)];
      assert.ok(SimpleMerkleTree.verify(root, leaf, proof), `leaf ${index} of ${count}`);
    });
  }
});

test('our own verification agrees with it', async () => {
  const leaves = randomLeaves(13);
  const tree = await buildTree(joinLeaves(leaves));
  for (const [index, leaf] of leaves.entries()) {
    assert.equal(await rootOfProof(leaf, proofOf(tree, index)), rootOf(tree));
  }
});

test('another leaf, another place or a changed proof leads to another root', async () => {
  const leaves = randomLeaves(9);
  const tree = await buildTree(joinLeaves(leaves));
  const root = rootOf(tree);
  const [stranger = root] = randomLeaves(1);
  for (const [index, leaf] of leaves.entries()) {
    const proof = proofOf(tree, index);
    assert.notEqual(await rootOfProof(stranger, proof), root);
    assert.notEqual(await rootOfProof(leaf, proofOf(tree, (index + 2) % 9)), root);
    for (let step = 0; step < proof.length; step++) {
      const spoilt = proof.map((node, at) => (at === step ? stranger : node));
      assert.notEqual(await rootOfProof(leaf, spoilt), root);
    }
  }
});

test('every leaf and its place changes the root', async () => {
  const leaves = randomLeaves(7);
  const root = rootOf(await buildTree(joinLeaves(leaves)));
  const [stranger = root] = randomLeaves(1);
  for (let index = 0; index < leaves.length; index++) {
    const changed = leaves.map((leaf, at) => (at === index ? stranger : leaf));
    assert.notEqual(rootOf(await buildTree(joinLeaves(changed))), root);
  }
  assert.notEqual(rootOf(await buildTree(joinLeaves(leaves.slice(0, -1)))), root);
});

test('the tree of one leaf is that leaf', async () => {
  const [leaf = '0x'] = randomLeaves(1);
  const tree = await buildTree(joinLeaves([leaf]));
  assert.equal(rootOf(tree), leaf);
  assert.deepEqual(proofOf(tree, 0), []);
});

test('leaves may lie anywhere in their buffer', async () => {
  const leaves = joinLeaves(randomLeaves(5));
  const root = rootOf(await buildTree(leaves));
  for (const offset of [1, 2, 3, 4]) {
    const moved = new Uint8Array(leaves.length + offset).subarray(offset);
    moved.set(leaves);
    assert.equal(rootOf(await buildTree(moved)), root);
  }
});

test('no leaves, and part of a leaf, are refused', async () => {
  await assert.rejects(buildTree(new Uint8Array(0)), RangeError);
  await assert.rejects(buildTree(new Uint8Array(33)), RangeError);
});
