import assert from 'node:assert/strict';

import { encodeFunctionData, getAddress, zeroAddress } from 'viem';

import { subscriptionsAbi } from '../../../protocol/src/abi/subscriptions.ts';
import { openChain, POL_PRICE } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { assertRefused } from './support/refusal.ts';
import {
  DAI,
  DAY,
  DISCOUNT,
  EURC,
  MONTH,
  orderOf,
  POL,
  PROFESSIONAL,
  STARTER,
  STATE,
  STATUS,
  TIER,
  USD,
  USDC,
  YEAR,
} from './support/world.ts';

const { time, freshWorld, smartWalletOf } = await openChain();

describe('subscribe', () => {
  it('gives the rights of the plan for 30 days, and tells of money, receipt and expiry', async () => {
    const w = await freshWorld();
    const events = await eventsOf(w, w.ofAlice.write.subscribe([orderOf({ capCents: 12_345 })]));
    const until = (await time.latest()) + MONTH;

    assert.deepEqual(events.names, ['Subscribed', 'PaymentReceived', 'SubscriptionUpdate']);
    assert.deepEqual(events.argsOf('Subscribed'), [
      {
        subscriber: w.alice,
        planId: STARTER,
        yearly: false,
        tokenId: USDC,
        instalments: 1,
        capCents: 12_345,
        until,
        funded: 100_000_000n,
      },
    ]);
    assert.deepEqual(events.argsOf('PaymentReceived'), [
      { subscriber: w.alice, receipt: 1, tokenId: USDC, amount: 100_000_000n, usd: 100_000_000n },
    ]);
    assert.deepEqual(events.argsOf('SubscriptionUpdate'), [
      { tokenId: BigInt(w.alice), expiration: BigInt(until) },
    ]);
    assert.deepEqual(await w.plans.read.entitlement([w.alice]), {
      state: STATE.active,
      planId: STARTER,
      tier: TIER.starter,
      seats: 5,
      devices: 10,
      apiCallsPerDay: 1_000,
      features: 3n,
      until,
      endsAt: until + 5 * DAY,
    });
    assert.equal(await w.balanceOf(w.tokens.usdc, w.address), 100_000_000n);
  });

  it('sells 365 days at the yearly price', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ yearly: true })]);
    const found = await w.plans.read.subscription([w.alice]);
    assert.equal(found.until, (await time.latest()) + YEAR);
    assert.equal(found.funded, 1_000_000_000n);
    assert.equal(found.yearly, true);
  });

  for (const [name, tokenId, amount] of [
    ['6 decimals at one dollar', USDC, 100_000_000n],
    ['18 decimals at one dollar', DAI, 100n * 10n ** 18n],
    // 100 / 1.10 at 8 decimals, rounded up.
    ['8 decimals by a feed', EURC, 9_090_909_091n],
  ] as const) {
    it(`takes a token of ${name}`, async () => {
      const w = await freshWorld();
      await w.ofAlice.write.subscribe([orderOf({ tokenId })]);
      assert.equal((await w.plans.read.subscription([w.alice])).funded, amount);
    });
  }

  it("takes the chain's coin by its feed, and returns what is too much in the same transaction", async () => {
    const w = await freshWorld();
    const order = orderOf({ tokenId: POL });
    const { amount, sendAmount } = await w.plans.read.quote([w.alice, order]);
    assert.equal(amount, (100n * 10n ** 26n) / POL_PRICE);
    assert.equal(sendAmount, amount + amount / 100n);

    await w.ofAlice.write.subscribe([order], { value: sendAmount });
    assert.equal(await w.reader.getBalance({ address: w.address }), amount);
    await assertRefused(w.ofBob.write.subscribe([order], { value: amount - 1n }), 'ValueShort', [
      amount - 1n,
      amount,
    ]);
  });

  it('takes no coin along with a token', async () => {
    const w = await freshWorld();
    await assertRefused(w.ofAlice.write.subscribe([orderOf()], { value: 5n }), 'ValueUnexpected', [
      5n,
    ]);
  });

  it('serves smart wallets, also with the excess of a payment', async () => {
    const w = await freshWorld();
    const wallet = await smartWalletOf(w.alice);
    const data = encodeFunctionData({
      abi: subscriptionsAbi,
      functionName: 'subscribe',
      args: [orderOf({ tokenId: POL })],
    });
    const { sendAmount, amount } = await w.plans.read.quote([
      wallet.address,
      orderOf({ tokenId: POL }),
    ]);
    await wallet.write.forward([w.address, data], { value: sendAmount });
    assert.equal(await w.reader.getBalance({ address: wallet.address }), sendAmount - amount);
    assert.equal((await w.plans.read.entitlement([wallet.address])).state, STATE.active);

    await wallet.write.refuseCoin([true]);
    const other = await smartWalletOf(w.alice);
    await other.write.refuseCoin([true]);
    await assertRefused(
      w.reader.simulateContract({
        account: other.address,
        address: w.address,
        abi: subscriptionsAbi,
        functionName: 'subscribe',
        args: [orderOf({ tokenId: POL })],
        value: sendAmount,
        stateOverride: [{ address: other.address, balance: sendAmount }],
      }),
      'TransferFailed',
      [zeroAddress, getAddress(w.address), getAddress(other.address), sendAmount - amount],
    );
  });

  it('refuses what is not sold', async () => {
    const w = await freshWorld();
    for (const planId of [0, 9]) {
      await assertRefused(w.ofAlice.write.subscribe([orderOf({ planId })]), 'PlanUnknown', [
        planId,
        false,
      ]);
    }
    await w.plans.write.repricePlan([STARTER, 0, USD]);
    await assertRefused(w.ofAlice.write.subscribe([orderOf()]), 'PlanUnknown', [STARTER, false]);
    await w.plans.write.retirePlan([STARTER]);
    await assertRefused(w.ofAlice.write.subscribe([orderOf({ yearly: true })]), 'PlanNotForSale', [
      STARTER,
    ]);
  });

  it('refuses a token that is unknown, paused or retired', async () => {
    const w = await freshWorld();
    await assertRefused(w.ofAlice.write.subscribe([orderOf({ tokenId: 9 })]), 'TokenUnknown', [9]);
    for (const status of [STATUS.paused, STATUS.retired]) {
      await w.plans.write.setTokenStatus([DAI, status]);
      await assertRefused(
        w.ofAlice.write.subscribe([orderOf({ tokenId: DAI })]),
        'TokenNotAccepted',
        [DAI, status],
      );
    }
  });

  it('refuses a price above the maximum of the caller', async () => {
    const w = await freshWorld();
    await w.ofBob.write.subscribe([orderOf({ maxAmount: 100_000_000n })]);
    await assertRefused(
      w.ofAlice.write.subscribe([orderOf({ maxAmount: 99_999_999n })]),
      'PriceAboveMaximum',
      [100_000_000n, 99_999_999n],
    );
  });

  it('says which of allowance and balance is short', async () => {
    const w = await freshWorld();
    const usdc = w.tokenOf(w.tokens.usdc, w.actors.alice);
    await usdc.write.approve([w.address, 5n]);
    await assertRefused(w.ofAlice.write.subscribe([orderOf()]), 'AllowanceShort', [
      w.alice,
      (await w.plans.read.token([USDC])).draft.token,
      5n,
      100_000_000n,
    ]);
    await usdc.write.approve([w.address, 2n ** 255n]);
    const held = await usdc.read.balanceOf([w.alice]);
    await usdc.write.transfer([w.bob, held - 7n]);
    await assertRefused(w.ofAlice.write.subscribe([orderOf()]), 'BalanceShort', [
      w.alice,
      (await w.plans.read.token([USDC])).draft.token,
      7n,
      100_000_000n,
    ]);
  });

  it('refuses a second subscription beside one that runs or is in grace', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    const until = BigInt((await time.latest()) + MONTH);
    await assertRefused(w.ofAlice.write.subscribe([orderOf()]), 'AlreadySubscribed', [
      w.alice,
      until,
    ]);
    await time.setNextBlockTimestamp(until + BigInt(5 * DAY) - 1n);
    await assertRefused(w.ofAlice.write.subscribe([orderOf()]), 'AlreadySubscribed', [
      w.alice,
      until,
    ]);
  });

  it('begins anew after the grace, as a first term', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    await time.increase(MONTH + 5 * DAY);
    const { discount } = await w.plans.read.quote([w.alice, orderOf({ planId: PROFESSIONAL })]);
    assert.equal(discount, DISCOUNT.none);
    await w.ofAlice.write.subscribe([orderOf({ planId: PROFESSIONAL })]);
    const found = await w.plans.read.subscription([w.alice]);
    assert.deepEqual(
      [found.planId, found.paidTerms, found.receipts, found.funded],
      [PROFESSIONAL, 1, 2, 300_000_000n],
    );
    // What the first term earned is the operator's now.
    assert.equal(await w.ofAlice.read.earnedOf([USDC]), 100_000_000n);
  });

  it('refuses two promo codes, two permits, too many instalments and a cap that does not fit', async () => {
    const w = await freshWorld();
    const promo = await w.signPromo();
    const permit = await w.signPermit(w.actors.alice, w.tokens.usdc, 5n);
    await assertRefused(
      w.ofAlice.write.subscribe([orderOf({ promos: [promo, promo] })]),
      'TooManyExtras',
      [2n, 0n],
    );
    await assertRefused(
      w.ofAlice.write.subscribe([orderOf({ permits: [permit, permit] })]),
      'TooManyExtras',
      [0n, 2n],
    );
    await assertRefused(
      w.ofAlice.write.subscribe([orderOf({ instalments: 13 })]),
      'InstalmentsInvalid',
      [13n, 12n],
    );
    const name = `0x${Buffer.from('capCents').toString('hex').padEnd(64, '0')}` as const;
    await assertRefused(
      w.ofAlice.write.subscribe([orderOf({ capCents: 2 ** 25 })]),
      'ValueOutOfRange',
      [name, 2n ** 25n],
    );
  });
});
