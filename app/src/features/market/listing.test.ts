import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listingIdOf } from '@truetonne/protocol';
import { checkLastDay, checkMinimum, checkPurchase, NEVER, stateOf, toListing } from './listing.ts';

const ROW = {
  id: '0x00',
  seller: '0x90f79bf6eb2c4f870365e785982e1f101e93b906',
  creditId: 12_026n,
  currency: 'usdc',
  pricePerTonne: 20_000_000n,
  minimumGrams: 500_000n,
  expiresAt: 1_000,
  listedGrams: 2_000_000n,
  leftGrams: 1_200_000n,
  soldGrams: 800_000n,
  unlistedGrams: 0n,
  vintage: 2026,
  country: 'AL',
  listedAt: 1,
  transactionHash: '0x00',
  project: undefined,
  credit: undefined,
} as const;

describe('a purchase', () => {
  it('is of no more than is left and no fewer than the minimum, but for the rest', () => {
    assert.deepEqual(checkPurchase('0.5', ROW), { ok: true, value: 500_000n });
    assert.deepEqual(checkPurchase('1.2', ROW), { ok: true, value: 1_200_000n });
    assert.ok(!checkPurchase('1.200001', ROW).ok);
    assert.ok(!checkPurchase('0.499999', ROW).ok);
    assert.ok(!checkPurchase('0', ROW).ok);
    const rest = { ...ROW, leftGrams: 3n };
    assert.deepEqual(checkPurchase('0.000003', rest), { ok: true, value: 3n });
    assert.ok(!checkPurchase('0.000002', rest).ok);
  });
});

describe('a listing', () => {
  it('is open until it is sold out or over', () => {
    assert.equal(stateOf(ROW, 999), 'open');
    assert.equal(stateOf(ROW, 1_000), 'over');
    assert.equal(stateOf({ ...ROW, leftGrams: 0n }, 999), 'soldOut');
  });

  it('has the id that the contract gives it, whatever the case of the address', () => {
    const id = listingIdOf(toListing(ROW));
    assert.equal(id, listingIdOf(toListing({ ...ROW, leftGrams: 0n })));
    assert.notEqual(id, listingIdOf(toListing({ ...ROW, expiresAt: 1_001 })));
  });

  it('ends with its last day, or never', () => {
    assert.deepEqual(checkLastDay('2026-01-01', 0), { ok: true, value: 1_767_312_000 });
    assert.deepEqual(checkLastDay('', 0), { ok: true, value: NEVER });
    assert.ok(!checkLastDay('2026-01-01', 1_767_312_000).ok);
  });

  it('has no minimum above what it offers', () => {
    assert.deepEqual(checkMinimum('', 5n), { ok: true, value: 0n });
    assert.deepEqual(checkMinimum('0.000005', 5n), { ok: true, value: 5n });
    assert.ok(!checkMinimum('0.000006', 5n).ok);
    assert.ok(!checkMinimum('x', 5n).ok);
  });
});
