import { openChain, POL_PRICE } from './support/chain.ts';
import { assertPlansRefused, assertRefused } from './support/refusal.ts';
import { orderOf, POL } from './support/world.ts';

const { time, freshWorld } = await openChain();

describe('a price feed', () => {
  const order = orderOf({ tokenId: POL });
  const buy = async (w: Awaited<ReturnType<typeof freshWorld>>) =>
    w.ofAlice.write.subscribe([order], { value: 10n ** 21n });
  const feedIn = (w: Awaited<ReturnType<typeof freshWorld>>) =>
    w.feedOf(w.feeds.pol, w.actors.operator);

  it('is not believed when it is silent', async () => {
    const w = await freshWorld();
    const feed = (await w.plans.read.token([POL])).draft.feed;
    await feedIn(w).write.beSilent();
    await assertRefused(buy(w), 'FeedUnavailable', [feed]);
    await assertPlansRefused(w.plans.read.quote([w.alice, order]), 'FeedUnavailable', [feed]);
  });

  it('is not believed at zero or below', async () => {
    const w = await freshWorld();
    const feed = (await w.plans.read.token([POL])).draft.feed;
    for (const answer of [0n, -1n]) {
      await feedIn(w).write.say([answer, BigInt(await time.latest())]);
      await assertRefused(buy(w), 'FeedNotPositive', [feed, answer]);
    }
  });

  it('is not believed when the round is not complete', async () => {
    const w = await freshWorld();
    const feed = (await w.plans.read.token([POL])).draft.feed;
    await feedIn(w).write.sayRound([7n, 6n]);
    await assertRefused(buy(w), 'FeedIncomplete', [feed, 7n, 6n]);
    await feedIn(w).write.say([POL_PRICE, 0n]);
    await assertRefused(buy(w), 'FeedIncomplete', [feed, 8n, 8n]);
  });

  it('is believed until its last second and not after, nor from the future', async () => {
    const w = await freshWorld();
    const { feed, maxAge } = (await w.plans.read.token([POL])).draft;
    const now = (await time.latest()) + 100;
    await feedIn(w).write.say([POL_PRICE, BigInt(now - maxAge)]);
    await time.setNextBlockTimestamp(now);
    await buy(w);
    await time.setNextBlockTimestamp(now + 1);
    await assertRefused(w.ofBob.write.subscribe([order], { value: 10n ** 21n }), 'FeedStale', [
      feed,
      BigInt(now - maxAge),
      BigInt(maxAge),
    ]);
    await feedIn(w).write.say([POL_PRICE, BigInt(now + 50_000)]);
    await assertRefused(w.ofBob.write.subscribe([order], { value: 10n ** 21n }), 'FeedStale', [
      feed,
      BigInt(now + 50_000),
      BigInt(maxAge),
    ]);
  });

  it('is believed within its bounds, both included', async () => {
    const w = await freshWorld();
    const { feed } = (await w.plans.read.token([POL])).draft;
    const bounds = [1_000n, 100_000n] as const;
    for (const price of [10_000_000n, 1_000_000_000n]) {
      await feedIn(w).write.say([price, BigInt(await time.latest())]);
      await w.plans.read.quote([w.alice, order]);
    }
    for (const price of [9_999_999n, 1_000_000_001n, 2n ** 255n - 1n]) {
      await feedIn(w).write.say([price, BigInt(await time.latest())]);
      await assertPlansRefused(w.plans.read.quote([w.alice, order]), 'FeedOutOfBounds', [
        feed,
        price,
        ...bounds,
      ]);
    }
  });
});
