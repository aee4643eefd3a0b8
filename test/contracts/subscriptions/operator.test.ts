import assert from 'node:assert/strict';

import { getAddress, parseEventLogs, zeroAddress, type Hex } from 'viem';

import { plansAbi } from '../../../protocol/src/abi/plans.ts';
import { openChain, type World } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { assertPlansRefused, assertRefused } from './support/refusal.ts';
import {
  DAI,
  draftOf,
  fieldName,
  FREE_TERMS,
  MONTH,
  NO_OFFERS,
  orderOf,
  POL,
  renewalOf,
  SEASON_MONTHS,
  STARTER,
  STATE,
  STATUS,
  TERMS,
  TIER,
  USD,
  USDC,
} from './support/world.ts';

const { time, freshWorld } = await openChain();

const LONG = 'a'.repeat(32);
const MAX_PRICE = 2 ** 38 - 1;

async function plansEvents(w: World, sent: Promise<Hex>) {
  const { logs } = await w.reader.waitForTransactionReceipt({ hash: await sent });
  const ours = logs.filter((log) => getAddress(log.address) === getAddress(w.plansAddress));
  return parseEventLogs({ abi: plansAbi, logs: ours }).map(({ eventName, args }) => [
    eventName,
    args,
  ]);
}

describe('a plan', () => {
  it('is created with its rights, prices and offers, which anyone can read', async () => {
    const w = await freshWorld();
    const offers = {
      promoSigner: w.carol,
      seasonMonths: SEASON_MONTHS,
      seasonPercent: 70,
      welcomePercent: 15,
    };
    const terms = {
      ...TERMS,
      tier: TIER.enterprise,
      yearlyUsd: MAX_PRICE,
      features: 2n ** 64n - 1n,
    };
    assert.deepEqual(
      await plansEvents(w, w.plans.write.createPlan(['Enterprise', terms, offers])),
      [
        ['PlanCreated', { planId: 3, name: 'Enterprise', terms }],
        ['OffersSet', { planId: 3, offers }],
      ],
    );
    assert.deepEqual(await w.plans.read.plan([3]), { terms, offers, retired: false });
    assert.equal(await w.plans.read.planCount(), 3);
    assert.deepEqual(await w.plans.read.limitsOf([3]), [14, 12]);
    await assertPlansRefused(w.plans.read.plan([4]), 'PlanUnknown', [4, false]);
  });

  it('of the tier Free is what everyone has', async () => {
    const w = await freshWorld();
    const terms = { ...FREE_TERMS, seats: 2 };
    await w.plans.write.createPlan(['Free', terms, NO_OFFERS]);
    assert.equal(await w.plans.read.planCount(), 2);
    const found = await w.plans.read.entitlement([w.carol]);
    assert.deepEqual([found.state, found.planId, found.seats], [STATE.free, 0, 2]);
    for (const field of ['monthlyUsd', 'yearlyUsd'] as const) {
      await assertPlansRefused(
        w.plans.write.createPlan(['Free', { ...terms, [field]: 1 }, NO_OFFERS]),
        'ValueOutOfRange',
        [fieldName(field), 1n],
      );
    }
  });

  it('has a name of 1 to 31 bytes, a price below the limit and 1 to 12 instalments', async () => {
    const w = await freshWorld();
    const create = (name: string, terms: object, offers: object = {}) =>
      w.plans.write.createPlan([name, { ...TERMS, ...terms }, { ...NO_OFFERS, ...offers }]);
    await assertPlansRefused(create('', {}), 'TextMissing', [fieldName('name')]);
    await assertPlansRefused(create(LONG, {}), 'TextTooLong', [fieldName('name'), 32n, 31n]);
    await assertPlansRefused(create('A', { monthlyUsd: 0, yearlyUsd: 0 }), 'PlanUnknown', [
      3,
      false,
    ]);
    for (const [field, value] of [
      ['monthlyUsd', MAX_PRICE + 1],
      ['yearlyUsd', MAX_PRICE + 1],
      ['maxInstalments', 13],
      ['maxInstalments', 0],
    ] as const) {
      await assertPlansRefused(create('A', { [field]: value }), 'ValueOutOfRange', [
        fieldName(field),
        BigInt(value),
      ]);
    }
    for (const [field, value, shown] of [
      ['seasonMonths', 0x1000, 0x1000],
      ['seasonPercent', 80, 80],
      ['seasonPercent', 35, 5],
      ['welcomePercent', 16, 16],
    ] as const) {
      await assertPlansRefused(create('A', {}, { [field]: value }), 'ValueOutOfRange', [
        fieldName(field),
        BigInt(shown),
      ]);
    }
  });

  it('is repriced and retired for terms bought later', async () => {
    const w = await freshWorld();
    assert.deepEqual(await plansEvents(w, w.plans.write.repricePlan([STARTER, 7 * USD, 0])), [
      ['PlanRepriced', { planId: STARTER, monthlyUsd: 7 * USD, yearlyUsd: 0 }],
    ]);
    const { terms, offers } = await w.plans.read.plan([STARTER]);
    assert.deepEqual([terms.monthlyUsd, terms.yearlyUsd, terms.seats], [7 * USD, 0, 5]);
    assert.equal(offers.seasonPercent, 30);
    assert.deepEqual(await plansEvents(w, w.plans.write.retirePlan([STARTER])), [
      ['PlanRetired', { planId: STARTER }],
    ]);
    assert.equal((await w.plans.read.plan([STARTER])).retired, true);
    for (const call of [
      w.plans.write.retirePlan([STARTER]),
      w.plans.write.repricePlan([STARTER, 1, 1]),
      w.plans.write.setOffers([[STARTER], NO_OFFERS]),
    ]) {
      await assertPlansRefused(call, 'PlanNotForSale', [STARTER]);
    }
    for (const planId of [0, 3]) {
      await assertPlansRefused(w.plans.write.retirePlan([planId]), 'PlanUnknown', [planId, false]);
    }
  });
});

