import assert from 'node:assert/strict';

import { zeroHash } from 'viem';

import { openChain, type World } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { DAY, MONTH, orderOf, PROFESSIONAL, renewalOf, STARTER, USD } from './support/world.ts';

const { time, freshSubscription, freshWorld } = await openChain();

const LIST = 100_000_000n;
const LOYAL = 85_000_000n;

/** Alice pays so many terms more at once. */
async function payAhead(w: World, terms: number): Promise<void> {
  for (let term = 0; term < terms; term++) await w.ofAlice.write.renew([renewalOf()]);
}

const unusedOf = async (w: World) => (await w.plans.read.subscription([w.alice])).unused;

/** A unit is lost at each new beginning of the stream, and a second or two pass between payments. */
function assertNear(found: bigint, expected: bigint, units: bigint): void {
  const off = found > expected ? found - expected : expected - found;
  assert.ok(off <= units, `${found} is not about ${expected}`);
}

describe('terms paid ahead', () => {
  it('have the loyalty of the next one, however many they are', async () => {
    const { w } = await freshSubscription();
    await payAhead(w, 9);
    const quote = await w.plans.read.quoteRenewal([w.alice, renewalOf()]);
    assert.deepEqual([quote.priceUsd, quote.percent], [LOYAL, 15n]);
    const events = await eventsOf(w, w.ofAlice.write.renew([renewalOf()]));
    assert.deepEqual(events.argsOf('LoyaltyApplied'), [
      { subscriber: w.alice, paidTerm: 11, percent: 15, listUsd: LIST },
    ]);
  });

  it('give 20 % when three have begun', async () => {
    const { w, begun } = await freshSubscription();
    await payAhead(w, 5);
    await time.increaseTo(begun + 2 * MONTH - 1);
    assert.equal((await w.plans.read.quoteRenewal([w.alice, renewalOf()])).percent, 15n);
    await time.increaseTo(begun + 2 * MONTH);
    assert.equal((await w.plans.read.quoteRenewal([w.alice, renewalOf()])).percent, 20n);
  });

  it('make no used month cheaper: ten years paid, one used, refunded', async () => {
    const { w, begun } = await freshSubscription();
    await payAhead(w, 119);
    const before = await w.balanceOf(w.tokens.usdc, w.alice);
    await time.setNextBlockTimestamp(begun + MONTH);
    await w.ofAlice.write.cancelAndRefund();
    const refund = (await w.balanceOf(w.tokens.usdc, w.alice)) - before;
    assertNear(refund, 119n * LOYAL, 120n);
  });

  it('are each earned at their price while they run', async () => {
    const { w, begun } = await freshSubscription();
    await payAhead(w, 2);
    await time.increaseTo(begun + 15 * DAY);
    assertNear(await unusedOf(w), LIST / 2n + 2n * LOYAL, 3n);
    await time.increaseTo(begun + MONTH + 15 * DAY);
    assertNear(await unusedOf(w), (LOYAL * 3n) / 2n, 3n);
    const { funded, unused, accrued } = await w.plans.read.subscription([w.alice]);
    assert.equal(unused + accrued, funded);
  });

  it('keep their price through a collection, a cancellation and its grace', async () => {
    const { w, begun } = await freshSubscription();
    await payAhead(w, 3);
    await time.increaseTo(begun + 10 * DAY);
    await w.ofKeeper.write.collect([[w.alice]]);
    await time.increaseTo(begun + 20 * DAY);
    await w.ofAlice.write.cancel();
    await time.increaseTo(begun + 60 * DAY);
    // The grace ends after 25 of 30 days, but for the seconds that the blocks take.
    assertNear(await unusedOf(w), LIST / 6n + 3n * LOYAL, 1_000n);
  });

  it('keep it when the first of them runs, is settled and paid on', async () => {
    const { w, begun } = await freshSubscription();
    await payAhead(w, 2);
    await time.setNextBlockTimestamp(begun + MONTH + 10 * DAY);
    await w.ofKeeper.write.collect([[w.alice]]);
    assertNear(await unusedOf(w), (LOYAL * 5n) / 3n, 5n);
    await time.setNextBlockTimestamp(begun + MONTH + 20 * DAY);
    await payAhead(w, 1);
    assertNear(await unusedOf(w), LOYAL / 3n + 2n * LOYAL, 6n);
  });

  it('keep it in another wallet’s hands, and pay for another plan', async () => {
    const { w, begun } = await freshSubscription();
    await payAhead(w, 2);
    await w.ofAlice.write.offerHandOver([w.bob]);
    await w.ofBob.write.acceptHandOver([w.alice]);
    await time.setNextBlockTimestamp(begun + 15 * DAY);
    const order = orderOf({ planId: PROFESSIONAL });
    const events = await eventsOf(w, w.ofBob.write.changePlan([order]));
    assertNear(events.argsOf('PlanChanged')[0]?.carried ?? 0n, LIST / 2n + 2n * LOYAL, 3n);
    // The new plan is one term, and earned evenly.
    await time.increaseTo(begun + 30 * DAY);
    assertNear((await w.plans.read.subscription([w.bob])).unused, 150_000_000n, 1n);
  });

  it('are paid back by the deadline of a dispute at their price', async () => {
    const { w, begun } = await freshSubscription();
    await payAhead(w, 4);
    await time.setNextBlockTimestamp(begun + DAY);
    await w.ofAlice.write.dispute([zeroHash]);
    const { unused } = await w.ofAlice.read.disputeOf([w.alice]);
    assertNear(unused, LIST / 2n + 4n * LOYAL, 5n);
  });

  it('are paid back dearer than the first one where that was cheap', async () => {
    const w = await freshWorld();
    const promos = [await w.signPromo({ percent: 50 })];
    await w.ofAlice.write.subscribe([orderOf({ promos })]);
    const begun = await time.latest();
    await payAhead(w, 2);
    await time.increaseTo(begun + MONTH);
    assertNear(await unusedOf(w), 2n * LOYAL, 3n);
  });

  it('count as at most 255 percent of the first one, and at least one', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ promos: [await w.signPromo({ percent: 90 })] })]);
    const begun = await time.latest();
    await payAhead(w, 1);
    await w.ofBob.write.subscribe([orderOf()]);
    await w.plans.write.repricePlan([STARTER, USD / 10, 0]);
    await w.ofBob.write.renew([renewalOf()]);
    await time.increaseTo(begun + MONTH);
    assertNear(await unusedOf(w), (95_000_000n * 255n) / 355n, 100n);
    // 0.085 dollars are counted as one percent of a hundred.
    const { unused } = await w.plans.read.subscription([w.bob]);
    assertNear(unused, 100_085_000n / 101n, 1_000n);
  });

  it('of a wallet that was referred are paid back without the tenth of the first', async () => {
    const w = await freshWorld();
    await w.ofCarol.write.registerReferrer();
    await w.ofAlice.write.subscribe([orderOf({ referred: true, referrer: w.carol })]);
    const begun = await time.latest();
    await payAhead(w, 1);
    await time.increaseTo(begun + MONTH);
    // 85 for 90 in money that is left of the first are 94.4 percent, and counted as 94.
    assertNear(await unusedOf(w), LOYAL, LOYAL / 400n);
  });
});
