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
  NO_OFFERS,
  orderOf,
  POL,
  PROFESSIONAL,
  renewalOf,
  STARTER,
  STATE,
  STATUS,
  USD,
  USDC,
  YEAR,
} from './support/world.ts';

const { time, freshWorld } = await openChain();

describe('renew', () => {
  it('before the end adds a whole term, and streams what is unused with what is paid', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    const begun = await time.latest();
    await time.setNextBlockTimestamp(begun + 10 * DAY);
    const events = await eventsOf(w, w.ofAlice.write.renew([renewalOf()]));

    const until = begun + 2 * MONTH;
    // Ten days of a hundred dollars are earned; 15 % are off.
    const funded = 66_666_666n + 85_000_000n;
    assert.deepEqual(events.argsOf('Renewed'), [
      { subscriber: w.alice, paidTerms: 2, until, funded },
    ]);
    assert.deepEqual(events.names, [
      'Renewed',
      'PaymentReceived',
      'LoyaltyApplied',
      'SubscriptionUpdate',
    ]);
    assert.equal(events.argsOf('PaymentReceived')[0]?.receipt, 2);
    assert.equal(await w.ofAlice.read.earnedOf([USDC]), 33_333_334n);
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual([found.since, found.until], [begun + 10 * DAY, until]);
  });

  it('in grace begins where the paid time ended, and restores everything', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    const end = (await time.latest()) + MONTH;
    await time.setNextBlockTimestamp(end + 5 * DAY - 1);
    await w.ofAlice.write.renew([renewalOf()]);
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual(
      [found.since, found.until, found.paidTerms, found.funded],
      [end, end + MONTH, 2, 85_000_000n],
    );
    assert.equal(found.state, STATE.active);
  });

  it('after grace is refused, and so is what was never bought', async () => {
    const w = await freshWorld();
    await assertRefused(w.ofBob.write.renew([renewalOf()]), 'NotSubscribed', [w.bob]);
    await w.ofAlice.write.subscribe([orderOf()]);
    await time.setNextBlockTimestamp((await time.latest()) + MONTH + 5 * DAY);
    await assertRefused(w.ofAlice.write.renew([renewalOf()]), 'NotSubscribed', [w.alice]);
    await assertPlansRefused(w.plans.read.quoteRenewal([w.bob, renewalOf()]), 'NotSubscribed', [
      w.bob,
    ]);
  });

  it('takes another token only when the paid time has run out', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    const end = (await time.latest()) + MONTH;
    await time.setNextBlockTimestamp(end - 1);
    await assertRefused(w.ofAlice.write.renew([renewalOf({ tokenId: DAI })]), 'TokenDiffers', [
      DAI,
      USDC,
    ]);
    await assertPlansRefused(
      w.plans.read.quoteRenewal([w.alice, renewalOf({ tokenId: DAI })]),
      'TokenDiffers',
      [DAI, USDC],
    );
    await time.setNextBlockTimestamp(end);
    await w.ofAlice.write.renew([renewalOf({ tokenId: DAI })]);
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual([found.tokenId, found.funded], [DAI, 85n * 10n ** 18n]);
    assert.equal(await w.ofAlice.read.earnedOf([USDC]), 100_000_000n);
  });

  it('takes a price that fell, and refuses one above the maximum', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    await assertRefused(
      w.ofAlice.write.renew([renewalOf({ maxAmount: 84_999_999n })]),
      'PriceAboveMaximum',
      [85_000_000n, 84_999_999n],
    );
    await w.plans.write.repricePlan([STARTER, 10 * USD, 0]);
    await w.ofAlice.write.renew([renewalOf({ maxAmount: 85_000_000n })]);
    assert.equal((await w.plans.read.subscription([w.alice])).paidTerms, 2);
  });

  it('is quoted as it is paid', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    const until = BigInt((await time.latest()) + 2 * MONTH);
    assert.deepEqual(await w.plans.read.quoteRenewal([w.alice, renewalOf()]), {
      listUsd: 100_000_000n,
      discount: DISCOUNT.loyalty,
      percent: 15n,
      priceUsd: 85_000_000n,
      dueUsd: 85_000_000n,
      amount: 85_000_000n,
      sendAmount: 85_000_000n,
      carried: 0n,
      until,
      renewalUsd: 85_000_000n,
      renewalDiscount: DISCOUNT.loyalty,
      renewalPercent: 15n,
    });
  });

  it('refuses to be paid more than ten years ahead', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ yearly: true })]);
    for (let year = 1; year < 10; year++) await w.ofAlice.write.renew([renewalOf()]);
    const [latest, { until }] = [
      BigInt(await time.latest()),
      await w.plans.read.subscription([w.alice]),
    ];
    await time.setNextBlockTimestamp(latest + 10n);
    await assertRefused(w.ofAlice.write.renew([renewalOf()]), 'PaidTooFarAhead', [
      BigInt(until + YEAR),
      latest + 10n + BigInt(3_650 * DAY),
    ]);
  });

  it('refuses a plan or token that is not sold or taken any more; the running term stays', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    await w.plans.write.setTokenStatus([USDC, STATUS.paused]);
    await assertRefused(w.ofAlice.write.renew([renewalOf()]), 'TokenNotAccepted', [
      USDC,
      STATUS.paused,
    ]);
    await w.plans.write.setTokenStatus([USDC, STATUS.accepted]);
    await w.plans.write.retirePlan([STARTER]);
    await assertRefused(w.ofAlice.write.renew([renewalOf()]), 'PlanNotForSale', [STARTER]);
    const { state, seats } = await w.plans.read.entitlement([w.alice]);
    assert.deepEqual([state, seats], [STATE.active, 5]);
  });

  it('takes one promo code and one permit at most', async () => {
    const w = await freshWorld();
    const promo = await w.signPromo();
    await assertRefused(
      w.ofAlice.write.renew([renewalOf({ promos: [promo, promo] })]),
      'TooManyExtras',
      [2n, 0n],
    );
  });
});

