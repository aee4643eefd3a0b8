import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { creditName } from '../../data/creditName.ts';
import { checkAmount, toHolding } from './holding.ts';

const holding = { creditId: 12_024n, name: 'Desert Sun, vintage 2024', grams: 1_500_000n };
const own = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';

describe('a holding', () => {
  it('is named by project and vintage', () => {
    const credit = { vintage: 2024, projectId: 1, project: { name: 'Desert Sun', country: 'US' } };
    const balance = { account: own, creditId: 12_024n, grams: 5n, credit } as const;
    assert.equal(toHolding(balance).name, 'Desert Sun, vintage 2024');
    assert.equal(creditName({ creditId: 12_024n, credit: undefined }), 'Credit 12024');
  });
});

describe('what a person types to transfer or retire', () => {
  it('is taken up to the whole balance', () => {
    assert.deepEqual(checkAmount('1.500000', holding), { ok: true, value: 1_500_000n });
  });

  it('is refused one gram above it', () => {
    const checked = checkAmount('1.500001', holding);
    assert.deepEqual(checked, { ok: false, problem: 'You hold 1.500000\u00a0t CO₂e.' });
  });
});
