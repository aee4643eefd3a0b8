import assert from 'node:assert/strict';

import { getAddress, keccak256, stringToHex, zeroAddress, zeroHash } from 'viem';

import { callOf, openChain } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { assertPlansRefused, assertRefused } from './support/refusal.ts';
import {
  DAI,
  DAY,
  HOSTILE,
  MONTH,
  orderOf,
  POL,
  PROFESSIONAL,
  renewalOf,
  STARTER,
  STATE,
  USDC,
  YEAR,
} from './support/world.ts';

const { time, freshWorld, smartWalletOf } = await openChain();

const REASON = keccak256(stringToHex('The service was down'));
const HALF = 50_000_000n;

async function freshSubscription(fields: object = {}) {
  const w = await freshWorld();
  await w.ofAlice.write.subscribe([orderOf({ capCents: 10_000, ...fields })]);
  const begun = await time.latest();
  return { w, begun, until: begun + MONTH };
}

describe('cancel', () => {
  it('opens five days of grace, in which everything works', async () => {
    const { w, begun } = await freshSubscription();
    await time.setNextBlockTimestamp(begun + 15 * DAY);
    const events = await eventsOf(w, w.ofAlice.write.cancel());
    const endsAt = begun + 20 * DAY;
    assert.deepEqual(events.names, ['Canceled', 'GraceStarted', 'SubscriptionUpdate']);
    assert.deepEqual(events.argsOf('Canceled'), [
      { subscriber: w.alice, atOnce: false, unused: HALF },
    ]);
    assert.deepEqual(events.argsOf('GraceStarted'), [{ subscriber: w.alice, endsAt }]);
    assert.deepEqual(events.argsOf('SubscriptionUpdate'), [
      { tokenId: BigInt(w.alice), expiration: BigInt(endsAt) },
    ]);
    await time.increaseTo(endsAt - 1);
    const found = await w.plans.read.entitlement([w.alice]);
    assert.deepEqual([found.state, found.seats, found.endsAt], [STATE.canceled, 5, endsAt]);
    await time.increaseTo(endsAt);
    const ended = await w.plans.read.entitlement([w.alice]);
    assert.deepEqual([ended.state, ended.planId, ended.seats], [STATE.ended, 0, 1]);
  });

  it('is undone by resume with everything as it was, to the last second', async () => {
    const { w, begun, until } = await freshSubscription();
    await time.setNextBlockTimestamp(begun + 15 * DAY);
    await w.ofAlice.write.cancel();
    await time.setNextBlockTimestamp(begun + 20 * DAY - 1);
    const events = await eventsOf(w, w.ofAlice.write.resume());
    assert.deepEqual(events.argsOf('Resumed'), [{ subscriber: w.alice, until }]);
    await time.increaseTo(begun + 25 * DAY);
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual(
      [found.state, found.until, found.paidTerms, found.capCents],
      [STATE.active, until, 1, 10_000],
    );
    // As if nothing had happened: a sixth of the money for a sixth of the time.
    assert.equal(found.unused, 16_666_666n);
  });

  it('is undone by renewing, too', async () => {
    const { w, begun, until } = await freshSubscription();
    await w.ofAlice.write.cancel();
    await time.increaseTo(begun + 4 * DAY);
    await w.ofAlice.write.renew([renewalOf()]);
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual([found.state, found.until, found.paidTerms], [STATE.active, until + MONTH, 2]);
  });

  it('can not be undone after five days, and what was unused then stays the owner’s', async () => {
    const { w, begun } = await freshSubscription();
    await time.setNextBlockTimestamp(begun + 10 * DAY);
    await w.ofAlice.write.cancel();
    await time.setNextBlockTimestamp(begun + 15 * DAY);
    await assertRefused(w.ofAlice.write.resume(), 'NotSubscribed', [w.alice]);
    await time.increaseTo(begun + YEAR);
    const events = await eventsOf(w, w.ofAlice.write.cancelAndRefund());
    // Twice rounded down: when canceled, and when the grace ended.
    assert.deepEqual(events.argsOf('Refunded'), [
      { subscriber: w.alice, tokenId: USDC, amount: HALF - 1n },
    ]);
  });

  it('close to the end keeps the rights five days', async () => {
    const { w, until } = await freshSubscription();
    await time.setNextBlockTimestamp(until - 2 * DAY);
    await w.ofAlice.write.cancel();
    await time.increaseTo(until + 3 * DAY - 1);
    assert.equal((await w.plans.read.entitlement([w.alice])).state, STATE.canceled);
    assert.equal(await w.ofAlice.read.expiresAt([BigInt(w.alice)]), BigInt(until));
  });

  it('is refused twice, in grace, in dispute, without subscription', async () => {
    const { w, until } = await freshSubscription();
    await assertRefused(w.ofBob.write.cancel(), 'NotSubscribed', [w.bob]);
    await w.ofAlice.write.cancel();
    const canceledAt = BigInt(await time.latest());
    await assertRefused(w.ofAlice.write.cancel(), 'AlreadyCanceled', [w.alice, canceledAt]);
    await w.ofAlice.write.resume();
    await assertRefused(w.ofAlice.write.resume(), 'NotCanceled', [w.alice]);
    await time.setNextBlockTimestamp(until);
    await assertRefused(w.ofAlice.write.cancel(), 'NothingUnused', [w.alice, BigInt(until)]);
    await w.ofBob.write.subscribe([orderOf()]);
    await w.ofBob.write.dispute([REASON]);
    await assertRefused(w.ofBob.write.cancel(), 'SubscriptionDisputed', [w.bob]);
  });

  it('keeps a new subscription from losing the rest of the old one', async () => {
    const { w, begun } = await freshSubscription();
    await time.setNextBlockTimestamp(begun + 10 * DAY);
    await w.ofAlice.write.cancel();
    await time.increaseTo(begun + 16 * DAY);
    const events = await eventsOf(w, w.ofAlice.write.subscribe([orderOf({ tokenId: DAI })]));
    assert.deepEqual(events.argsOf('Owed'), [
      { account: w.alice, tokenId: USDC, amount: HALF - 1n },
    ]);
    await w.ofAlice.write.claim([USDC, w.alice]);
    await assertRefused(w.ofAlice.write.claim([USDC, w.alice]), 'NothingOwed', [w.alice, USDC]);
  });
});