describe('startTrial', () => {
  it('gives the rights for the days of the plan, free, and tells of it', async () => {
    const w = await freshWorld();
    const events = await eventsOf(w, w.ofAlice.write.startTrial([orderOf({ capCents: 9_000 })]));
    const until = (await time.latest()) + 14 * DAY;
    assert.deepEqual(events.names, ['TrialStarted', 'SubscriptionUpdate']);
    assert.equal(events.argsOf('TrialStarted')[0]?.until, until);
    const { state, seats } = await w.plans.read.entitlement([w.alice]);
    assert.deepEqual([state, seats], [STATE.trial, 5]);
    assert.equal(await w.balanceOf(w.tokens.usdc, w.address), 0n);
  });

  it('is for a wallet that had none and never paid', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.startTrial([orderOf()]);
    const until = BigInt((await time.latest()) + 14 * DAY);
    await assertRefused(w.ofAlice.write.startTrial([orderOf()]), 'AlreadySubscribed', [
      w.alice,
      until,
    ]);
    await w.ofAlice.write.cancelAndRefund();
    await assertRefused(w.ofAlice.write.startTrial([orderOf()]), 'TrialUsed', [w.alice]);
    await w.ofBob.write.subscribe([orderOf()]);
    await w.ofBob.write.cancelAndRefund();
    await assertRefused(w.ofBob.write.startTrial([orderOf()]), 'TrialUsed', [w.bob]);
  });

  it('is for plans with a trial that are sold, in tokens that are taken', async () => {
    const w = await freshWorld();
    const trial = (fields: object) => w.ofAlice.write.startTrial([orderOf(fields)]);
    await assertRefused(trial({ planId: PROFESSIONAL }), 'TrialNotOffered', [PROFESSIONAL]);
    await assertRefused(trial({ tokenId: 9 }), 'TokenUnknown', [9]);
    await assertRefused(trial({ instalments: 13 }), 'InstalmentsInvalid', [13n, 12n]);
    await w.plans.write.retirePlan([STARTER]);
    await assertRefused(trial({}), 'PlanNotForSale', [STARTER]);
  });

  it('runs on into a paid first term when it is renewed', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.startTrial([orderOf()]);
    const begun = await time.latest();
    await time.setNextBlockTimestamp(begun + 4 * DAY);
    await w.ofAlice.write.renew([renewalOf({ tokenId: DAI })]);
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual(
      [found.state, found.until, found.paidTerms, found.funded, found.since],
      [STATE.active, begun + 14 * DAY + MONTH, 1, 100n * 10n ** 18n, begun + 4 * DAY],
    );
  });

  it('ends when another plan is bought, which is no change of plan', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.startTrial([orderOf()]);
    await assertRefused(w.ofAlice.write.changePlan([orderOf()]), 'TrialRunning', [w.alice]);
    const order = orderOf({ planId: PROFESSIONAL });
    const quote = await w.plans.read.quote([w.alice, order]);
    await w.ofAlice.write.subscribe([order]);
    const found = await w.plans.read.subscription([w.alice]);
    assert.equal(found.until, (await time.latest()) + MONTH);
    assert.equal(quote.amount, found.funded);
  });

  it('remembers the referrer for the first payment, by renewal or by subscribing', async () => {
    const w = await freshWorld();
    await w.ofCarol.write.registerReferrer();
    await w.plans.write.setOffers([[STARTER], { ...NO_OFFERS, welcomePercent: 10 }]);
    const order = orderOf({ referred: true, referrer: w.carol });
    const events = await eventsOf(w, w.ofAlice.write.startTrial([order]));
    assert.equal(events.argsOf('TrialStarted')[0]?.referrer, w.carol);
    await w.ofBob.write.startTrial([order]);

    const quote = await w.plans.read.quoteRenewal([w.alice, renewalOf()]);
    assert.equal(quote.discount, DISCOUNT.welcome);
    const paid = await eventsOf(w, w.ofAlice.write.renew([renewalOf()]));
    assert.deepEqual(paid.argsOf('ReferralPaid'), [
      { referrer: w.carol, subscriber: w.alice, tokenId: USDC, amount: 9_000_000n },
    ]);
    const bought = await eventsOf(w, w.ofBob.write.subscribe([orderOf()]));
    assert.equal(bought.argsOf('ReferralPaid').length, 1);
    // Once: the second payment has no referrer.
    const again = await eventsOf(w, w.ofAlice.write.renew([renewalOf()]));
    assert.deepEqual(again.argsOf('ReferralPaid'), []);
  });

  it('remembers the instalments that the first term is paid in', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.startTrial([orderOf({ instalments: 4 })]);
    const events = await eventsOf(w, w.ofAlice.write.renew([renewalOf()]));
    assert.deepEqual(events.argsOf('InstalmentPaid'), [
      { subscriber: w.alice, number: 1, instalments: 4 },
    ]);
    assert.equal(events.argsOf('PaymentReceived')[0]?.amount, 25_000_000n);
  });
});

