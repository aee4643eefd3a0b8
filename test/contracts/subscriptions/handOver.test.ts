import assert from 'node:assert/strict';

import { zeroAddress, zeroHash } from 'viem';

import { openChain } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { assertRefused } from './support/refusal.ts';
import {
  DAY,
  MONTH,
  orderOf,
  PROFESSIONAL,
  renewalOf,
  STARTER,
  STATE,
  USDC,
} from './support/world.ts';

const { time, freshWorld, freshSubscription } = await openChain();

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
