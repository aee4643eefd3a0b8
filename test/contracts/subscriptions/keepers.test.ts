import assert from 'node:assert/strict';

import { getAddress, toFunctionSelector, zeroHash, type Address } from 'viem';

import { openChain, type World } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { assertRefused } from './support/refusal.ts';
import {
  DAI,
  DAY,
  fieldName,
  HOSTILE,
  MONTH,
  orderOf,
  POL,
  renewalOf,
  STARTER,
  STATUS,
  USD,
  USDC,
} from './support/world.ts';

const { time, freshWorld, freshDue, freshSubscription } = await openChain();

const CAP = 10_000;
const MANNER = { honest: 0, takesFee: 1, returnsFalse: 2, reverts: 3, shouts: 6 } as const;
const selectorOf = (signature: string) => toFunctionSelector(`function ${signature}`);

describe('renewFor', () => {
  it('renews by the allowance for a bounty of its payment, and tells of it', async () => {
    const { w, until } = await freshDue();
    const events = await eventsOf(w, w.ofKeeper.write.renewFor([w.alice]));
    assert.deepEqual(events.argsOf('BountyPaid'), [
      { keeper: w.keeper, tokenId: USDC, amount: 850_000n },
    ]);
    assert.equal(await w.balanceOf(w.tokens.usdc, w.keeper), 850_000n);
    const found = await w.plans.read.subscription([w.alice]);
    assert.equal(found.until, until + MONTH);
    const left = BigInt(until - (await time.latest()));
    const unused = (100_000_000n * left) / BigInt(MONTH);
    assert.equal(found.funded, unused + 85_000_000n - 850_000n);
  });

  it('is refused a second before it is due', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ capCents: CAP })]);
    const { until } = await w.plans.read.subscription([w.alice]);
    await time.setNextBlockTimestamp(until - DAY - 1);
    await assertRefused(w.ofKeeper.write.renewFor([w.alice]), 'RenewalNotDue', [
      w.alice,
      BigInt(until - DAY),
    ]);
    await time.setNextBlockTimestamp(until - DAY);
    await w.ofKeeper.write.renewFor([w.alice]);
  });

  it('takes a price at the cap and none above, and a price that fell', async () => {
    const { w } = await freshDue({ capCents: 8_500 });
    await w.plans.write.repricePlan([STARTER, 100 * USD + 1, 0]);
    await assertRefused(w.ofKeeper.write.renewFor([w.alice]), 'PriceAboveCap', [
      w.alice,
      85_000_001n,
      85_000_000n,
    ]);
    await w.plans.write.repricePlan([STARTER, 100 * USD, 0]);
    await w.ofKeeper.write.renewFor([w.alice]);
    const { until } = await w.plans.read.subscription([w.alice]);
    await time.increaseTo(until);
    await w.plans.write.repricePlan([STARTER, 7 * USD, 0]);
    await w.ofKeeper.write.renewFor([w.alice]);
  });

  it('is refused without the consent of the subscriber', async () => {
    const { w } = await freshDue({ capCents: 0 });
    await assertRefused(w.ofKeeper.write.renewFor([w.alice]), 'RenewalNotAgreed', [w.alice]);
    const events = await eventsOf(w, w.ofAlice.write.setRenewalCap([CAP]));
    assert.deepEqual(events.argsOf('RenewalCapSet'), [{ subscriber: w.alice, capCents: CAP }]);
    await w.ofKeeper.write.renewFor([w.alice]);
    await assertRefused(w.ofBob.write.setRenewalCap([CAP]), 'NotSubscribed', [w.bob]);
    await assertRefused(w.ofAlice.write.setRenewalCap([2 ** 25]), 'ValueOutOfRange', [
      fieldName('capCents'),
      2n ** 25n,
    ]);
  });

  it('can not collect the coin', async () => {
    const w = await freshWorld();
    const order = orderOf({ tokenId: POL, capCents: CAP });
    await w.ofAlice.write.subscribe([order], { value: 10n ** 21n });
    await time.increase(MONTH);
    await assertRefused(w.ofKeeper.write.renewFor([w.alice]), 'RenewalNeedsWallet', [w.alice]);
    assert.equal(await w.ofAlice.read.isRenewable([BigInt(w.alice)]), false);
  });

  it('is refused for what is canceled, disputed or ended', async () => {
    const { w, until } = await freshDue();
    await w.ofAlice.write.cancel();
    await assertRefused(w.ofKeeper.write.renewFor([w.alice]), 'AlreadyCanceled', [
      w.alice,
      BigInt(await time.latest()),
    ]);
    await time.increaseTo(until + 10 * DAY);
    await assertRefused(w.ofKeeper.write.renewFor([w.alice]), 'NotSubscribed', [w.alice]);
    await w.ofBob.write.subscribe([orderOf({ capCents: CAP })]);
    await w.ofBob.write.dispute([zeroHash]);
    await assertRefused(w.ofKeeper.write.renewFor([w.bob]), 'SubscriptionDisputed', [w.bob]);
  });

  it('collects an agreed instalment also above the cap', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ instalments: 2, capCents: CAP })]);
    await w.ofAlice.write.setRenewalCap([1]);
    await time.increase(15 * DAY);
    await w.ofKeeper.write.renewFor([w.alice]);
    await time.increase(15 * DAY);
    await assertRefused(w.ofKeeper.write.renewFor([w.alice]), 'PriceAboveCap', [
      w.alice,
      85_000_000n,
      10_000n,
    ]);
  });

  it('pays the referrer that was named with a trial, and the bounty, from one payment', async () => {
    const w = await freshWorld();
    await w.ofCarol.write.registerReferrer();
    const order = orderOf({ referred: true, referrer: w.carol, capCents: CAP });
    await w.ofAlice.write.startTrial([order]);
    await time.increase(13 * DAY);
    const events = await eventsOf(w, w.ofKeeper.write.renewFor([w.alice]));
    assert.equal(events.argsOf('ReferralPaid')[0]?.amount, 10_000_000n);
    assert.equal((await w.plans.read.subscription([w.alice])).funded, 89_000_000n);
  });
});

