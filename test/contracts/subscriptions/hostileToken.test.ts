import assert from 'node:assert/strict';

import { getAddress } from 'viem';

import { callOf, openChain } from './support/chain.ts';
import { assertRefused } from './support/refusal.ts';
import { HOSTILE, MONTH, orderOf, renewalOf, USDC } from './support/world.ts';

const { freshWorld } = await openChain();

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
