import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { totalsOf } from './totals.ts';

describe('totals of all projects', () => {
  it('add up exactly beyond what a float holds', () => {
    const big = { creditableWh: 2n ** 60n, grams: 1n, mintedGrams: 1n, retiredGrams: 0n };
    const small = { creditableWh: 1n, grams: 2n, mintedGrams: 0n, retiredGrams: 0n };
    assert.deepEqual(totalsOf([big, small]), {
      creditableWh: 2n ** 60n + 1n,
      grams: 3n,
      mintedGrams: 1n,
      retiredGrams: 0n,
    });
  });

  it('of no project are zero', () => {
    assert.equal(totalsOf([]).grams, 0n);
  });
});
