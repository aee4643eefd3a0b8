import assert from 'node:assert/strict';

import { getAddress } from 'viem';

import { callOf, openChain } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { assertRefused } from './support/refusal.ts';
import {
  DISCOUNT,
  NO_OFFERS,
  orderOf,
  POL,
  renewalOf,
  STARTER,
  STATE,
  USDC,
} from './support/world.ts';

const { time, freshWorld, smartWalletOf } = await openChain();

const LIST = 100_000_000n;
const at = (year: number, month: number, day = 1) => Date.UTC(year, month - 1, day) / 1_000;

describe('a referral', () => {
  const referredBy = (referrer: `0x${string}`) => orderOf({ referred: true, referrer });

  it('pays the referrer a tenth at once, and tells of it', async () => {
    const w = await freshWorld();
    await w.ofBob.write.subscribe([orderOf()]);
    const before = await w.balanceOf(w.tokens.usdc, w.bob);
    const events = await eventsOf(w, w.ofAlice.write.subscribe([referredBy(w.bob)]));
    assert.deepEqual(events.argsOf('ReferralPaid'), [
      { referrer: w.bob, subscriber: w.alice, tokenId: USDC, amount: 10_000_000n },
    ]);
    assert.equal(await w.balanceOf(w.tokens.usdc, w.bob), before + 10_000_000n);
    assert.equal((await w.plans.read.subscription([w.alice])).funded, 90_000_000n);
    // Once: the next payment is the operator's alone.
    await w.ofAlice.write.renew([renewalOf()]);
    assert.equal(await w.balanceOf(w.tokens.usdc, w.bob), before + 10_000_000n);
  });

  it('may be by somebody who registered without paying', async () => {
    const w = await freshWorld();
    const events = await eventsOf(w, w.ofCarol.write.registerReferrer());
    assert.deepEqual(events.argsOf('ReferrerRegistered'), [{ referrer: w.carol }]);
    await w.ofAlice.write.subscribe([referredBy(w.carol)]);
    assert.equal((await w.plans.read.entitlement([w.carol])).state, STATE.free);
  });

  it('is refused without a referrer, by oneself, by a stranger', async () => {
    const w = await freshWorld();
    await assertRefused(
      w.ofAlice.write.subscribe([orderOf({ referred: true })]),
      'ReferrerZero',
      [],
    );
    await assertRefused(w.ofAlice.write.subscribe([referredBy(w.alice)]), 'ReferrerIsSubscriber', [
      w.alice,
    ]);
    await assertRefused(w.ofAlice.write.subscribe([referredBy(w.bob)]), 'ReferrerUnknown', [w.bob]);
  });

  it('never runs in a circle: only who is new can be referred', async () => {
    const w = await freshWorld();
    await w.ofBob.write.subscribe([orderOf()]);
    await w.ofAlice.write.subscribe([referredBy(w.bob)]);
    await w.ofCarol.write.subscribe([referredBy(w.alice)]);
    await w.ofBob.write.cancelAndRefund();
    for (const referrer of [w.alice, w.carol]) {
      await assertRefused(w.ofBob.write.subscribe([referredBy(referrer)]), 'ReferralNotNew', [
        w.bob,
        referrer,
      ]);
    }
  });

  it('takes the welcome discount off the first payment where it is the highest', async () => {
    const w = await freshWorld();
    await w.plans.write.setOffers([[STARTER], { ...NO_OFFERS, welcomePercent: 15 }]);
    await w.ofBob.write.subscribe([orderOf()]);
    const quote = await w.plans.read.quote([w.alice, referredBy(w.bob)]);
    assert.deepEqual([quote.discount, quote.percent], [DISCOUNT.welcome, 15n]);
    const events = await eventsOf(w, w.ofAlice.write.subscribe([referredBy(w.bob)]));
    assert.deepEqual(events.argsOf('DiscountApplied'), [
      { subscriber: w.alice, discount: DISCOUNT.welcome, percent: 15, listUsd: LIST },
    ]);
    await time.increaseTo(at(2028, 8));
    await w.plans.write.setOffers([
      [STARTER],
      { ...NO_OFFERS, welcomePercent: 10, seasonMonths: 0xfff, seasonPercent: 10 },
    ]);
    const season = await w.plans.read.quote([w.carol, referredBy(w.bob)]);
    assert.deepEqual([season.discount, season.percent], [DISCOUNT.season, 10n]);
  });

  it('is kept for the referrer when it does not arrive', async () => {
    const w = await freshWorld();
    const referrer = await smartWalletOf(w.bob);
    await referrer.write.forward([w.address, callOf('registerReferrer', [])]);
    await referrer.write.refuseCoin([true]);
    const order = { ...referredBy(getAddress(referrer.address)), tokenId: POL };
    const events = await eventsOf(
      w,
      w.ofAlice.write.subscribe([order], { value: 200n * 10n ** 18n }),
    );
    const amount = 20n * 10n ** 18n;
    const account = getAddress(referrer.address);
    assert.deepEqual(events.argsOf('Owed'), [{ account, tokenId: POL, amount }]);
    assert.equal(await w.ofAlice.read.owed([account, POL]), amount);

    const claim = callOf('claim', [POL, w.carol]);
    const before = await w.reader.getBalance({ address: w.carol });
    await referrer.write.forward([w.address, claim]);
    assert.equal(await w.reader.getBalance({ address: w.carol }), before + amount);
    await assertRefused(w.ofBob.write.claim([POL, w.bob]), 'NothingOwed', [w.bob, POL]);
  });
});
