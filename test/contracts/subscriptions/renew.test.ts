import assert from 'node:assert/strict';

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
