import assert from 'node:assert/strict';

import { keccak256, stringToHex } from 'viem';

import { callOf, openChain } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { assertRefused } from './support/refusal.ts';
import { DAI, DAY, MONTH, orderOf, POL, renewalOf, STATE, USDC, YEAR } from './support/world.ts';

const { time, freshWorld, smartWalletOf, freshSubscription } = await openChain();

const REASON = keccak256(stringToHex('The service was down'));
const HALF = 50_000_000n;

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