describe('cancelAndRefund', () => {
  it('pays the unused seconds at once, without approval, and tells of it', async () => {
    const { w, begun } = await freshSubscription();
    const before = await w.balanceOf(w.tokens.usdc, w.alice);
    await time.setNextBlockTimestamp(begun + 15 * DAY);
    const events = await eventsOf(w, w.ofAlice.write.cancelAndRefund());
    assert.deepEqual(events.names, ['Canceled', 'Refunded', 'SubscriptionUpdate']);
    assert.deepEqual(events.argsOf('Canceled'), [
      { subscriber: w.alice, atOnce: true, unused: 0n },
    ]);
    assert.equal(await w.balanceOf(w.tokens.usdc, w.alice), before + HALF);
    assert.equal(await w.ofAlice.read.earnedOf([USDC]), HALF);
    const found = await w.plans.read.entitlement([w.alice]);
    assert.deepEqual([found.state, found.seats, found.until], [STATE.free, 1, 0]);
  });

  it('takes the referral off: unused / total x paid - a tenth', async () => {
    const w = await freshWorld();
    await w.ofCarol.write.registerReferrer();
    const order = orderOf({ referred: true, referrer: w.carol });
    for (const [subscriptions, days, refund] of [
      [w.ofAlice, 15, 40_000_000n],
      [w.ofBob, 28, 0n],
    ] as const) {
      await subscriptions.write.subscribe([order]);
      const begun = await time.latest();
      await time.setNextBlockTimestamp(begun + days * DAY);
      const events = await eventsOf(w, subscriptions.write.cancelAndRefund());
      assert.equal(events.argsOf('Refunded')[0]?.amount, refund);
    }
  });

  it('refunds the same after canceling and resuming, referral and all', async () => {
    const w = await freshWorld();
    await w.ofCarol.write.registerReferrer();
    await w.ofAlice.write.subscribe([orderOf({ referred: true, referrer: w.carol })]);
    const begun = await time.latest();
    for (const day of [3, 6, 9]) {
      await time.setNextBlockTimestamp(begun + day * DAY);
      await w.ofAlice.write.cancel();
      await w.ofAlice.write.resume();
    }
    await time.setNextBlockTimestamp(begun + 15 * DAY);
    const events = await eventsOf(w, w.ofAlice.write.cancelAndRefund());
    assert.equal(events.argsOf('Refunded')[0]?.amount, 40_000_000n);
  });

  it('pays for the last second, and nothing after', async () => {
    const { w, until } = await freshSubscription();
    await time.setNextBlockTimestamp(until - 1);
    const events = await eventsOf(w, w.ofAlice.write.cancelAndRefund());
    assert.equal(events.argsOf('Refunded')[0]?.amount, 38n);
    await w.ofBob.write.subscribe([orderOf()]);
    const end = (await time.latest()) + MONTH;
    for (const second of [end, end + 5 * DAY]) {
      await time.setNextBlockTimestamp(second);
      await assertRefused(w.ofBob.write.cancelAndRefund(), 'NothingUnused', [w.bob, BigInt(end)]);
    }
  });

  it('ends a trial without money, and is refused where there is nothing to end', async () => {
    const { w } = await freshSubscription();
    await w.ofBob.write.startTrial([orderOf()]);
    await w.ofBob.write.cancelAndRefund();
    assert.equal((await w.plans.read.entitlement([w.bob])).state, STATE.free);
    await assertRefused(w.ofBob.write.cancelAndRefund(), 'NotSubscribed', [w.bob]);
    await w.ofAlice.write.dispute([REASON]);
    await assertRefused(w.ofAlice.write.cancelAndRefund(), 'SubscriptionDisputed', [w.alice]);
  });

  it('pays in the coin, and fails for a wallet that refuses it until that takes it', async () => {
    const w = await freshWorld();
    const wallet = await smartWalletOf(w.alice);
    const order = orderOf({ tokenId: POL });
    await wallet.write.forward([w.address, callOf('subscribe', [order])], { value: 10n ** 21n });
    await wallet.write.refuseCoin([true]);
    const cancel = callOf('cancelAndRefund', []);
    await assert.rejects(wallet.write.forward([w.address, cancel]));
    await wallet.write.refuseCoin([false]);
    await wallet.write.forward([w.address, cancel]);
    const earned = await w.ofAlice.read.earnedOf([POL]);
    assert.equal(await w.reader.getBalance({ address: w.address }), earned);
  });

  it('forgets loyalty, but not that the wallet had its trial and receipts', async () => {
    const { w } = await freshSubscription();
    await w.ofAlice.write.renew([renewalOf()]);
    await w.ofAlice.write.cancelAndRefund();
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual(
      [found.paidTerms, found.receipts, found.mayRefer, found.trialUsed, found.capCents],
      [0, 2, true, true, 0],
    );
  });

  it('can not be entered again by the wallet that is paid', async () => {
    const w = await freshWorld();
    const wallet = await smartWalletOf(w.alice);
    const order = orderOf({ tokenId: POL });
    const cancel = callOf('cancelAndRefund', []);
    await wallet.write.forward([w.address, callOf('subscribe', [order])], { value: 10n ** 21n });
    await wallet.write.prepare([w.address, cancel]);
    await wallet.write.forward([w.address, cancel]);
    // ReentrancyGuardReentrantCall()
    assert.equal(await wallet.read.answer(), '0x3ee5aeb5');
  });
});