describe('renewMany', () => {
  it('renews what is due in many tokens, pays each bounty once, and fails none for another', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ capCents: CAP })]);
    await w.ofBob.write.subscribe([orderOf({ capCents: CAP, tokenId: DAI })]);
    await w.ofCarol.write.subscribe([orderOf({ capCents: CAP, tokenId: DAI })]);
    const order = orderOf({ capCents: CAP, tokenId: POL });
    await w.subscriptionsOf(w.actors.arbiter).write.subscribe([order], { value: 10n ** 21n });
    const dave = getAddress(w.actors.arbiter.account.address);
    await time.increase(MONTH);
    const all = [w.alice, dave, w.bob, w.carol] as const;
    const { result } = await w.ofKeeper.simulate.renewMany([all]);
    assert.equal(result, 3n);
    const events = await eventsOf(w, w.ofKeeper.write.renewMany([all]));
    assert.deepEqual(events.argsOf('BountyPaid'), [
      { keeper: w.keeper, tokenId: USDC, amount: 850_000n },
      { keeper: w.keeper, tokenId: DAI, amount: 1_700_000_000_000_000_000n },
    ]);
    assert.deepEqual(events.argsOf('PaymentFailed'), [
      { subscriber: dave, reason: selectorOf('RenewalNeedsWallet(address)') },
    ]);
  });

  it('writes nothing into the history of whom nothing is due of', async () => {
    const w = await freshWorld();
    const order = orderOf({ capCents: CAP });
    const silent = async (wallet: Address, seconds: number, reason: string) => {
      await time.increase(seconds);
      await assert.rejects(w.ofKeeper.write.renewFor([wallet]), new RegExp(reason));
      const events = await eventsOf(w, w.ofKeeper.write.renewMany([[wallet]]));
      assert.deepEqual(events.names, [], reason);
    };
    await silent(w.alice, 1, 'NotSubscribed');
    await w.ofAlice.write.subscribe([order]);
    await silent(w.alice, 28 * DAY, 'RenewalNotDue');
    await silent(w.alice, 7 * DAY, 'NotSubscribed');
    await w.ofBob.write.subscribe([order]);
    await time.increase(29 * DAY);
    await w.ofBob.write.cancel();
    await silent(w.bob, DAY, 'AlreadyCanceled');
    await w.ofCarol.write.subscribe([orderOf({ capCents: CAP, instalments: 12 })]);
    await w.ofCarol.write.dispute([zeroHash]);
    await silent(w.carol, 2 * DAY, 'SubscriptionDisputed');
  });

  it('tells from the first second that it is due that nobody agreed to renew it', async () => {
    const { w, until } = await freshSubscription({ capCents: 0 });
    const namesAt = async (at: number) => {
      await time.setNextBlockTimestamp(at);
      return (await eventsOf(w, w.ofKeeper.write.renewMany([[w.alice]]))).names;
    };
    assert.deepEqual(await namesAt(until - DAY - 1), []);
    assert.deepEqual(await namesAt(until - DAY), ['PaymentFailed']);
    assert.deepEqual(await namesAt(until + 5 * DAY - 1), ['PaymentFailed', 'GraceStarted']);
    assert.deepEqual(await namesAt(until + 5 * DAY), []);
  });

  it('tells of a trial that can not be paid', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.startTrial([orderOf({ capCents: 1 })]);
    await time.increase(13 * DAY);
    const events = await eventsOf(w, w.ofKeeper.write.renewMany([[w.alice]]));
    assert.deepEqual(events.argsOf('PaymentFailed'), [
      { subscriber: w.alice, reason: selectorOf('PriceAboveCap(address,uint256,uint256)') },
    ]);
  });

  for (const [reason, signature, prevent] of [
    [
      'allowance',
      'AllowanceShort(address,address,uint256,uint256)',
      (w: World) => w.tokenOf(w.tokens.hostile, w.actors.alice).write.approve([w.address, 5n]),
    ],
    [
      'balance',
      'BalanceShort(address,address,uint256,uint256)',
      async (w: World) => {
        const token = w.tokenOf(w.tokens.hostile, w.actors.alice);
        return token.write.transfer([w.bob, await token.read.balanceOf([w.alice])]);
      },
    ],
    [
      'price',
      'PriceAboveCap(address,uint256,uint256)',
      (w: World) => w.plans.write.repricePlan([STARTER, 200 * USD, 0]),
    ],
    [
      'a plan that is retired',
      'PlanNotForSale(uint16)',
      (w: World) => w.plans.write.retirePlan([STARTER]),
    ],
    [
      'a token that is paused',
      'TokenNotAccepted(uint8,uint8)',
      (w: World) => w.plans.write.setTokenStatus([HOSTILE, STATUS.paused]),
    ],
    [
      'a token that is retired',
      'TokenNotAccepted(uint8,uint8)',
      (w: World) => w.plans.write.setTokenStatus([HOSTILE, STATUS.retired]),
    ],
    [
      'a token that returns false',
      'TransferFailed(address,address,address,uint256)',
      (w: World) =>
        w.tokenOf(w.tokens.hostile, w.actors.alice).write.misbehave([MANNER.returnsFalse]),
    ],
    [
      'a token that reverts',
      'TransferFailed(address,address,address,uint256)',
      (w: World) => w.tokenOf(w.tokens.hostile, w.actors.alice).write.misbehave([MANNER.reverts]),
    ],
    [
      'a token that answers at length',
      'TransferFailed(address,address,address,uint256)',
      (w: World) => w.tokenOf(w.tokens.hostile, w.actors.alice).write.misbehave([MANNER.shouts]),
    ],
    [
      'a token that takes a fee',
      'TransferNotExact(address,uint256,uint256)',
      (w: World) => w.tokenOf(w.tokens.hostile, w.actors.alice).write.misbehave([MANNER.takesFee]),
    ],
  ] as const) {
    it(`says why it can not: ${reason}; and tells of the grace`, async () => {
      const { w, until } = await freshDue({ tokenId: HOSTILE });
      await prevent(w);
      const early = await eventsOf(w, w.ofKeeper.write.renewMany([[w.alice]]));
      assert.deepEqual(early.names, ['PaymentFailed']);
      assert.deepEqual(early.argsOf('PaymentFailed'), [
        { subscriber: w.alice, reason: selectorOf(signature) },
      ]);
      await time.increaseTo(until);
      const late = await eventsOf(w, w.ofKeeper.write.renewMany([[w.alice]]));
      assert.deepEqual(late.argsOf('GraceStarted'), [
        { subscriber: w.alice, endsAt: until + 5 * DAY },
      ]);
    });
  }

  it('tells of an instalment that was missed', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ instalments: 3, capCents: CAP })]);
    const { until } = await w.plans.read.subscription([w.alice]);
    await w.tokenOf(w.tokens.usdc, w.actors.alice).write.approve([w.address, 0n]);
    await time.increaseTo(until);
    const events = await eventsOf(w, w.ofKeeper.write.renewMany([[w.alice]]));
    assert.deepEqual(events.argsOf('InstalmentMissed'), [
      { subscriber: w.alice, number: 2, dueAt: until },
    ]);
    await w.tokenOf(w.tokens.usdc, w.actors.alice).write.approve([w.address, 2n ** 200n]);
    await w.ofAlice.write.renew([renewalOf()]);
    await w.ofAlice.write.renew([renewalOf()]);
    await w.tokenOf(w.tokens.usdc, w.actors.alice).write.approve([w.address, 0n]);
    await time.increaseTo(until + 20 * DAY);
    const whole = await eventsOf(w, w.ofKeeper.write.renewMany([[w.alice]]));
    assert.deepEqual(whole.names, ['PaymentFailed', 'GraceStarted']);
  });

  it('renews nobody of nobody', async () => {
    const w = await freshWorld();
    const events = await eventsOf(w, w.ofKeeper.write.renewMany([[]]));
    assert.deepEqual(events.names, []);
  });

  it('lets nobody but the contract renew in isolation', async () => {
    const { w } = await freshDue();
    await assertRefused(w.ofKeeper.write.renewIsolated([w.alice]), 'OnlySelf', [w.keeper]);
  });
});
