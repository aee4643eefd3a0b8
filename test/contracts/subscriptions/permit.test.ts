import assert from 'node:assert/strict';

import { openChain } from './support/chain.ts';
import { assertRefused } from './support/refusal.ts';
import { START, HOSTILE, orderOf, POL, STATE, USDC } from './support/world.ts';

const { freshWorld } = await openChain();

describe('a permit', () => {
  it('is the allowance of its own transaction', async () => {
    const w = await freshWorld();
    await w.tokenOf(w.tokens.usdc, w.actors.alice).write.approve([w.address, 0n]);
    const permit = await w.signPermit(w.actors.alice, w.tokens.usdc, 100_000_000n);
    await w.ofAlice.write.subscribe([orderOf({ permits: [permit] })]);
    assert.equal((await w.plans.read.entitlement([w.alice])).state, STATE.active);
  });

  it('does no harm when somebody else used it before', async () => {
    const w = await freshWorld();
    await w.tokenOf(w.tokens.usdc, w.actors.alice).write.approve([w.address, 0n]);
    const permit = await w.signPermit(w.actors.alice, w.tokens.usdc, 100_000_000n);
    await w
      .tokenOf(w.tokens.usdc, w.actors.bob)
      .write.permit([
        w.alice,
        w.address,
        permit.value,
        permit.deadline,
        permit.v,
        permit.r,
        permit.s,
      ]);
    await w.ofAlice.write.subscribe([orderOf({ permits: [permit] })]);
    assert.equal((await w.plans.read.entitlement([w.alice])).state, STATE.active);
  });

  it('that is not valid leaves the allowance short, and is not looked at for the coin', async () => {
    const w = await freshWorld();
    await w.tokenOf(w.tokens.usdc, w.actors.alice).write.approve([w.address, 0n]);
    const permit = await w.signPermit(w.actors.bob, w.tokens.usdc, 100_000_000n);
    await assertRefused(
      w.ofAlice.write.subscribe([orderOf({ permits: [permit] })]),
      'AllowanceShort',
      [w.alice, (await w.plans.read.token([USDC])).draft.token, 0n, 100_000_000n],
    );
    await w.ofAlice.write.subscribe([orderOf({ permits: [permit], tokenId: POL })], {
      value: 10n ** 21n,
    });
  });

  it('of a token without permits is passed over', async () => {
    const w = await freshWorld();
    const permit = await w.signPermit(w.actors.alice, w.tokens.usdc, 1n);
    await w.ofAlice.write.subscribe([orderOf({ permits: [permit], tokenId: HOSTILE })]);
    assert.equal((await w.plans.read.entitlement([w.alice])).until > START, true);
  });
});