describe('dispute', () => {
  it('lets the money stand still and the rights go on', async () => {
    const { w, begun } = await freshSubscription();
    await time.setNextBlockTimestamp(begun + 6 * DAY);
    const events = await eventsOf(w, w.ofAlice.write.dispute([REASON]));
    const deadline = begun + 20 * DAY;
    const stake = 100_000_000n;
    assert.deepEqual(events.argsOf('Disputed'), [
      { subscriber: w.alice, tokenId: USDC, stake, deadline, reasonHash: REASON },
    ]);
    const unused = 80_000_000n;
    const openedAt = begun + 6 * DAY;
    assert.deepEqual(await w.ofAlice.read.disputeOf([w.alice]), {
      openedAt,
      deadline,
      stake,
      unused,
    });
    await time.increaseTo(begun + 12 * DAY);
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual(
      [found.state, found.unused, found.accrued],
      [STATE.disputed, unused, 20_000_000n],
    );
    assert.equal((await w.plans.read.entitlement([w.alice])).seats, 5);
    for (const refused of [
      w.ofAlice.write.renew([renewalOf()]),
      w.ofAlice.write.changePlan([orderOf()]),
      w.ofAlice.write.subscribe([orderOf()]),
      w.ofAlice.write.resume(),
      w.ofAlice.write.dispute([REASON]),
    ]) {
      await assertRefused(refused, 'SubscriptionDisputed', [w.alice]);
    }
    await assertPlansRefused(w.plans.read.quote([w.alice, orderOf()]), 'SubscriptionDisputed', [
      w.alice,
    ]);
  });

  it('is split by the arbiter: both parts are there, and the subscription is over', async () => {
    const { w } = await freshSubscription();
    await w.ofAlice.write.dispute([REASON]);
    const resolved = w.plansOf(w.actors.arbiter).write.resolve([w.alice, 70_000_000n]);
    const events = await eventsOf(w, resolved);
    assert.deepEqual(events.argsOf('Resolved'), [
      {
        subscriber: w.alice,
        toSubscriber: 70_000_000n,
        toOperator: 30_000_000n,
        byDeadline: false,
      },
    ]);
    assert.equal(await w.ofAlice.read.owed([w.alice, USDC]), 70_000_000n);
    assert.equal(await w.ofAlice.read.earnedOf([USDC]), 30_000_000n);
    assert.equal((await w.plans.read.entitlement([w.alice])).state, STATE.free);
    assert.equal((await w.ofAlice.read.disputeOf([w.alice])).stake, 0n);
  });

  it('is dismissed with zero: the term runs on and can not be disputed again', async () => {
    const { w, begun } = await freshSubscription();
    await w.ofAlice.write.dispute([REASON]);
    await w.plansOf(w.actors.arbiter).write.resolve([w.alice, 0n]);
    assert.equal((await w.plans.read.entitlement([w.alice])).state, STATE.active);
    await assertRefused(w.ofAlice.write.dispute([REASON]), 'DisputeTooLate', [
      w.alice,
      BigInt(begun + 7 * DAY),
    ]);
    // A new payment can be.
    await w.ofAlice.write.renew([renewalOf()]);
    await w.ofAlice.write.dispute([REASON]);
  });

  it('ends by its deadline: the subscriber gets what was unused when it began', async () => {
    const { w, begun } = await freshSubscription();
    await time.setNextBlockTimestamp(begun + 6 * DAY);
    await w.ofAlice.write.dispute([REASON]);
    const deadline = begun + 20 * DAY;
    await time.setNextBlockTimestamp(deadline - 1);
    await assertRefused(w.ofBob.write.resolveByDeadline([w.alice]), 'DisputeDeadlineAhead', [
      w.alice,
      BigInt(deadline),
    ]);
    await time.setNextBlockTimestamp(deadline);
    await assertPlansRefused(
      w.plansOf(w.actors.arbiter).write.resolve([w.alice, 1n]),
      'DisputeDeadlinePassed',
      [w.alice, BigInt(deadline)],
    );
    const events = await eventsOf(w, w.ofBob.write.resolveByDeadline([w.alice]));
    assert.deepEqual(events.argsOf('Resolved'), [
      {
        subscriber: w.alice,
        toSubscriber: 80_000_000n,
        toOperator: 20_000_000n,
        byDeadline: true,
      },
    ]);
  });

  it('in the grace of a short instalment leaves the subscriber nothing to be owed', async () => {
    const { w, begun } = await freshSubscription({ instalments: 12 });
    await time.increaseTo(begun + 3 * DAY);
    await w.ofAlice.write.dispute([REASON]);
    await time.increase(14 * DAY);
    const events = await eventsOf(w, w.ofBob.write.resolveByDeadline([w.alice]));
    assert.deepEqual(events.argsOf('Owed'), []);
    const toOperator = 8_333_333n;
    assert.deepEqual(events.argsOf('Resolved'), [
      { subscriber: w.alice, toSubscriber: 0n, toOperator, byDeadline: true },
    ]);
    assert.equal(await w.ofAlice.read.earnedOf([USDC]), toOperator);
  });

  it('is for paid terms within seven days', async () => {
    const { w, begun } = await freshSubscription();
    await w.ofBob.write.startTrial([orderOf()]);
    await assertRefused(w.ofBob.write.dispute([REASON]), 'NothingToDispute', [w.bob]);
    await assertRefused(w.ofCarol.write.dispute([REASON]), 'NotSubscribed', [w.carol]);
    await time.setNextBlockTimestamp(begun + 7 * DAY);
    await assertRefused(w.ofAlice.write.dispute([REASON]), 'DisputeTooLate', [
      w.alice,
      BigInt(begun + 7 * DAY),
    ]);
    await w.ofCarol.write.subscribe([orderOf()]);
    await w.ofCarol.write.cancel();
    await assertRefused(w.ofCarol.write.dispute([REASON]), 'AlreadyCanceled', [
      w.carol,
      BigInt(await time.latest()),
    ]);
  });

  it('gains no time by canceling and resuming', async () => {
    const { w, begun } = await freshSubscription();
    await time.increaseTo(begun + 8 * DAY);
    await w.ofAlice.write.cancel();
    await w.ofAlice.write.resume();
    await assert.rejects(w.ofAlice.write.dispute([REASON]), /DisputeTooLate/);
  });

  it('is decided by the arbiter alone, of what is disputed, within the stake', async () => {
    const { w } = await freshSubscription();
    const arbiter = w.plansOf(w.actors.arbiter);
    await assertPlansRefused(arbiter.write.resolve([w.alice, 0n]), 'NotDisputed', [w.alice]);
    await assertRefused(w.ofBob.write.resolveByDeadline([w.alice]), 'NotDisputed', [w.alice]);
    await w.ofAlice.write.dispute([REASON]);
    await assertPlansRefused(w.plans.write.resolve([w.alice, 0n]), 'NotArbiter', [
      getAddress(w.actors.operator.account.address),
    ]);
    await assertPlansRefused(arbiter.write.resolve([w.alice, 100_000_001n]), 'SplitAboveStake', [
      100_000_001n,
      100_000_000n,
    ]);
    await assertRefused(w.ofAlice.write.decide([w.alice, 1n]), 'NotPlans', [w.alice]);
    await arbiter.write.resolve([w.alice, 100_000_000n]);
    assert.equal(await w.ofAlice.read.earnedOf([USDC]), 0n);
  });
});

