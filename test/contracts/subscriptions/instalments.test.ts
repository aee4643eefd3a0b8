import assert from 'node:assert/strict';

import { openChain } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { assertPlansRefused, assertRefused } from './support/refusal.ts';
import { DAY, MONTH, orderOf, renewalOf, STARTER, STATE, USD } from './support/world.ts';

const { time, freshWorld } = await openChain();

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
