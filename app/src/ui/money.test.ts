import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coins, coinsDown, countdown, parseCoins, usd } from './money.ts';

const usdc = { decimals: 6, symbol: 'USDC' };
const pol = { decimals: 18, symbol: 'POL' };

describe('money as text', () => {
  it('shows dollars with two decimals, and more where there are more', () => {
    assert.equal(usd(0n), '$0.00');
    assert.equal(usd(299_000_000n), '$299.00');
    assert.equal(usd(1_234_567_890_123n), '$1,234,567.890123');
    assert.equal(usd(-1n), '−$0.000001');
  });

  it('shows a token to its last digit', () => {
    assert.equal(coins(299_000_000n, usdc), '299.00\u00a0USDC');
    assert.equal(coins(1n, usdc), '0.000001\u00a0USDC');
    assert.equal(coins(1n, pol), '0.000000000000000001\u00a0POL');
    assert.equal(coins(7n, { decimals: 0, symbol: 'X' }), '7\u00a0X');
  });

  it('shows a balance rounded down to four decimals', () => {
    assert.equal(coinsDown(98_009_987_199n, usdc), '98,009.9871\u00a0USDC');
    assert.equal(coinsDown(10n ** 18n - 1n, pol), '0.9999\u00a0POL');
    assert.equal(coinsDown(7n, { decimals: 0, symbol: 'X' }), '7\u00a0X');
  });

  it('reads back what it shows', () => {
    for (const amount of [0n, 1n, 999_999n, 1_000_000n, 12_345_678_900_001n]) {
      assert.equal(parseCoins(coins(amount, usdc).split('\u00a0')[0] ?? '', 6), amount);
    }
  });

  it('refuses what could mean two things', () => {
    assert.equal(typeof parseCoins('1,5', 6), 'string');
    assert.equal(typeof parseCoins('', 6), 'string');
    assert.equal(parseCoins('1.0000001', 6), 'At most 6 decimals.');
  });
});

describe('a countdown', () => {
  it('has its two largest units', () => {
    assert.equal(countdown(4 * 86_400 + 3 * 3_600 + 59, 0), '4\u00a0d 3\u00a0h');
    assert.equal(countdown(3_600, 0), '1\u00a0h 0\u00a0min');
    assert.equal(countdown(65, 0), '1\u00a0min 5\u00a0s');
    assert.equal(countdown(9, 0), '9\u00a0s');
    assert.equal(countdown(5, 10), '0 s');
  });
});
