import assert from 'node:assert/strict';

import { zeroHash } from 'viem';

import { openChain } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { DAY, MONTH, orderOf, USDC } from './support/world.ts';

const { time, freshWorld } = await openChain();

describe('collect', () => {
  it('sets free what is earned after the time for disputes, and tells of it', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    const begun = await time.latest();
    await time.setNextBlockTimestamp(begun + 7 * DAY - 1);
    assert.deepEqual((await eventsOf(w, w.ofKeeper.write.collect([[w.alice]]))).names, []);
    await time.setNextBlockTimestamp(begun + 15 * DAY);
    const events = await eventsOf(w, w.ofKeeper.write.collect([[w.alice]]));
    assert.deepEqual(events.argsOf('Collected'), [
      { subscriber: w.alice, tokenId: USDC, amount: 50_000_000n, unused: 50_000_000n },
    ]);
    await time.increaseTo(begun + MONTH + 9 * DAY);
    await w.ofKeeper.write.collect([[w.alice, w.alice, w.bob]]);
    assert.equal(await w.ofAlice.read.earnedOf([USDC]), 100_000_000n);
  });

  it('keeps the leftover of a canceled one that has ended for its owner', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    const begun = await time.latest();
    await time.setNextBlockTimestamp(begun + 10 * DAY);
    await w.ofAlice.write.cancel();
    assert.deepEqual((await eventsOf(w, w.ofKeeper.write.collect([[w.alice]]))).names, []);
    await time.increaseTo(begun + 20 * DAY);
    const events = await eventsOf(w, w.ofKeeper.write.collect([[w.alice]]));
    // Twice rounded down: when canceled, and when the grace ended.
    const amount = 49_999_999n;
    assert.deepEqual(events.argsOf('Owed'), [{ account: w.alice, tokenId: USDC, amount }]);
    assert.deepEqual(events.argsOf('Refunded'), [{ subscriber: w.alice, tokenId: USDC, amount }]);
    assert.equal(await w.ofAlice.read.earnedOf([USDC]), 50_000_001n);
    await w.ofAlice.write.claim([USDC, w.carol]);
    assert.equal(await w.ofAlice.read.owed([w.alice, USDC]), 0n);
  });

  it('leaves what is disputed', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    await w.ofAlice.write.dispute([zeroHash]);
    await time.increase(10 * DAY);
    assert.deepEqual((await eventsOf(w, w.ofKeeper.write.collect([[w.alice]]))).names, []);
  });
});
