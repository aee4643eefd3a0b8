import assert from 'node:assert/strict';
import { test } from 'node:test';
import { walletRoleOf } from './role.ts';

test('A role has the name that the contract has for its number', () => {
  assert.deepEqual([1, 2, 3, 4].map(walletRoleOf), [
    'party',
    'validator',
    'verifier',
    'recomputer',
  ]);
  assert.throws(() => walletRoleOf(0), /no wallet has role 0/);
  assert.throws(() => walletRoleOf(5), /no wallet has role 5/);
});