describe('a token', () => {
  it('is accepted with its feed and bounds, which never change', async () => {
    const w = await freshWorld();
    const draft = { ...draftOf(getAddress(w.tokens.dai), { feed: getAddress(w.feeds.eurc) }) };
    assert.deepEqual(await plansEvents(w, w.plans.write.acceptToken([draft])), [
      ['TokenAccepted', { tokenId: 5, draft, decimals: 18 }],
    ]);
    assert.deepEqual(await w.plans.read.token([5]), {
      draft,
      status: STATUS.accepted,
      decimals: 18,
      earned: 0n,
    });
    assert.equal(await w.plans.read.tokenCount(), 6);
    await assertPlansRefused(w.plans.read.token([6]), 'TokenUnknown', [6]);
    assert.equal(await w.plans.read.toTokenUp([5, 1_100_000n]), 10n ** 18n);
    assert.equal(await w.plans.read.toTokenUp([USDC, 5n]), 5n);
  });

  it('has at most 18 decimals and says so, and a feed has an age and bounds', async () => {
    const w = await freshWorld();
    const accept = (fields: object) =>
      w.plans.write.acceptToken([{ ...draftOf(w.tokens.dai, { feed: w.feeds.eurc }), ...fields }]);
    const nothing = getAddress(w.carol);
    await assertPlansRefused(accept({ token: nothing }), 'TokenDecimalsInvalid', [nothing]);
    const fine = await w.deployToken('FINE', 19);
    await assertPlansRefused(accept({ token: fine }), 'TokenDecimalsInvalid', [fine]);
    await assertPlansRefused(accept({ maxAge: 0 }), 'ValueOutOfRange', [fieldName('maxAge'), 0n]);
    await assertPlansRefused(accept({ minPriceE4: 0 }), 'ValueOutOfRange', [
      fieldName('minPriceE4'),
      0n,
    ]);
    await assertPlansRefused(accept({ minPriceE4: 9, maxPriceE4: 8 }), 'PeriodInvalid', [9n, 8n]);
    for (let tokenId = 5; tokenId < 64; tokenId++) await accept({});
    await assertPlansRefused(accept({}), 'TokenLimitReached', [64n]);
  });

  it('is paused and accepted again, and retired for good', async () => {
    const w = await freshWorld();
    const set = (status: number) => w.plans.write.setTokenStatus([DAI, status]);
    assert.deepEqual(await plansEvents(w, set(STATUS.paused)), [
      ['TokenStatusSet', { tokenId: DAI, status: STATUS.paused }],
    ]);
    await set(STATUS.accepted);
    await w.ofAlice.write.subscribe([orderOf({ tokenId: DAI })]);
    await assertPlansRefused(set(STATUS.none), 'ValueOutOfRange', [fieldName('status'), 0n]);
    await set(STATUS.retired);
    await assertPlansRefused(set(STATUS.accepted), 'TokenNotAccepted', [DAI, STATUS.retired]);
    await assertPlansRefused(w.plans.write.setTokenStatus([9, 1]), 'TokenUnknown', [9]);
    // What was paid in it is paid back all the same.
    await w.ofAlice.write.cancelAndRefund();
  });

  it('keeps what it earned when its status changes', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    await time.increase(MONTH);
    await w.ofAlice.write.renew([renewalOf()]);
    await w.plans.write.setTokenStatus([USDC, STATUS.paused]);
    assert.equal((await w.plans.read.token([USDC])).earned, 100_000_000n);
  });
});

