import assert from 'node:assert/strict';

import { zeroHash } from 'viem';

import { openChain } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { assertPlansRefused, assertRefused } from './support/refusal.ts';
import {
  DAI,
  DAY,
  DISCOUNT,
  MONTH,
  orderOf,
  POL,
  PROFESSIONAL,
  renewalOf,
  STATE,
  USDC,
} from './support/world.ts';

const { time, freshWorld } = await openChain();

describe('changePlan', () => {
  it('to a dearer plan pays with the unused value first', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    const begun = await time.latest();
    const order = orderOf({ planId: PROFESSIONAL, capCents: 31_000 });
    await time.increaseTo(begun + 15 * DAY);
    const quote = await w.plans.read.quote([w.alice, order]);
    assert.deepEqual(
      [quote.listUsd, quote.discount, quote.amount, quote.carried],
      [300_000_000n, DISCOUNT.none, 250_000_000n, 50_000_000n],
    );
    assert.equal(quote.until, BigInt(begun + 15 * DAY + MONTH));
    assert.deepEqual([quote.renewalPercent, quote.renewalUsd], [15n, 255_000_000n]);

    await time.setNextBlockTimestamp(begun + 15 * DAY + 1);
    const events = await eventsOf(w, w.ofAlice.write.changePlan([order]));
    const carried = 49_999_961n;
    assert.deepEqual(events.argsOf('PlanChanged'), [
      {
        subscriber: w.alice,
        planId: PROFESSIONAL,
        yearly: false,
        tokenId: USDC,
        capCents: 31_000,
        until: begun + 15 * DAY + 1 + MONTH,
        paidTerms: 1,
        funded: 300_000_000n,
        carried,
      },
    ]);
    const usd = 300_000_000n - carried;
    assert.equal(events.argsOf('PaymentReceived')[0]?.usd, usd);
    assert.equal((await w.plans.read.entitlement([w.alice])).seats, 50);
    assert.equal((await w.plans.read.subscription([w.alice])).paidTerms, 1);
  });

  it('to a cheaper plan makes the term longer in proportion, without a payment', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ planId: PROFESSIONAL })]);
    const begun = await time.latest();
    await time.setNextBlockTimestamp(begun + 10 * DAY);
    const events = await eventsOf(w, w.ofAlice.write.changePlan([orderOf()]));
    // 200 dollars buy two months of a hundred.
    assert.equal(events.argsOf('PlanChanged')[0]?.until, begun + 10 * DAY + 2 * MONTH);
    assert.deepEqual(events.argsOf('PaymentReceived'), []);
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual([found.funded, found.receipts], [200_000_000n, 1]);
  });

  it('back and forth earns no loyalty and creates no value', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    const { until } = await w.plans.read.subscription([w.alice]);
    for (let round = 0; round < 5; round++) {
      await w.ofAlice.write.changePlan([orderOf({ maxAmount: 200n })]);
      await w.ofAlice.write.changePlan([orderOf({ maxAmount: 200n })]);
    }
    const found = await w.plans.read.subscription([w.alice]);
    assert.equal(found.paidTerms, 1);
    assert.ok(found.until <= until + 12 && found.funded <= 100_000_000n);
  });

  describe('ahead of terms that are paid and have not begun', () => {
    const YEARLY = orderOf({ planId: PROFESSIONAL, yearly: true });

    /** Alice has paid for so many months at once. */
    const freshAhead = async (terms: number) => {
      const w = await freshWorld();
      await w.ofAlice.write.subscribe([orderOf()]);
      const begun = await time.latest();
      for (let term = 1; term < terms; term++) await w.ofAlice.write.renew([renewalOf()]);
      return { w, begun };
    };

    it('counts none of them, neither for its price nor later', async () => {
      const { w } = await freshAhead(8);
      const before = await w.balanceOf(w.tokens.usdc, w.alice);
      const quote = await w.plans.read.quote([w.alice, YEARLY]);
      assert.deepEqual(
        [quote.discount, quote.priceUsd, quote.renewalPercent],
        [DISCOUNT.none, 3_000_000_000n, 15n],
      );
      const events = await eventsOf(w, w.ofAlice.write.changePlan([YEARLY]));
      assert.deepEqual(events.argsOf('LoyaltyApplied'), []);
      const [changed] = events.argsOf('PlanChanged');
      assert.deepEqual([changed?.paidTerms, changed?.funded], [1, 3_000_000_000n]);
      const paid = before - (await w.balanceOf(w.tokens.usdc, w.alice));
      assert.equal(paid, 3_000_000_000n - (changed?.carried ?? 0n));
      const renewal = await w.plans.read.quoteRenewal([w.alice, renewalOf()]);
      assert.deepEqual([renewal.discount, renewal.percent], [DISCOUNT.loyalty, 15n]);
    });

    it('counts those that have begun, to the second', async () => {
      const { w, begun } = await freshAhead(8);
      const percentAt = async (at: number) => {
        await time.increaseTo(at);
        return (await w.plans.read.quote([w.alice, YEARLY])).percent;
      };
      assert.equal(await percentAt(begun + MONTH - 1), 0n);
      assert.equal(await percentAt(begun + MONTH), 15n);
      assert.equal(await percentAt(begun + 3 * MONTH - 1), 15n);
      assert.equal(await percentAt(begun + 3 * MONTH), 20n);
      await time.setNextBlockTimestamp(begun + 3 * MONTH + 1);
      const events = await eventsOf(w, w.ofAlice.write.changePlan([YEARLY]));
      assert.deepEqual(events.argsOf('LoyaltyApplied'), [
        { subscriber: w.alice, paidTerm: 4, percent: 20, listUsd: 3_000_000_000n },
      ]);
      assert.equal((await w.plans.read.subscription([w.alice])).paidTerms, 4);
    });

    it('counts all of them when they have run out', async () => {
      const { w, begun } = await freshAhead(2);
      await time.increaseTo(begun + 2 * MONTH);
      await w.ofAlice.write.changePlan([YEARLY]);
      const found = await w.plans.read.subscription([w.alice]);
      assert.deepEqual([found.paidTerms, found.funded], [2, 2_550_000_000n]);
    });

    it('counts one term where more lie ahead than are counted', async () => {
      const { w } = await freshAhead(18);
      assert.equal((await w.plans.read.subscription([w.alice])).paidTerms, 15);
      await w.ofAlice.write.changePlan([YEARLY]);
      assert.equal((await w.plans.read.subscription([w.alice])).paidTerms, 1);
    });

    it('counts the first term after a trial that still runs', async () => {
      const w = await freshWorld();
      await w.ofAlice.write.startTrial([orderOf()]);
      await w.ofAlice.write.renew([renewalOf()]);
      await w.ofAlice.write.changePlan([YEARLY]);
      const found = await w.plans.read.subscription([w.alice]);
      assert.deepEqual([found.paidTerms, found.funded], [1, 3_000_000_000n]);
    });
  });

  it('in grace begins where the paid time ended, and may take another token', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    const end = (await time.latest()) + MONTH;
    await time.increaseTo(end + DAY);
    const order = orderOf({ planId: PROFESSIONAL, tokenId: DAI });
    assert.equal((await w.plans.read.quote([w.alice, order])).until, BigInt(end + MONTH));
    await w.ofAlice.write.changePlan([order]);
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual(
      [found.since, found.until, found.tokenId, found.funded],
      [end, end + MONTH, DAI, 300n * 10n ** 18n],
    );
  });

  it('drops the instalments that were agreed', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ instalments: 2 })]);
    const quote = await w.plans.read.quote([w.alice, orderOf({ planId: PROFESSIONAL })]);
    assert.deepEqual([quote.discount, quote.renewalPercent], [DISCOUNT.none, 0n]);
    await w.ofAlice.write.changePlan([orderOf({ planId: PROFESSIONAL })]);
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual([found.instalments, found.instalmentsLeft], [0, 0]);
    await w.ofAlice.write.renew([renewalOf()]);
    // It was no whole term: the renewal is the first.
    assert.equal((await w.plans.read.subscription([w.alice])).paidTerms, 1);
  });

  it('without a payment leaves the time for a dispute as it was', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ planId: PROFESSIONAL })]);
    await time.increase(DAY);
    const events = await eventsOf(w, w.ofAlice.write.changePlan([orderOf()]));
    assert.deepEqual(events.argsOf('PaymentReceived'), []);
    await w.ofAlice.write.dispute([zeroHash]);
    assert.equal((await w.plans.read.entitlement([w.alice])).state, STATE.disputed);
  });

  it('leaves money that can be collected where nothing is paid, and escrows what is', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ planId: PROFESSIONAL })]);
    await time.increase(8 * DAY);
    await w.ofAlice.write.changePlan([orderOf()]);
    await assert.rejects(w.ofAlice.write.dispute([zeroHash]), /DisputeTooLate/);
    await w.ofAlice.write.changePlan([orderOf({ planId: PROFESSIONAL, yearly: true })]);
    await w.ofAlice.write.dispute([zeroHash]);
  });

  it('is refused where it can not be', async () => {
    const w = await freshWorld();
    const change = (fields: object = {}) => w.ofAlice.write.changePlan([orderOf(fields)]);
    await assertRefused(change(), 'NotSubscribed', [w.alice]);
    await w.ofAlice.write.subscribe([orderOf()]);
    await assertRefused(change({ instalments: 2 }), 'InstalmentsInvalid', [2n, 1n]);
    await assertRefused(change({ tokenId: DAI }), 'TokenDiffers', [DAI, USDC]);
    await assertRefused(change({ planId: 9 }), 'PlanUnknown', [9, false]);
    const promo = await w.signPromo();
    await assertRefused(change({ promos: [promo, promo] }), 'TooManyExtras', [2n, 0n]);
    await assert.rejects(change({ planId: PROFESSIONAL, maxAmount: 1n }), /PriceAboveMaximum/);
    await w.ofAlice.write.cancel();
    const at = BigInt(await time.latest());
    await assertRefused(change(), 'AlreadyCanceled', [w.alice, at]);
    await assertPlansRefused(w.plans.read.quote([w.alice, orderOf()]), 'AlreadyCanceled', [
      w.alice,
      at,
    ]);
  });

  it('takes a promo code, and the coin with its excess', async () => {
    const w = await freshWorld();
    const value = 10n ** 21n;
    await w.ofAlice.write.subscribe([orderOf({ tokenId: POL })], { value });
    const order = orderOf({
      tokenId: POL,
      planId: PROFESSIONAL,
      promos: [await w.signPromo()],
    });
    await w.ofAlice.write.changePlan([order], { value });
    const found = await w.plans.read.subscription([w.alice]);
    assert.equal(found.funded, 300n * 10n ** 18n);
    const { accrued } = found;
    const earned = await w.ofAlice.read.earnedOf([POL]);
    assert.equal(await w.reader.getBalance({ address: w.address }), found.funded + earned);
    assert.equal(accrued, 0n);
  });
});