describe('a hand-over', () => {
  it('moves money, time and loyalty to the other wallet, and no consent to be charged', async () => {
    const { w, begun, until } = await freshSubscription();
    await w.ofAlice.write.renew([renewalOf()]);
    const before = await w.plans.read.subscription([w.alice]);
    const offered = await eventsOf(w, w.ofAlice.write.offerHandOver([w.bob]));
    assert.deepEqual(offered.argsOf('HandOverOffered'), [{ from: w.alice, to: w.bob }]);
    assert.equal(await w.ofAlice.read.handOverOf([w.alice]), w.bob);
    const events = await eventsOf(w, w.ofBob.write.acceptHandOver([w.alice]));
    assert.deepEqual(events.argsOf('HandedOver'), [{ from: w.alice, to: w.bob }]);
    const found = await w.plans.read.subscription([w.bob]);
    assert.deepEqual(
      [found.until, found.funded, found.paidTerms, found.capCents, found.planId, found.receipts],
      [until + MONTH, before.funded, 2, 0, STARTER, 0],
    );
    assert.deepEqual([found.mayRefer, found.trialUsed], [true, true]);
    const left = await w.plans.read.subscription([w.alice]);
    assert.deepEqual([left.state, left.funded, left.receipts], [STATE.free, 0n, 2]);
    assert.equal(await w.ofAlice.read.handOverOf([w.alice]), zeroAddress);
    await time.increaseTo(begun + 2 * MONTH);
    await assertRefused(w.ofKeeper.write.renewFor([w.bob]), 'RenewalNotAgreed', [w.bob]);
  });

  it('is for the wallet that it was offered to, until the offer is taken back', async () => {
    const { w } = await freshSubscription();
    await assertRefused(w.ofBob.write.acceptHandOver([w.alice]), 'HandOverNotOffered', [
      w.alice,
      w.bob,
    ]);
    await w.ofAlice.write.offerHandOver([w.bob]);
    await w.ofAlice.write.offerHandOver([zeroAddress]);
    await assertRefused(w.ofBob.write.acceptHandOver([w.alice]), 'HandOverNotOffered', [
      w.alice,
      w.bob,
    ]);
    await w.ofAlice.write.offerHandOver([w.alice]);
    await assertRefused(w.ofAlice.write.acceptHandOver([w.alice]), 'HandOverNotOffered', [
      w.alice,
      w.alice,
    ]);
  });

  it('is refused for what is over or disputed, and to who has a subscription', async () => {
    const { w, until } = await freshSubscription();
    await w.ofBob.write.subscribe([orderOf()]);
    const bobs = BigInt((await time.latest()) + MONTH);
    await w.ofAlice.write.offerHandOver([w.bob]);
    await assertRefused(w.ofBob.write.acceptHandOver([w.alice]), 'AlreadySubscribed', [
      w.bob,
      bobs,
    ]);
    await w.ofBob.write.dispute([zeroHash]);
    await assertRefused(w.ofBob.write.acceptHandOver([w.alice]), 'SubscriptionDisputed', [w.bob]);
    await w.ofAlice.write.offerHandOver([w.carol]);
    await time.setNextBlockTimestamp(until + 5 * DAY);
    await assertRefused(w.ofCarol.write.acceptHandOver([w.alice]), 'NotSubscribed', [w.alice]);
    await w.ofBob.write.offerHandOver([w.carol]);
    await assertRefused(w.ofCarol.write.acceptHandOver([w.bob]), 'SubscriptionDisputed', [w.bob]);
  });

  it('takes instalments along, and drops the referrer of a trial', async () => {
    const { w } = await freshSubscription({ instalments: 3 });
    await w.ofAlice.write.offerHandOver([w.bob]);
    await w.ofBob.write.acceptHandOver([w.alice]);
    const found = await w.plans.read.subscription([w.bob]);
    assert.deepEqual([found.instalments, found.instalmentsLeft], [3, 2]);
    assert.equal((await w.plans.read.subscription([w.alice])).instalments, 0);

    await w.ofCarol.write.startTrial([orderOf({ referred: true, referrer: w.alice })]);
    await w.ofCarol.write.offerHandOver([w.alice]);
    await w.ofAlice.write.acceptHandOver([w.carol]);
    const events = await eventsOf(w, w.ofAlice.write.renew([renewalOf()]));
    assert.deepEqual(events.argsOf('ReferralPaid'), []);
  });

  it('makes known, and spares a second referral, whichever of the two wallets has paid', async () => {
    const w = await freshWorld();
    await w.ofCarol.write.registerReferrer();
    await w.ofAlice.write.startTrial([orderOf()]);
    await w.ofAlice.write.offerHandOver([w.bob]);
    await w.ofBob.write.acceptHandOver([w.alice]);
    // Neither has paid: the new wallet can still be referred, in its one trial.
    const order = orderOf({ referred: true, referrer: w.carol });
    assert.equal((await w.plans.read.quote([w.bob, order])).amount, 100_000_000n);
    await w.ofBob.write.subscribe([orderOf()]);
    await w.ofBob.write.cancelAndRefund();
    await w.ofAlice.write.subscribe([orderOf()]);
    await w.ofAlice.write.offerHandOver([w.bob]);
    await w.ofBob.write.acceptHandOver([w.alice]);
    await w.ofBob.write.cancelAndRefund();
    await assertRefused(w.ofBob.write.subscribe([order]), 'ReferralNotNew', [w.bob, w.carol]);
  });

  it('keeps what the new wallet had left of an older one', async () => {
    const { w } = await freshSubscription();
    await w.ofBob.write.subscribe([orderOf({ planId: PROFESSIONAL })]);
    const begun = await time.latest();
    await time.setNextBlockTimestamp(begun + 5 * DAY);
    await w.ofBob.write.cancel();
    await time.increaseTo(begun + 10 * DAY);
    await w.ofAlice.write.offerHandOver([w.bob]);
    await w.ofBob.write.acceptHandOver([w.alice]);
    assert.equal(await w.ofBob.read.owed([w.bob, USDC]), 200_000_000n);
    assert.equal((await w.plans.read.entitlement([w.bob])).planId, STARTER);
  });
});

