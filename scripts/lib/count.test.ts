import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countTests, failuresOf } from './count.ts';

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

test('tells again what a run said of its failures, without what passed before them', () => {
  const node = '✔ one (1ms)\nℹ fail 1\n\n✖ failing tests:\n\ntest at a.test.ts:1\n✖ two\n';
  assert.equal(failuresOf(node), '✖ failing tests:\n\ntest at a.test.ts:1\n✖ two\n');
  const mocha = '  ✔ one\n  12 passing (3s)\n  1 failing\n\n  1) two:\n     reverted\n';
  assert.match(failuresOf(mocha), /^\s*1 failing\n\n {2}1\) two:\n {5}reverted\n$/);
});

test('tells the last lines of a run that died before it could say what failed', () => {
  assert.equal(failuresOf('✔ one\nKilled\n'), '✔ one\nKilled\n');
});
