import assert from 'node:assert/strict';

import { getAddress, keccak256, stringToHex } from 'viem';

import { openChain } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { assertPlansRefused, assertRefused } from './support/refusal.ts';
import { DAY, orderOf, renewalOf, STATE, USDC, YEAR } from './support/world.ts';

const { time, freshSubscription, freshWorld } = await openChain();

const REASON = keccak256(stringToHex('The service was down'));

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
    // Nobody decides: ten of thirty days are left at the deadline.
    const unused = 33_333_333n;
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
      [STATE.disputed, unused, stake - unused],
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

  it('ends by its deadline: the subscriber gets what is unused then', async () => {
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
        toSubscriber: 33_333_333n,
        toOperator: 66_666_667n,
        byDeadline: true,
      },
    ]);
    assert.equal(await w.ofAlice.read.owed([w.alice, USDC]), 33_333_333n);
  });

  it('gives no rights for nothing: those of the time until its deadline are paid', async () => {
    const { w, begun } = await freshSubscription();
    await time.setNextBlockTimestamp(begun + 1);
    await w.ofAlice.write.dispute([REASON]);
    await time.increaseTo(begun + 14 * DAY);
    assert.equal((await w.plans.read.entitlement([w.alice])).seats, 5);
    await time.increaseTo(begun + 14 * DAY + 1);
    const { unused } = await w.ofAlice.read.disputeOf([w.alice]);
    // 16 of 30 days, but for the second before it was disputed.
    assert.equal(unused, 53_333_294n);
    // Who ends it late changes nothing.
    await time.increase(DAY);
    const events = await eventsOf(w, w.ofBob.write.resolveByDeadline([w.alice]));
    assert.equal(events.argsOf('Resolved')[0]?.toSubscriber, unused);
  });

  it('ends the rights at its deadline, whoever tells the contract of it and when', async () => {
    const { w, begun } = await freshSubscription();
    await time.setNextBlockTimestamp(begun + DAY);
    await w.ofAlice.write.dispute([REASON]);
    const deadline = begun + 15 * DAY;
    const tokenId = BigInt(w.alice);
    assert.equal(await w.ofAlice.read.expiresAt([tokenId]), BigInt(deadline));
    await time.increaseTo(deadline - 1);
    const before = await w.plans.read.entitlement([w.alice]);
    assert.deepEqual(
      [before.state, before.planId, before.seats, before.endsAt],
      [STATE.disputed, 1, 5, deadline],
    );
    await time.increaseTo(deadline);
    const after = await w.plans.read.entitlement([w.alice]);
    assert.deepEqual(
      [after.state, after.planId, after.seats, after.endsAt],
      [STATE.disputed, 0, 1, deadline],
    );
    // Half a term is unused from then on, and nothing more is used up.
    await time.increase(30 * DAY);
    assert.equal((await w.plans.read.subscription([w.alice])).unused, 50_000_000n);
    await w.ofAlice.write.resolveByDeadline([w.alice]);
    assert.equal(await w.ofAlice.read.owed([w.alice, USDC]), 50_000_000n);
  });

  it('that is dismissed gives the rights back to the end of the paid time', async () => {
    const { w, until } = await freshSubscription();
    await w.ofAlice.write.dispute([REASON]);
    await w.plansOf(w.actors.arbiter).write.resolve([w.alice, 0n]);
    assert.equal(await w.ofAlice.read.expiresAt([BigInt(w.alice)]), BigInt(until));
    const { endsAt } = await w.plans.read.entitlement([w.alice]);
    assert.equal(endsAt, until + 5 * DAY);
  });

  it('of a term that ends before its deadline leaves the rights its grace alone', async () => {
    const { w, until } = await freshSubscription({ instalments: 12 });
    await w.ofAlice.write.dispute([REASON]);
    assert.equal((await w.plans.read.entitlement([w.alice])).endsAt, until + 5 * DAY);
    assert.equal(await w.ofAlice.read.expiresAt([BigInt(w.alice)]), BigInt(until));
  });

  it('of a referred term pays by its deadline what a refund would pay then', async () => {
    const w = await freshWorld();
    await w.ofCarol.write.registerReferrer();
    const order = orderOf({ referred: true, referrer: w.carol, instalments: 1, yearly: true });
    await w.ofAlice.write.subscribe([order]);
    const begun = await time.latest();
    await w.ofAlice.write.dispute([REASON]);
    const { deadline, unused } = await w.ofAlice.read.disputeOf([w.alice]);
    const left = BigInt(begun + YEAR - deadline);
    assert.equal(unused, (1_000_000_000n * left) / BigInt(YEAR) - 100_000_000n);
  });

  it('of a short instalment leaves the subscriber nothing to be owed', async () => {
    const { w } = await freshSubscription({ instalments: 12 });
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