describe('a hostile token', () => {
  const MANNER = { takesFee: 1, returnsFalse: 2, reverts: 3, reenters: 4, shrinks: 5 } as const;

  it('that takes a fee is refused', async () => {
    const w = await freshWorld();
    const token = w.tokenOf(w.tokens.hostile, w.actors.operator);
    await token.write.misbehave([MANNER.takesFee]);
    const paid = 100n * 10n ** 18n;
    await assertRefused(
      w.ofAlice.write.subscribe([orderOf({ tokenId: HOSTILE })]),
      'TransferNotExact',
      [getAddress(w.tokens.hostile), paid - paid / 100n, paid],
    );
  });

  it('that fails keeps its subscriber waiting, who is paid when it works again', async () => {
    const w = await freshWorld();
    const token = w.tokenOf(w.tokens.hostile, w.actors.operator);
    await w.ofAlice.write.subscribe([orderOf({ tokenId: HOSTILE })]);
    for (const manner of [MANNER.returnsFalse, MANNER.reverts]) {
      await token.write.misbehave([manner]);
      await assert.rejects(w.ofAlice.write.cancelAndRefund(), /TransferFailed/);
      await assert.rejects(
        w.ofBob.write.subscribe([orderOf({ tokenId: HOSTILE })]),
        /TransferFailed/,
      );
    }
    await token.write.misbehave([0]);
    await w.ofAlice.write.cancelAndRefund();
  });

  it('can not enter again', async () => {
    const w = await freshWorld();
    const token = w.tokenOf(w.tokens.hostile, w.actors.operator);
    await w.ofAlice.write.subscribe([orderOf({ tokenId: HOSTILE })]);
    for (const call of [
      callOf('renewFor', [w.alice]),
      callOf('renewMany', [[w.alice]]),
      callOf('collect', [[w.alice]]),
      callOf('subscribe', [orderOf()]),
      callOf('renew', [renewalOf()]),
      callOf('changePlan', [orderOf()]),
      callOf('cancelAndRefund', []),
      callOf('claim', [HOSTILE, w.bob]),
      callOf('renewSubscription', [BigInt(w.alice), BigInt(MONTH)]),
    ]) {
      await token.write.misbehave([MANNER.reenters]);
      await token.write.prepare([call]);
      await w.ofAlice.write.renew([renewalOf({ tokenId: HOSTILE })]);
      assert.equal(await token.read.answer(), '0x3ee5aeb5');
    }
  });

  it('that shrinks by itself leaves every other token whole', async () => {
    const w = await freshWorld();
    const token = w.tokenOf(w.tokens.hostile, w.actors.operator);
    await w.ofAlice.write.subscribe([orderOf()]);
    await w.ofBob.write.subscribe([orderOf({ tokenId: HOSTILE })]);
    await token.write.misbehave([MANNER.shrinks]);
    await token.write.mint([w.address, 0n]);
    await assert.rejects(w.ofBob.write.cancelAndRefund(), /TransferFailed/);
    await w.ofAlice.write.cancelAndRefund();
    const earned = await w.ofAlice.read.earnedOf([USDC]);
    assert.equal(await w.balanceOf(w.tokens.usdc, w.address), earned);
  });
});
