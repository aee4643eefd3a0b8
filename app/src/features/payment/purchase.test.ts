import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Quote } from '../../chain/index.ts';
import { laterUp, mostOf, paymentMethodOf } from './purchase.ts';

const quote: Quote = {
  listUsd: 100_000_000n,
  discount: 'none',
  percent: 0,
  priceUsd: 100_000_000n,
  dueUsd: 100_000_000n,
  amount: 100_000_000n,
  sendAmount: 100_000_000n,
  carried: 0n,
  until: 0,
  renewalUsd: 100_000_000n,
  renewalDiscount: 'none',
  renewalPercent: 0,
};
const DAY = 86_400;

describe('the most that may be paid', () => {
  it('is the price itself for a token worth a dollar', () => {
    assert.equal(mostOf(quote, 0, 0), 100_000_000n);
  });

  it('has the head-room of the quote where a feed prices the token', () => {
    assert.equal(mostOf({ ...quote, sendAmount: 101_000_000n }, 0, 0), 101_000_000n);
  });

  it('covers what carried value loses in a quarter of an hour', () => {
    const change = { ...quote, amount: 40_000_000n, sendAmount: 40_000_000n, carried: 60_000_000n };
    // 60 over 30 days: 0.02083... in 15 minutes, rounded up.
    assert.equal(mostOf(change, 30 * DAY, 0) - 40_000_000n, 20_834n);
  });

  it('is never more than if nothing were carried over', () => {
    const change = { ...quote, amount: 0n, sendAmount: 0n, carried: 60_000_000n };
    assert.equal(mostOf(change, 10, 0), 60_000_000n);
    assert.equal(mostOf(change, 0, 10), 60_000_000n);
  });
});

describe('what keepers may collect later', () => {
  it('is the cap for each term, in the token', () => {
    assert.equal(laterUp(quote, 10_000, 3), 300_000_000n);
    assert.equal(laterUp(quote, 0, 12), 0n);
  });

  it('goes by what the token is worth, also where unused value pays a part', () => {
    const carried = {
      ...quote,
      amount: 40_000_000n,
      sendAmount: 40_000_000n,
      carried: 60_000_000n,
    };
    assert.equal(laterUp(carried, 10_000, 1), 100_000_000n);
    const cheap = { ...quote, amount: 200n, sendAmount: 202n };
    assert.equal(laterUp(cheap, 10_000, 1), 202n);
  });
});

describe('how a payment gets through', () => {
  const wallet = { allowance: 0n, permits: true };
  const price = { most: 100n, later: 0n };

  it('needs nothing beside it where enough is allowed, or the coin itself is sent', () => {
    assert.equal(paymentMethodOf(price, false, { ...wallet, allowance: 100n }), 'direct');
    assert.equal(paymentMethodOf(price, true, wallet), 'direct');
    assert.equal(paymentMethodOf({ most: 0n, later: 0n }, false, wallet), 'direct');
  });

  it('takes a permit where token and wallet can, and an allowance otherwise', () => {
    assert.equal(paymentMethodOf(price, false, { ...wallet, allowance: 99n }), 'permit');
    assert.equal(paymentMethodOf(price, false, { allowance: 99n, permits: false }), 'approve');
  });

  it('counts what is to be collected later', () => {
    const renewing = { most: 100n, later: 100n };
    assert.equal(paymentMethodOf(renewing, false, { ...wallet, allowance: 199n }), 'permit');
  });
});
