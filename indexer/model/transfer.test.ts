import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zeroAddress, zeroHash } from 'viem';
import { movementsOf, transferKindOf } from './transfer.ts';

const alice = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const bob = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';

test('A transfer from nobody mints, to nobody burns, else it is between holders', () => {
  assert.equal(transferKindOf(zeroAddress, alice), 'mint');
  assert.equal(transferKindOf(alice, zeroAddress), 'burn');
  assert.equal(transferKindOf(alice, bob), 'transfer');
  assert.equal(transferKindOf(alice, alice), 'transfer');
});

test('A batch transfer is several movements of one log, each with its own id', () => {
  assert.deepEqual(movementsOf([12_024n, 12_025n], [5n, 7n], zeroHash, 3), [
    { id: `${zeroHash}-3-0`, creditId: 12_024n, grams: 5n },
    { id: `${zeroHash}-3-1`, creditId: 12_025n, grams: 7n },
  ]);
});

test('A movement of zero grams is kept', () => {
  assert.equal(movementsOf([12_024n], [0n], zeroHash, 0)[0]?.grams, 0n);
});

test('An id without a value is refused rather than taken for zero', () => {
  assert.throws(() => movementsOf([1n, 2n], [5n], zeroHash, 0), RangeError);
});
