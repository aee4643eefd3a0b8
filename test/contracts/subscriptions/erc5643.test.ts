import assert from 'node:assert/strict';

import { openChain } from './support/chain.ts';
import { assertRefused } from './support/refusal.ts';
import { DAY, fieldName, MONTH, orderOf, STATE } from './support/world.ts';

const { time, freshWorld, freshDue } = await openChain();

const CAP = 10_000;

describe('ERC-5643', () => {
  it('is told of by its interface id', async () => {
    const w = await freshWorld();
    for (const [id, known] of [
      ['0x8c65f84d', true],
      ['0x01ffc9a7', true],
      ['0xffffffff', false],
    ] as const) {
      assert.equal(await w.ofAlice.read.supportsInterface([id]), known, id);
    }
  });

  it('reads when a subscription expires', async () => {
    const w = await freshWorld();
    const id = BigInt(w.alice);
    assert.equal(await w.ofAlice.read.expiresAt([id]), 0n);
    assert.equal(await w.ofAlice.read.isRenewable([id]), false);
    await w.ofAlice.write.subscribe([orderOf({ capCents: CAP })]);
    const { until } = await w.plans.read.subscription([w.alice]);
    assert.equal(await w.ofAlice.read.expiresAt([id]), BigInt(until));
    assert.equal(await w.ofAlice.read.isRenewable([id]), true);
    await time.increaseTo(until);
    assert.equal(await w.ofAlice.read.isRenewable([id]), true);
    await time.increaseTo(until + 5 * DAY);
    assert.equal(await w.ofAlice.read.isRenewable([id]), false);
  });

  it('calls a trial renewable, and nothing without the consent of its subscriber', async () => {
    const w = await freshWorld();
    const id = BigInt(w.alice);
    await w.ofAlice.write.startTrial([orderOf({ capCents: CAP })]);
    assert.equal(await w.ofAlice.read.isRenewable([id]), true);
    await w.ofAlice.write.setRenewalCap([0]);
    assert.equal(await w.ofAlice.read.isRenewable([id]), false);
  });

  it('renews by the rules for keepers', async () => {
    const { w } = await freshDue();
    const id = BigInt(w.alice);
    await assertRefused(
      w.ofKeeper.write.renewSubscription([id, BigInt(MONTH - 1)]),
      'ValueOutOfRange',
      [fieldName('duration'), BigInt(MONTH - 1)],
    );
    await assertRefused(
      w.ofKeeper.write.renewSubscription([id, BigInt(MONTH)], { value: 1n }),
      'ValueUnexpected',
      [1n],
    );
    await w.ofKeeper.write.renewSubscription([id, BigInt(MONTH)]);
  });

  it('cancels for the subscriber alone', async () => {
    const { w, until } = await freshDue();
    const id = BigInt(w.alice);
    await assertRefused(w.ofBob.write.cancelSubscription([id]), 'NotSubscribed', [w.bob]);
    await assertRefused(
      w.ofAlice.write.cancelSubscription([id], { value: 1n }),
      'ValueUnexpected',
      [1n],
    );
    await w.ofAlice.write.cancelSubscription([id]);
    assert.equal((await w.plans.read.entitlement([w.alice])).state, STATE.canceled);
    assert.equal(await w.ofAlice.read.expiresAt([id]), BigInt(until));
  });
});