describe('instalments', () => {
  it('buy their part of the time each, and all parts are the whole to the cent and second', async () => {
    const w = await freshWorld();
    await w.plans.write.repricePlan([STARTER, 100 * USD + 1, 0]);
    const events = await eventsOf(w, w.ofAlice.write.subscribe([orderOf({ instalments: 7 })]));
    const begun = await time.latest();
    assert.deepEqual(events.argsOf('InstalmentPaid'), [
      { subscriber: w.alice, number: 1, instalments: 7 },
    ]);
    let usd = events.argsOf('PaymentReceived')[0]?.usd ?? 0n;
    for (let number = 2; number <= 7; number++) {
      const before = await w.plans.read.subscription([w.alice]);
      assert.deepEqual([before.paidTerms, before.instalmentsLeft], [0, 8 - number]);
      const paid = await eventsOf(w, w.ofAlice.write.renew([renewalOf()]));
      usd += paid.argsOf('PaymentReceived')[0]?.usd ?? 0n;
      assert.deepEqual(paid.argsOf('InstalmentPaid'), [
        { subscriber: w.alice, number, instalments: 7 },
      ]);
    }
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual([found.until, found.paidTerms], [begun + MONTH, 1]);
    assert.equal(usd, 100_000_001n);
  });

  it('are quoted as they are paid, and refused above what the plan allows', async () => {
    const w = await freshWorld();
    const order = orderOf({ instalments: 3 });
    const quote = await w.plans.read.quote([w.alice, order]);
    await w.ofAlice.write.subscribe([order]);
    assert.equal(quote.amount, (await w.plans.read.subscription([w.alice])).funded);
    assert.equal(quote.amount, 33_333_333n);
    await assertPlansRefused(
      w.plans.read.quote([w.bob, orderOf({ instalments: 13 })]),
      'InstalmentsInvalid',
      [13n, 12n],
    );
  });

  it('cost what was agreed, whatever the plan costs now or when it is retired', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ instalments: 2 })]);
    await w.plans.write.repricePlan([STARTER, 900 * USD, 0]);
    await w.plans.write.retirePlan([STARTER]);
    const quote = await w.plans.read.quoteRenewal([w.alice, renewalOf()]);
    assert.deepEqual([quote.amount, quote.renewalUsd], [50_000_000n, 0n]);
    await w.ofAlice.write.renew([renewalOf()]);
    await assertRefused(w.ofAlice.write.renew([renewalOf()]), 'PlanNotForSale', [STARTER]);
  });

  it('go on with the next term, with the loyalty of a whole term paid', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ instalments: 2 })]);
    await w.ofAlice.write.renew([renewalOf()]);
    const events = await eventsOf(w, w.ofAlice.write.renew([renewalOf()]));
    assert.equal(events.argsOf('PaymentReceived')[0]?.usd, 42_500_000n);
    assert.equal((await w.plans.read.subscription([w.alice])).instalmentsLeft, 1);
  });

  it('that are missed open the grace', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ instalments: 3 })]);
    const due = (await time.latest()) + 10 * DAY;
    await time.increaseTo(due);
    assert.equal((await w.plans.read.entitlement([w.alice])).state, STATE.grace);
    await time.increaseTo(due + 5 * DAY);
    assert.equal((await w.plans.read.entitlement([w.alice])).state, STATE.ended);
  });

  it('pay the referrer of the first one alone, whose tenth is off a refund', async () => {
    const w = await freshWorld();
    await w.ofCarol.write.registerReferrer();
    const order = orderOf({ instalments: 3, referred: true, referrer: w.carol });
    await w.ofAlice.write.subscribe([order]);
    const begun = await time.latest();
    // Half of the ten days: 33.333333 / 2 - 3.333333.
    await time.increaseTo(begun + 5 * DAY);
    const { unused } = await w.plans.read.subscription([w.alice]);
    assert.equal(unused, 13_333_333n);
    await time.increaseTo(begun + 9 * DAY);
    assert.equal((await w.plans.read.subscription([w.alice])).unused, 0n);
  });
});

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
