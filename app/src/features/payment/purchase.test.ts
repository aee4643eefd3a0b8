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
const TERM = 30 * DAY;
const timing = { termSeconds: TERM, runsUntil: 0, now: 0 };

describe('the most that may be paid', () => {
  it('is the price itself for a token worth a dollar', () => {
    assert.equal(mostOf(quote, timing), 100_000_000n);
  });

  it('has the head-room of the quote where a feed prices the token', () => {
    assert.equal(mostOf({ ...quote, sendAmount: 101_000_000n }, timing), 101_000_000n);
  });

  it('covers what carried value loses in a quarter of an hour', () => {
    const change = { ...quote, amount: 40_000_000n, sendAmount: 40_000_000n, carried: 60_000_000n };
    // 60 over 30 days: 0.02083... in 15 minutes, rounded up.
    assert.equal(mostOf(change, { ...timing, runsUntil: TERM }) - 40_000_000n, 20_834n);
  });

  it('is never more than if nothing were carried over', () => {
    const change = { ...quote, amount: 0n, sendAmount: 0n, carried: 60_000_000n };
    assert.equal(mostOf(change, { ...timing, runsUntil: 10 }), 60_000_000n);
    assert.equal(mostOf(change, { ...timing, now: 10 }), 60_000_000n);
  });

  it('is nothing where unused value pays for more than the term', () => {
    // 199 carried over a new price of 49: 121.8 days.
    const until = 121.8 * DAY;
    const change = { ...quote, amount: 0n, sendAmount: 0n, carried: 199_000_000n, until };
    assert.equal(mostOf(change, { ...timing, runsUntil: TERM }), 0n);
  });

  it('is what may be missing where unused value just pays for the term', () => {
    const until = TERM + 120;
    const change = { ...quote, amount: 0n, sendAmount: 0n, carried: 100_000_000n, until };
    const most = mostOf(change, { ...timing, runsUntil: TERM });
    assert.ok(most > 0n && most < 34_723n, `${most}`);
  });
});

describe('what keepers may collect later', () => {
  it('is the cap for each term, in the token', () => {
    assert.equal(laterUp(quote, timing, 10_000, 3), 300_000_000n);
    assert.equal(laterUp(quote, timing, 0, 12), 0n);
  });

  it('goes by what the token is worth, also where unused value pays a part', () => {
    const carried = {
      ...quote,
      amount: 40_000_000n,
      sendAmount: 40_000_000n,
      carried: 60_000_000n,
    };
    assert.equal(laterUp(carried, timing, 10_000, 1), 100_000_000n);
    const cheap = { ...quote, amount: 200n, sendAmount: 202n };
    assert.equal(laterUp(cheap, timing, 10_000, 1), 202n);
  });

  it('is not more where unused value pays for all, but for a minute of clocks that differ', () => {
    const change = { ...quote, amount: 0n, sendAmount: 0n, carried: 400_000_000n, until: 4 * TERM };
    const later = laterUp(change, timing, 10_000, 1);
    assert.ok(later >= 100_000_000n && later < 100_001_000n, `${later}`);
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
