import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countTests } from './count.ts';

test('adds up the closing lines of mocha, Hardhat and node', () => {
  const output = '  12 passing (3s)\n  1 failing\nℹ tests 5\nℹ pass 4\nℹ fail 1\n';
  assert.deepEqual(countTests(output, 1), { passed: 16, failed: 2 });
});

test("counts Hardhat's total and not its runners once more", () => {
  const output = '  286 passing (6s)\n\n311 passing (25 solidity, 286 mocha)\n';
  assert.deepEqual(countTests(output, 0), { passed: 311, failed: 0 });
  const broken =
    '  285 passing (6s)\n  1 failing\n\n310 passing (25 solidity, 285 mocha)\n1 failing (1 mocha)\n';
  assert.deepEqual(countTests(broken, 1), { passed: 310, failed: 1 });
});

test('counts a suite that dies without a failing test as a failure', () => {
  assert.deepEqual(countTests('ℹ pass 4\nℹ fail 0\n', 1), { passed: 4, failed: 1 });
});

test('counts a suite in which no test ran as a failure', () => {
  assert.deepEqual(countTests('nothing to do\n', 0), { passed: 0, failed: 1 });
});