describe('the operator', () => {
  it('withdraws what is earned and collected, to the treasury, and not a unit more', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    await assertPlansRefused(w.plans.write.withdraw([USDC, 1n]), 'EarnedShort', [USDC, 0n, 1n]);
    await time.increase(MONTH);
    await w.ofKeeper.write.collect([[w.alice]]);
    await assertPlansRefused(w.plans.write.withdraw([USDC, 100_000_001n]), 'EarnedShort', [
      USDC,
      100_000_000n,
      100_000_001n,
    ]);
    const events = await eventsOf(w, w.plans.write.withdraw([USDC, 99_999_999n]));
    assert.deepEqual(events.argsOf('Withdrawn'), [
      { tokenId: USDC, treasury: w.treasury, amount: 99_999_999n },
    ]);
    assert.equal(await w.balanceOf(w.tokens.usdc, w.treasury), 99_999_999n);
    assert.equal(await w.ofAlice.read.earnedOf([USDC]), 1n);
  });

  it('withdraws more than fits the slot of a token: 1.2 million of 18 decimals', async () => {
    const w = await freshWorld();
    const terms = { ...TERMS, monthlyUsd: MAX_PRICE };
    await w.plans.write.createPlan(['Enterprise', terms, NO_OFFERS]);
    const order = orderOf({ planId: 3, tokenId: DAI });
    await w.ofAlice.write.subscribe([order]);
    for (let term = 2; term <= 8; term++) {
      await w.ofAlice.write.renew([renewalOf({ tokenId: DAI })]);
    }
    const { funded } = await w.plans.read.subscription([w.alice]);
    await time.increase(9 * MONTH);
    await w.ofKeeper.write.collect([[w.alice]]);
    const earned = await w.ofAlice.read.earnedOf([DAI]);
    assert.ok(earned > 2n ** 80n && earned >= funded);
    await w.ofBob.write.subscribe([order]);
    await time.increase(MONTH);
    await w.ofKeeper.write.collect([[w.bob]]);
    const all = await w.ofAlice.read.earnedOf([DAI]);
    await w.plans.write.withdraw([DAI, all]);
    assert.equal(await w.balanceOf(w.tokens.dai, w.address), 0n);
    assert.equal(await w.ofAlice.read.earnedOf([DAI]), 0n);
  });

  it('withdraws the coin', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf({ tokenId: POL })], { value: 10n ** 21n });
    await time.increase(MONTH);
    await w.ofKeeper.write.collect([[w.alice]]);
    await w.plans.write.withdraw([POL, 200n * 10n ** 18n]);
    assert.equal(await w.reader.getBalance({ address: w.treasury }), 200n * 10n ** 18n);
  });

  it('names treasury and arbiter, and neither is zero', async () => {
    const w = await freshWorld();
    assert.deepEqual(await plansEvents(w, w.plans.write.setTreasury([w.bob])), [
      ['TreasurySet', { treasury: w.bob }],
    ]);
    assert.deepEqual(await plansEvents(w, w.plans.write.setArbiter([w.carol])), [
      ['ArbiterSet', { arbiter: w.carol }],
    ]);
    assert.deepEqual(
      [await w.plans.read.treasury(), await w.plans.read.arbiter()],
      [w.bob, w.carol],
    );
    await assertPlansRefused(w.plans.write.setTreasury([zeroAddress]), 'AddressMissing', [
      fieldName('treasury'),
    ]);
    await assertPlansRefused(w.plans.write.setArbiter([zeroAddress]), 'AddressMissing', [
      fieldName('arbiter'),
    ]);
  });

  it('alone sells, accepts and withdraws', async () => {
    const w = await freshWorld();
    const plans = w.plansOf(w.actors.bob);
    for (const call of [
      plans.write.createPlan(['A', TERMS, NO_OFFERS]),
      plans.write.repricePlan([STARTER, 1, 1]),
      plans.write.retirePlan([STARTER]),
      plans.write.setOffers([[STARTER], NO_OFFERS]),
      plans.write.acceptToken([draftOf(w.tokens.dai)]),
      plans.write.setTokenStatus([DAI, STATUS.paused]),
      plans.write.withdraw([USDC, 0n]),
      plans.write.setTreasury([w.bob]),
      plans.write.setArbiter([w.bob]),
    ]) {
      await assertPlansRefused(call, 'OwnableUnauthorizedAccount', [w.bob]);
    }
  });

  it('works through the plans contract alone', async () => {
    const w = await freshWorld();
    const operator = getAddress(w.actors.operator.account.address);
    const { write, read } = w.subscriptionsOf(w.actors.operator);
    for (const call of [
      write.setPlanSlot([STARTER, 0n]),
      write.setTokenSlot([USDC, 0n]),
      write.payOut([USDC, operator, 0n]),
      write.decide([w.alice, 0n]),
    ]) {
      await assertRefused(call, 'NotPlans', [operator]);
    }
    assert.equal(await read.plans(), getAddress(w.plansAddress));
    assert.equal(await w.plans.read.subscriptions(), getAddress(w.address));
    assert.equal(await w.plans.read.owner(), operator);
  });

  it('sells at most 511 plans', async function () {
    this.timeout(60_000);
    const w = await freshWorld();
    for (let planId = 3; planId <= 511; planId++) {
      await w.plans.write.createPlan(['A', TERMS, NO_OFFERS]);
    }
    await assertPlansRefused(
      w.plans.write.createPlan(['A', TERMS, NO_OFFERS]),
      'PlanLimitReached',
      [511n],
    );
    await w.ofAlice.write.subscribe([orderOf({ planId: 511 })]);
    assert.equal((await w.plans.read.entitlement([w.alice])).planId, 511);
  });
});
