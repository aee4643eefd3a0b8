import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFeatures, checkMonths, checkTens, monthNumbers, pricesProblem } from './fields.ts';

describe('what an operator types', () => {
  it('is a season in steps of ten, as the contract keeps it', () => {
    assert.deepEqual(checkTens('30', 70), { ok: true, value: 30 });
    assert.deepEqual(checkTens('0', 70), { ok: true, value: 0 });
    for (const wrong of ['15', '80', '-10', '', 'ten']) {
      assert.deepEqual(checkTens(wrong, 70), { ok: false, problem: 'Enter 0, 10, 20 … 70.' });
    }
  });

  it('is a price for at least one period, and none for Free', () => {
    assert.equal(pricesProblem(false, 19_500_000, 0), undefined);
    assert.equal(pricesProblem(false, 0, 1), undefined);
    assert.match(pricesProblem(false, 0, 0) ?? '', /Enter a price/);
    assert.equal(pricesProblem(true, 0, 0), undefined);
    assert.match(pricesProblem(true, 0, 1) ?? '', /Free has no price/);
  });

  it('is months by their numbers, read back as they were typed', () => {
    const checked = checkMonths('3, 8,10');
    assert.deepEqual(checked, { ok: true, value: 0b10_1000_0100 });
    assert.equal(monthNumbers(0b10_1000_0100), '3, 8, 10');
    assert.equal(checkMonths('0').ok, false);
    assert.equal(checkMonths('3;8').ok, false);
  });

  it('is features by their names, and says which one is none', () => {
    assert.deepEqual(checkFeatures(' parquet, apiKeys '), {
      ok: true,
      value: ['apiKeys', 'parquet'],
    });
    const wrong = checkFeatures('apiKeys, apikeys');
    assert.match(wrong.ok ? '' : wrong.problem, /^apikeys is none of apiKeys/);
  });
});
