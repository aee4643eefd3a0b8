import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchStateOf, claimKindOf, judgeRoleOf, verdictOf } from './batchStatus.ts';

test('A status has the word that the contract gives it', () => {
  const words = [1, 2, 3, 4, 5].map(batchStateOf);
  assert.deepEqual(words, ['submitted', 'minted', 'verified', 'rejected', 'voided']);
});

test('A number that the contract does not know is no status and no kind', () => {
  for (const status of [0, 6, -1]) assert.throws(() => batchStateOf(status), /no batch has status/);
  assert.deepEqual([claimKindOf(0), claimKindOf(1)], ['carbon', 'energy']);
  assert.throws(() => claimKindOf(2), /no batch is claimed as kind 2/);
});

test('Roles and verdicts have their words, and no others', () => {
  assert.deepEqual([judgeRoleOf(3), judgeRoleOf(4)], ['verifier', 'recomputer']);
  assert.deepEqual([1, 2, 3].map(verdictOf), ['approve', 'reject', 'void']);
  assert.throws(() => judgeRoleOf(2), /role 2 judges no batch/);
  assert.throws(() => verdictOf(0), /0 is no verdict/);
});
